"""Text in the cells of sheets and CSV files that leave the house."""

import re

DANGEROUS = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def neutral(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula: a leading apostrophe where it could be one."""
    return f"'{text}" if DANGEROUS.match(text) else text


def plain(text: str) -> str:
    """The text that ``neutral`` was given: what an exported cell says when it is read in again."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text) else text
