"""Ruling lines and pictures of a page, from pdfium's page objects."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_float, c_int, c_uint
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING

from contract_scan.extract.glyphs import Edge, Glyph, Rect, rect_edges

if TYPE_CHECKING:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped]

MAX_SEGMENTS = 20_000  # of vector drawing on one page; more is a picture, not a table
MAX_FORM_DEPTH = 8
STRAIGHT = 1.0  # points a line may lean and still count as horizontal or vertical
PALE = 235  # of 255: how light each of red, green and blue is in type that is hard to see on paper
FAINT = 25  # of 255: opacity below which there is no ink to speak of
MAX_COVERS = 50  # on one page; a page with more is a drawing
BROAD = 4.0  # points; what is narrower covers no type
PICTURED = 0.5  # share of the page that one image covers when the page is a scan
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class View:
    """From PDF user space to the page as displayed: points from its top left corner."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        box: Rect = page.get_bbox()
        self.left, self.low, self.right, self.high = box
        self.turns: int = page.get_rotation() // 90 % 4
        size = (self.right - self.left, self.high - self.low)
        self.width, self.height = size if self.turns % 2 == 0 else (size[1], size[0])

    def point(self, x: float, y: float) -> Point:
        """Where a point of user space is displayed."""
        if self.turns == 0:
            return x - self.left, self.high - y
        if self.turns == 1:
            return y - self.low, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.low
        return self.high - y, self.right - x

    def box(self, low: Point, high: Point) -> Rect:
        """Where the rectangle between its lower left and upper right corner is displayed."""
        if self.turns == 0:  # nearly every page, and called for every character
            return low[0] - self.left, self.high - high[1], high[0] - self.left, self.high - low[1]
        return bounds([self.point(*low), self.point(*high)])

    def shows(self, glyph: Glyph) -> bool:
        """Whether the middle of a character lies on the page."""
        return 0 <= glyph.x0 + glyph.x1 <= 2 * self.width and 0 <= glyph.top + glyph.bottom <= 2 * self.height


