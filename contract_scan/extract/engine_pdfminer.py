"""The reference PDF engine: pdfplumber over pdfminer.six, pure Python; used where pdfium fails on a page.

pdfminer raises almost anything on a damaged file (KeyError, TypeError, RecursionError …), hence the wide nets.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import atan2, degrees, hypot, sqrt
from typing import TYPE_CHECKING, cast

from contract_scan.errors import Unreadable
from contract_scan.extract.glyphs import ASCENT, DESCENT, MAX_CHARS, Edge, Glyph, PageContent, Rect, rect_edges

if TYPE_CHECKING:
    from pdfplumber.page import Page

PICTURED = 0.5  # share of the page that one image covers when the page is a scan

MAX_DRAWN = 5_000  # lines and rectangles on one page; more is a picture, not a table
Drawn = Mapping[str, object]


class PdfminerEngine:
    """A PDF opened by pdfplumber; ``page(i)`` gives the content of page *i* (from 0)."""

    def __init__(self, data: bytes) -> None:
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns about every odd font
        import pdfplumber

        from contract_scan.extract.pdfminer_fonts import bounded_fonts

        try:
            self._document = pdfplumber.open(io.BytesIO(data))
            self._document.rsrcmgr = bounded_fonts()
            self._pages = self._document.pages
        except Exception as error:
            raise Unreadable("这个 PDF 已损坏或没有下载完整：请重新下载，或请对方重新发送。") from error

    def __len__(self) -> int:
        return len(self._pages)

    def close(self) -> None:
        """Forget the parsed objects."""
        self._document.close()

    def page(self, index: int) -> PageContent:
        """Characters, ruling lines and picture share of one page; Unreadable when pdfminer fails on it."""
        page = self._pages[index]
        try:
            return _content(page)
        except Exception as error:
            raise Unreadable(f"第 {index + 1} 页已损坏。") from error
        finally:
            page.close()


def _content(page: Page) -> PageContent:
    left, top, right, bottom = (float(side) for side in page.cropbox)
    width, height = right - left, bottom - top
    glyphs: list[Glyph] = []
    spaced = False
    for glyph in (glyph for char in page.chars[:MAX_CHARS] for glyph in _glyphs(char, left, top)):
        if not glyph.text.isspace() and _visible(glyph, width, height):
            glyphs.append(glyph._replace(spaced=spaced))
        spaced = glyph.text.isspace()
    pictured = any(_area(_rect(image, left, top)) > PICTURED * width * height for image in page.images)
    drawn = bool(page.images or page.lines or page.rects or page.curves)
    return PageContent(width, height, glyphs, list(_edges(page, left, top)), pictured, drawn)


def _visible(glyph: Glyph, width: float, height: float) -> bool:
    return 0 <= glyph.x0 + glyph.x1 <= 2 * width and 0 <= glyph.top + glyph.bottom <= 2 * height


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _rect(drawn: Drawn, left: float, top: float) -> Rect:
    x0, y0, x1, y1 = (cast(float, drawn[key]) for key in ("x0", "top", "x1", "bottom"))
    return (x0 - left, y0 - top, x1 - left, y1 - top)


def _glyphs(char: Drawn, left: float, top: float) -> Iterator[Glyph]:
    """One record for each code point; a ligature shares its box out evenly."""
    text = _readable(str(char["text"]))
    a, b, _c, _d, _e, baseline = cast("tuple[float, ...]", char["matrix"])
    angle = round(-degrees(atan2(b, a))) % 360
    x0, y0, x1, y1 = _rect(char, left, top)
    em = y1 - y0 if angle % 180 == 0 else x1 - x0 if angle % 90 == 0 else hypot(x1 - x0, y1 - y0) / sqrt(2)
    if angle == 0:
        line = y1 - (baseline - cast(float, char["y0"]))
        y0, y1 = line - ASCENT * em, line + DESCENT * em
    share = (x1 - x0) / len(text)
    for index, point in enumerate(text):
        yield Glyph(point, x0 + index * share, y0, x0 + (index + 1) * share, y1, em, angle)


def _readable(text: str) -> str:
    """ "(cid:17)" says that the font does not tell which character it is."""
    if text.startswith("(cid:") or not text:
        return "\ufffd"
    return "".join(
        " " if char in "\t\r\n" else "\ufffd" if "\ud800" <= char < "\ue000" or char == "\0" else char for char in text
    )


def _edges(page: Page, left: float, top: float) -> Iterator[Edge]:
    if len(page.lines) + len(page.rects) + len(page.curves) > MAX_DRAWN:
        return
    for line in page.lines:
        yield from rect_edges(_rect(line, left, top), framed=False)
    for rect in page.rects:
        yield from rect_edges(_rect(rect, left, top), framed=bool(rect["stroke"]))
    for curve in page.curves:
        points = [(x - left, y - top) for x, y in curve["pts"]]
        for (ax, ay), (bx, by) in pairwise(points) if curve["stroke"] else ():
            yield from rect_edges((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), framed=False)
