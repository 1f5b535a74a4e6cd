"""The fast PDF engine: pdfium's characters and paths through the raw API of pypdfium2.

pdfium is not thread-safe: one thread at a time; run documents in parallel by process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_double, c_ushort
from dataclasses import replace
from math import atan2, cos, degrees, hypot, radians, sin
from types import ModuleType
from typing import TYPE_CHECKING

from contract_scan.errors import Encrypted, Unreadable
from contract_scan.extract.glyphs import ASCENT, DESCENT, MAX_CHARS, Glyph, PageContent
from contract_scan.extract.pdfium_beside import attachment_names, comments_on
from contract_scan.extract.pdfium_drawing import Drawing, View, bounds, is_faint
from contract_scan.extract.unseen import TINY, unseen

if TYPE_CHECKING:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped]

    from contract_scan.extract.ocr.engine import Pixels

MAX_ANNOTATIONS = 2_000
RESOLUTION = 200 / 72  # pixels for a point of a page that is recognised, but
BROADEST, LONGEST = 2_400, 10_000  # pixels of its shorter and its longer side at most
SAME_RUN = 0.15  # em that the tops of two boxes may differ by while size and baseline stay the same


class PdfiumEngine:
    """A PDF opened by pdfium; ``page(i)`` gives the content of page *i* (from 0)."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2
        import pypdfium2.raw

        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
                raise Encrypted("这个 PDF 有打开密码：请先用阅读器输入密码打开，再打印成一份没有密码的 PDF。") from None
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
            comments = tuple(comments_on(self._document[index]))
            page = self._load(index)
            text_page = page.get_textpage()
        except PdfiumError as error:
            raise Unreadable(f"第 {index + 1} 页已损坏。") from error
        try:
            return replace(_content(page, text_page), comments=comments)
        finally:
            text_page.close()
            page.close()

    def picture(self, index: int) -> tuple[Pixels, float]:
        """A page as displayed (rows × columns × blue, green, red), and points for a pixel."""
        page = self._load(index)
        try:
            return _drawn(page)
        finally:
            page.close()

    def attachments(self) -> list[str]:
        """The names of the files embedded in this one."""
        return attachment_names(self._document)

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


def _drawn(page: pdfium.PdfPage) -> tuple[Pixels, float]:
    import numpy as np

    width, height = page.get_size()
    scale = min(RESOLUTION, BROADEST / max(min(width, height), 1.0), LONGEST / max(width, height, 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=False, draw_annots=True)
    pixels = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8, order="C")
    bitmap.close()
    return pixels, 1 / scale


def _content(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> PageContent:
    view = View(page)
    placed = {index: glyph for index, glyph in _glyphs(text_page, view) if view.shows(glyph)}
    drawing = Drawing(page, view)
    suspects = {
        index: glyph
        for index, glyph in placed.items()
        if glyph.em < TINY
        or (drawing.suspicious and _is_faint(text_page, index))
        or (drawing.covers and drawing.covered(glyph))
    }
    hidden = unseen(list(suspects.values()), lambda: _drawn(page))
    out = {id(glyph) for glyph in hidden}
    glyphs = [glyph for glyph in placed.values() if id(glyph) not in out] if out else list(placed.values())
    return PageContent(view.width, view.height, glyphs, drawing.edges, drawing.pictured, drawing.drawn, hidden)


def _is_faint(text_page: pdfium.PdfTextPage, index: int) -> bool:
    import pypdfium2.raw as raw

    found = raw.FPDFText_GetTextObject(text_page.raw, index)
    return bool(found) and is_faint(found)


def _glyphs(text_page: pdfium.PdfTextPage, view: View) -> Iterator[tuple[int, Glyph]]:
    """Every character but spaces, with its box. A call costs a microsecond: type is asked once for each run."""
    import pypdfium2.raw as raw

    handle, loose, x, y = text_page.raw, raw.FS_RECTF(), c_double(), c_double()
    loose_ref, x_ref, y_ref = byref(loose), byref(x), byref(y)
    low = high = base = em = stretch = right = 0.0
    angle, spaced = 0, False
    for index, text in enumerate(_characters(text_page)):
        raw.FPDFText_GetLooseCharBox(handle, index, loose_ref)
        if text.isspace():
            spaced = spaced or loose.right > loose.left  # pdfium's own guesses have no width
            continue
        left, same = loose.left, angle == 0 and loose.bottom == low and abs(loose.top - high) <= SAME_RUN * em
        if not same or abs(left - right) > 0.02 * em:  # a glyph may reach back over its origin
            raw.FPDFText_GetCharOrigin(handle, index, x_ref, y_ref)
            left = x.value
        if not same:
            low, high, base = loose.bottom, loose.top, y.value
            em, stretch, angle = _type(handle, index, raw)
        if angle == 0:
            right = min(loose.right, left + 1.02 * stretch)
            box = view.box((left, base - DESCENT * em), (right, base + ASCENT * em))
        else:
            advance = em if angle % 90 else loose.top - low if angle % 180 else loose.right - loose.left
            box = bounds([view.point(*p) for p in _turned((left, base), (em, stretch, angle), advance)])
        yield index, Glyph(text, *box, em, (angle + 90 * view.turns) % 360, spaced)
        spaced = False


def _type(handle: pdfium_raw.FPDF_TEXTPAGE, index: int, raw: ModuleType) -> tuple[float, float, int]:
    """Height and width of an em in points, and the direction of reading in degrees clockwise."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    size = raw.FPDFText_GetFontSize(handle, index)
    angle = -round(degrees(atan2(matrix.b, matrix.a))) if matrix.b or matrix.a < 0 else 0
    return size * hypot(matrix.c, matrix.d), size * hypot(matrix.a, matrix.b), angle


def _turned(origin: tuple[float, float], type_: tuple[float, float, int], advance: float) -> list[tuple[float, float]]:
    """The corners of a character's box in user space, for any direction of reading."""
    em, _, angle = type_
    along = (cos(radians(angle)), -sin(radians(angle)))
    up = (-along[1], along[0])
    return [
        (origin[0] + a * along[0] + u * up[0], origin[1] + a * along[1] + u * up[1])
        for a in (0.0, advance)
        for u in (-DESCENT * em, ASCENT * em)
    ]


def _characters(text_page: pdfium.PdfTextPage) -> Sequence[str]:
    """What stands at each index; in one call where that gives one code point for each, else one by one."""
    import pypdfium2.raw as raw

    handle, count = text_page.raw, min(text_page.count_chars(), MAX_CHARS)
    buffer = (c_ushort * (count + 1))()
    raw.FPDFText_GetText(handle, 0, count, buffer)
    text = bytes(buffer)[:-2].decode("utf-16-le", "replace")
    if len(text) == count and not any(char in text for char in "\x00\x02\ufffd"):
        return text
    return [_readable(raw.FPDFText_GetUnicode(handle, index)) for index in range(count)]


def _readable(code: int) -> str:
    """The character; pdfium marks a hyphen at a line end by 2 and a glyph without meaning by 0."""
    if code == 2:
        return "-"
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)
