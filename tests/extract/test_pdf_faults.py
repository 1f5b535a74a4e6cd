"""PDF pages that cannot be read: said so, page by page, or for the whole file with what to do next."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from contract_scan.errors import Encrypted, Unreadable
from contract_scan.extract import Readers, extract_bytes, pdf
from contract_scan.extract.engine_pdfium import PdfiumEngine
from contract_scan.model import Source
from tests.extract.make import SIZE, Draw, together, written
from tests.extract.make import pdf as made

CLAUSES = [
    "第一条 借款本金为人民币伍万元整，期限十二个月。",
    "第二条 年利率为百分之十二，按月付息。",
]


def read(*pages: Draw) -> Source:
    """The text layers alone; tests/extract/test_ocr.py has what is recognised."""
    return extract_bytes(made(*pages), "合同.pdf", Readers("never"))


def squashed(text: str) -> str:
    return "".join(text.split())


def picture(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (20, 28), 200)), 0, 0, *SIZE)


def test_a_scanned_page_among_others_is_unread_and_noted() -> None:
    source = read(written(CLAUSES), picture, written(CLAUSES))
    assert source.unread == (2,)
    assert [page.read_by for page in source.pages] == ["text", "none", "text"]
    assert any("第 2 页" in note for note in source.notes)


def test_a_scan_with_nothing_but_a_page_number_is_unread() -> None:
    assert read(written(CLAUSES), together(picture, written(["第 2 页"], top=800))).unread == (2,)


def test_an_empty_sheet_is_not_an_unread_page() -> None:
    assert read(written(CLAUSES), lambda canvas: None).unread == ()


def test_a_scan_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"扫描件.*Word 版"):
        read(picture, picture)


def test_a_page_of_private_use_characters_is_unread_and_left_out() -> None:
    nonsense = "".join(chr(0xE000 + n) for n in range(40))
    source = read(written(CLAUSES), written([nonsense]))
    assert source.unread == (2,)
    assert "\ue000" not in source.text
    with pytest.raises(Unreadable, match="乱码"):
        read(written([nonsense]))


def test_mojibake_is_unread() -> None:
    wrong = "".join(CLAUSES).encode("gb18030").decode("latin-1")
    printable = "".join(char for char in wrong if char.isprintable())

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(40, 700, printable)

    assert read(written(CLAUSES), draw).unread == (2,)


def test_a_password_is_asked_for() -> None:
    with pytest.raises(Encrypted, match="密码"):
        extract_bytes(made(written(CLAUSES), password="1234"), "x.pdf")


def test_restrictions_without_a_password_are_no_obstacle() -> None:
    source = extract_bytes(made(written(CLAUSES), owner="1234"), "x.pdf")
    assert squashed(source.text) == squashed("".join(CLAUSES))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_truncated_file_is_unreadable_or_noted(share: float) -> None:
    whole = made(*[written(CLAUSES)] * 4)
    part = whole[: int(len(whole) * share)]
    try:
        notes: tuple[str, ...] = extract_bytes(part, "x.pdf").notes
    except Unreadable as error:
        notes = (str(error),)
    assert any("下载完" in note for note in notes)


def test_pages_beyond_the_limit_are_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    source = read(*[written(CLAUSES)] * 4)
    assert source.unread == (3, 4)
    assert any("第 3–4 页" in note for note in source.notes)


def test_a_page_that_pdfium_cannot_load_is_read_by_the_other_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: PdfiumEngine, index: int) -> None:
        raise Unreadable("")

    monkeypatch.setattr(PdfiumEngine, "page", fail)
    source = read(written(CLAUSES))
    assert source.unread == ()
    assert squashed(source.text) == squashed("".join(CLAUSES))
