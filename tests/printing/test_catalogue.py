"""Only marked functions of a module ``printing`` are forms."""

import pytest

from logistics.printing.catalogue import form_of
from tests.printing import printing


def test_a_marked_function_is_found_by_its_path():
    form = form_of(printing.general_ledger)
    assert form.path == "tests.printing.printing.general_ledger"
    assert form_of(form.path) is form
    assert (form.title, form.permission) == ("总账", "assets.view_ledger")


@pytest.mark.parametrize(
    "path",
    [
        "tests.printing.printing.unmarked",
        "tests.printing.printing.missing",
        "tests.printing.printing.LONG_NAME",
        "tests.nowhere.printing.general_ledger",
        "os.system",
        "general_ledger",
        "",
    ],
)
def test_nothing_else_is_a_form(path):
    with pytest.raises(LookupError):
        form_of(path)


def test_an_unmarked_function_is_no_form():
    with pytest.raises(LookupError):
        form_of(printing.unmarked)
