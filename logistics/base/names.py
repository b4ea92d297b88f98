"""Chinese names: how they sort, and when two ways of writing one are the same name."""

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

SORT_KEY_LENGTH = 120


@lru_cache(maxsize=20_000)
def sort_key(name: str) -> str:
    """Pinyin of ``name`` for ordering, read in phrase context so that 重庆 stands under C; lower case, cut at 120."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3, errors="default")).lower()[:SORT_KEY_LENGTH]


DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
CLASS_NAME = re.compile(r"([一二三四五六七八九\d])(?:年级|年|级)?[-.]?第?\(?([一二三四五六七八九十\d]{1,3})\)?班")
DOOR_NUMBER = re.compile(r"(\d{2,4})(?:号|号?室|教室|号?房间?)")
ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3})|([一二三四五六七八九十]{1,3})(?=[楼层号栋幢])")


def number_of(text: str) -> int:
    """The number that Arabic or Chinese numerals (up to 99) write. Raises ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if any(c not in DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    return (DIGITS[tens] if tens else 1 if ten else 0) * 10 + (DIGITS[ones] if ones else 0)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """One key for every way of writing a name: 六(2)班 is 六年级（２）班 and 6年级2班, 101室 is 101, 三楼 is 3楼."""
    text = re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", name)).lower()
    text = text.translate(str.maketrans("【】[]〔〕{}", "()()()()"))
    if match := CLASS_NAME.fullmatch(text):
        try:
            return f"{number_of(match[1])}.{number_of(match[2])}班"
        except ValueError:
            pass
    if match := DOOR_NUMBER.fullmatch(text):
        return match[1]
    return ORDINAL.sub(ordinal, text)


def ordinal(match: re.Match[str]) -> str:
    try:
        return f"第{number_of(match[1])}" if match[1] else str(number_of(match[2]))
    except ValueError:
        return match[0]
