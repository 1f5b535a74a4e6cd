"""The fast PDF engine: pdfium's characters and paths through the raw API of pypdfium2.

pdfium is not thread-safe: one thread at a time; run documents in parallel by process.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from math import atan2, degrees, hypot, nan
from types import ModuleType
from typing import TYPE_CHECKING

from contract_scan.errors import Encrypted, Unreadable
from contract_scan.extract.glyphs import ASCENT, DESCENT, MAX_CHARS, Glyph, PageContent
from contract_scan.extract.pdfium_drawing import Drawing, View

if TYPE_CHECKING:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped]

MAX_ANNOTATIONS = 2_000


class PdfiumEngine:
    """A PDF opened by pdfium; ``page(i)`` gives the content of page *i* (from 0)."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2
        import pypdfium2.raw

        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
                raise Encrypted(
                    "这个 PDF 有打开密码：请先用阅读器输入密码打开，再打印成一份没有密码的 PDF。"
                ) from None
            raise Unreadable("这个 PDF 已损坏或没有下载完整：请重新下载，或请对方重新发送。") from error

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Free the native memory."""
        self._document.close()

    def page(self, index: int) -> PageContent:
        """Characters, ruling lines and picture share of one page; Unreadable when pdfium cannot load it."""
        from pypdfium2 import PdfiumError

        try:
            page = self._load(index)
            text_page = page.get_textpage()
        except PdfiumError as error:
            raise Unreadable(f"第 {index + 1} 页已损坏。") from error
        try:
            return _content(page, text_page)
        finally:
            text_page.close()
            page.close()

    def _load(self, index: int) -> pdfium.PdfPage:
        """A page with what was filled into its form fields printed onto it."""
        import pypdfium2.raw as raw

        page = self._document[index]
        if _prints_annotations(page) and raw.FPDFPage_Flatten(page, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS:
            page.close()
            page = self._document[index]
        return page


def _prints_annotations(page: pdfium.PdfPage) -> bool:
    import pypdfium2.raw as raw

    printing = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET)
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if kind in printing:
                return True
    return False


def _content(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> PageContent:
    view = View(page)
    glyphs = [glyph for glyph in _glyphs(text_page, view) if view.shows(glyph)]
    drawing = Drawing(page, view)
    return PageContent(view.width, view.height, glyphs, drawing.edges, drawing.pictured, drawing.drawn)


def _glyphs(text_page: pdfium.PdfTextPage, view: View) -> Iterator[Glyph]:
    """Every character with its box. A call costs a microsecond: size and angle are asked once for each run."""
    import pypdfium2.raw as raw

    handle, loose, x, y = text_page.raw, raw.FS_RECTF(), c_double(), c_double()
    loose_ref, x_ref, y_ref = byref(loose), byref(x), byref(y)
    base = low = nan
    em = stretch = 0.0
    angle = 0
    for index, text in _characters(text_page):
        raw.FPDFText_GetLooseCharBox(handle, index, loose_ref)
        raw.FPDFText_GetCharOrigin(handle, index, x_ref, y_ref)
        if y.value != base or loose.bottom != low:
            base, low = y.value, loose.bottom
            em, stretch, angle = _type(handle, index, raw)
            if angle == 0 and _hangs(loose, x.value, base, em):
                angle = 90
        if angle == 0:
            left = x.value
            right = min(loose.right, left + 1.02 * stretch)
            box = view.box((left, base - DESCENT * em), (right, base + ASCENT * em))
        else:
            box = view.box((loose.left, low), (loose.right, loose.top))
        yield Glyph(text, *box, em, (angle + 90 * view.turns) % 360)


def _type(handle: pdfium_raw.FPDF_TEXTPAGE, index: int, raw: ModuleType) -> tuple[float, float, int]:
    """Height and width of an em in points, and the direction of reading in degrees clockwise."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    size = raw.FPDFText_GetFontSize(handle, index)
    angle = -round(degrees(atan2(matrix.b, matrix.a))) if matrix.b or matrix.a < 0 else 0
    return size * hypot(matrix.c, matrix.d), size * hypot(matrix.a, matrix.b), angle


def _hangs(loose: pdfium_raw.FS_RECTF, x: float, y: float, em: float) -> bool:
    """Vertical writing: the origin is at the top of the character's middle axis."""
    return abs((loose.left + loose.right) / 2 - x) < 0.2 * em and loose.top - y < 0.3 * em


def _characters(text_page: pdfium.PdfTextPage) -> Iterator[tuple[int, str]]:
    """The characters that the page really has, by index; a surrogate pair (Windows) at its first half."""
    import pypdfium2.raw as raw

    handle, high = text_page.raw, 0
    for index in range(min(text_page.count_chars(), MAX_CHARS)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in (0x20, 0x0D, 0x0A) and raw.FPDFText_IsGenerated(handle, index):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000 and high:
            yield index - 1, chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
            high = 0
        else:
            yield index, _readable(code)


def _readable(code: int) -> str:
    """The character; pdfium marks a hyphen at a line end by 2 and a glyph without meaning by 0."""
    if code == 2:
        return "-"
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return " " if code in (0x09, 0x0A, 0x0D) else chr(code)
