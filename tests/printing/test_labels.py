"""Label sheets: where each label stands, what is on it, whether its code can be read."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from logistics.printing.codes import QUIET, qr
from logistics.printing.fitting import ems
from logistics.printing.labels import FORMATS, POINT, label_pages, labels_pdf
from tests.printing.printing import label_sheet
from tests.printing.reading import fonts, pages_text, picture

pytestmark = [pytest.mark.requirement("A12")]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_format_lies_on_its_page(form):
    left, top = form.position(form.per_page - 1)
    assert left + form.width <= form.page[0] + 0.01
    assert top + form.height <= form.page[1] + 0.01
    assert form.code_side + form.text_width < form.width
    assert form.text_width > 15


@pytest.mark.parametrize("key", FORMATS)
def test_words_are_cut_to_their_label(key):
    sheet = label_sheet(1, key)
    ((label,),) = label_pages(sheet)
    assert len(label.name) <= 2
    for line in label.name:
        assert ems(line) * sheet.form.name_size * POINT <= sheet.form.text_width
    assert label.room == "六年级（2）班"


@pytest.mark.parametrize(("count", "start", "pages"), [(1, 0, [1]), (24, 0, [24]), (25, 0, [24, 1]), (24, 5, [19, 5])])
def test_a_used_sheet_goes_on_where_it_was_left(count, start, pages):
    sheet = label_sheet(count, start=start)
    found = list(label_pages(sheet))
    assert [len(page) for page in found] == pages
    assert sheet.page_count == len(pages)
    left, top = sheet.form.position(start)
    assert found[0][0].corner == f"left:{left}mm;top:{top}mm"
    assert len(PdfReader(BytesIO(labels_pdf(sheet))).pages) == len(pages)


@pytest.mark.parametrize("start", [-1, 24, 100])
def test_a_place_beyond_the_sheet_is_refused(start):
    with pytest.raises(ValueError, match="on the first sheet"):
        label_sheet(1, start=start)


def test_a_label_bears_school_name_number_and_room():
    content = labels_pdf(label_sheet(2, "60x40"))
    texts = pages_text(content)
    assert len(texts) == 2
    for expected in ("阳光小学", "希沃交互智能", "ZC2026-00001", "六年级（2）班"):
        assert expected in texts[0]
    assert all("Noto-Sans-CJK-SC" in name for name, *_rest in fonts(content))
    assert content == labels_pdf(label_sheet(2, "60x40"))


@pytest.mark.parametrize("key", ["a4-5x13", "a4-3x8", "50x30"])
def test_the_printed_code_has_every_module_in_its_place(key):
    """What stands on the paper at 600 dpi is, module by module, the code of the address."""
    sheet = label_sheet(2, key)
    form, dpi = sheet.form, 600
    image = picture(labels_pdf(sheet), dpi=dpi)
    code = qr(sheet.labels[0].address)
    side = form.code_side / code.size
    left, top = form.position(0)
    for y, row in enumerate(code.modules, QUIET):
        for x, dark in enumerate(row, QUIET):
            point = (left + form.padding + (x + 0.5) * side, top + form.code_top + (y + 0.5) * side)
            shade = image.getpixel((int(point[0] / 25.4 * dpi), int(point[1] / 25.4 * dpi)))
            assert (shade < 128) == bool(dark), (x, y)


def test_the_path_draws_the_same_modules_as_the_picture():
    code = qr("https://zongwu.example.cn/assets/1/")
    drawn = {
        (int(x) + i, int(y))
        for x, y, width in (
            run.replace("M", "").replace("h", " ").split("v")[0].split() for run in code.path.split("z")[:-1]
        )
        for i in range(int(width))
    }
    dark = {(x, y) for y, row in enumerate(code.modules, QUIET) for x, module in enumerate(row, QUIET) if module}
    assert drawn == dark


def test_codes_of_one_sheet_share_a_mask():
    ((first, second, third),) = label_pages(label_sheet(3))
    assert first.code.mask == second.code.mask == third.code.mask
    assert first.code.modules != second.code.modules