def bounds(points: list[Point]) -> Rect:
    """The smallest rectangle around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


class Drawing:
    """What a page bears besides text: ``edges`` are its ruling lines; for the rest see PageContent.

    ``suspicious``: some of its text is drawn in a way that may not be seen. ``covers`` are light or pictured
    areas drawn over text that was there before.
    """

    def __init__(self, page: pdfium.PdfPage, view: View) -> None:
        import pypdfium2.raw

        self._raw = pypdfium2.raw
        self._view = view
        self.edges: list[Edge] = []
        self.covers: list[Rect] = []
        texts: list[Rect] = []
        self.pictured = self.drawn = self.suspicious = False
        budget = MAX_SEGMENTS
        for item, matrix in self._objects(page, IDENTITY, 0):
            kind = self._raw.FPDFPageObj_GetType(item)
            self.drawn = self.drawn or kind != self._raw.FPDF_PAGEOBJ_TEXT
            if kind == self._raw.FPDF_PAGEOBJ_TEXT:
                self.suspicious = self.suspicious or is_faint(item)
                texts.append(self._bounds(item, matrix))
            elif kind == self._raw.FPDF_PAGEOBJ_IMAGE:
                self.pictured = self.pictured or self._share(item, matrix) > PICTURED
                self._cover(self._bounds(item, matrix), texts)
            elif kind == self._raw.FPDF_PAGEOBJ_PATH and budget > 0:
                budget -= max(self._raw.FPDFPath_CountSegments(item), 1)
                if self._is_light(item):
                    self._cover(self._bounds(item, matrix), texts)
                self.edges.extend(self._path_edges(item, matrix))
        if budget <= 0:
            self.edges = []

    def _objects(
        self, parent: pdfium_raw.FPDF_PAGEOBJECT, base: Matrix, depth: int
    ) -> Iterator[tuple[pdfium_raw.FPDF_PAGEOBJECT, Matrix]]:
        """Objects of the page (depth 0) or of a form XObject, each with the matrix of the forms around it."""
        raw = self._raw
        count = raw.FPDFFormObj_CountObjects if depth else raw.FPDFPage_CountObjects
        get = raw.FPDFFormObj_GetObject if depth else raw.FPDFPage_GetObject
        for index in range(count(parent)):
            item = get(parent, index)
            if not item:
                continue
            if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
                yield item, base
            elif depth < MAX_FORM_DEPTH:
                yield from self._objects(item, _times(self._matrix(item), base), depth + 1)

    def _matrix(self, item: pdfium_raw.FPDF_PAGEOBJECT) -> Matrix:
        found = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(item, found):
            return IDENTITY
        return (found.a, found.b, found.c, found.d, found.e, found.f)

    def _cover(self, area: Rect, texts: list[Rect]) -> None:
        x0, top, x1, bottom = area
        if min(x1 - x0, bottom - top) < BROAD or len(self.covers) >= MAX_COVERS:
            return
        if any(t[0] < x1 and x0 < t[2] and top < (t[1] + t[3]) / 2 < bottom for t in texts):
            self.covers.append(area)

    def _is_light(self, path: pdfium_raw.FPDF_PAGEOBJECT) -> bool:
        """Whether a path is filled with a colour in which it does not show on paper."""
        fill, stroke = c_int(), c_int()
        self._raw.FPDFPath_GetDrawMode(path, fill, stroke)
        red, green, blue, opacity = (c_uint() for _ in range(4))
        if not fill.value or not self._raw.FPDFPageObj_GetFillColor(path, red, green, blue, opacity):
            return False
        return min(red.value, green.value, blue.value) >= PALE and opacity.value > FAINT

    def _bounds(self, item: pdfium_raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Rect:
        """Where an object lies on the page as displayed; nowhere if pdfium does not know."""
        left, low, right, high = (c_float() for _ in range(4))
        if not self._raw.FPDFPageObj_GetBounds(item, left, low, right, high):
            return (0.0, 0.0, 0.0, 0.0)
        corners = (_apply(matrix, left.value, low.value), _apply(matrix, right.value, high.value))
        return bounds([self._view.point(*corner) for corner in corners])

    def _share(self, item: pdfium_raw.FPDF_PAGEOBJECT, matrix: Matrix) -> float:
        x0, top, x1, bottom = self._bounds(item, matrix)
        view = self._view
        width = min(x1, view.width) - max(x0, 0.0)
        height = min(bottom, view.height) - max(top, 0.0)
        return max(width, 0.0) * max(height, 0.0) / max(view.width * view.height, 1.0)

    def covered(self, glyph: Glyph) -> bool:
        """Whether the middle of a character lies under something that may hide it."""
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        return any(x0 < x < x1 and top < y < bottom for x0, top, x1, bottom in self.covers)

    def _path_edges(self, item: pdfium_raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[Edge]:
        """A stroked path rules its straight pieces; a filled one only where it is as thin as a line."""
        fill, stroke = c_int(), c_int()
        self._raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not (fill.value or stroke.value):
            return
        for outline in self._outlines(item, _times(self._matrix(item), matrix)):
            if thin := rect_edges(bounds(outline), framed=False):
                yield from thin
            elif stroke.value:
                yield from _straight(outline)

    def _outlines(self, item: pdfium_raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[list[Point]]:
        """The subpaths as points on the page, closed ones ending where they began; curves as their end points."""
        raw = self._raw
        outline: list[Point] = []
        x, y = c_float(), c_float()
        for index in range(raw.FPDFPath_CountSegments(item)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = self._view.point(*_apply(matrix, x.value, y.value))
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                if len(outline) > 1:
                    yield outline
                outline = []
            if isfinite(point[0]) and isfinite(point[1]):
                outline.append(point)
            if raw.FPDFPathSegment_GetClose(segment) and len(outline) > 1:
                outline.append(outline[0])
        if len(outline) > 1:
            yield outline


def is_faint(text: pdfium_raw.FPDF_PAGEOBJECT) -> bool:
    """Whether a text object is drawn without ink, nearly white or nearly transparent."""
    import pypdfium2.raw as raw

    if raw.FPDFTextObj_GetTextRenderMode(text) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return True
    red, green, blue, opacity = (c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(text, red, green, blue, opacity):
        return False
    return min(red.value, green.value, blue.value) >= PALE or opacity.value < FAINT


def _straight(outline: list[Point]) -> Iterator[Edge]:
    for (ax, ay), (bx, by) in pairwise(outline):
        if abs(ax - bx) <= STRAIGHT or abs(ay - by) <= STRAIGHT:
            yield from rect_edges(bounds([(ax, ay), (bx, by)]), framed=False)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
