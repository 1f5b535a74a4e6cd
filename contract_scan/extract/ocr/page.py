"""A picture of a page → its lines in reading order, each character with its place in the picture and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from contract_scan.extract.glyphs import Glyph, Line, PageContent, Rect
from contract_scan.extract.lines import WIDE_FROM
from contract_scan.extract.ocr.engine import Point, Recogniser, Strip
from contract_scan.extract.ocr.frame import Frame, find_frame
from contract_scan.extract.ocr.ruling import find_edges
from contract_scan.extract.page_layout import lay_out

if TYPE_CHECKING:
    from contract_scan.extract.ocr.engine import Pixels

SQUARE = 0.72  # em for the height of a strip, where its characters do not tell
STRETCH = 0.62  # em that a box may reach from the middle of its character
GAP = 0.12  # em on either side of a space
WORDY = 3  # distances between Chinese characters that tell the type size
LEVEL = 10  # degrees


class Mark(NamedTuple):
    """A character in the picture: its box in pixels and the recogniser's confidence (0 to 1)."""

    box: Rect
    confidence: float


#: By the (x0, top) of a character on the straight page.
Marks = dict[tuple[float, float], Mark]


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Lines in points of the straight page, and by the (x0, top) of each character where it is in the picture."""

    lines: list[Line]
    marks: Marks
    turn: float

    def mark(self, glyph: Glyph) -> Mark | None:
        """Where a character of a line stands in the picture; None for one that was put in."""
        return self.marks.get((glyph.x0, glyph.top))


def read_picture(pixels: Pixels, recogniser: Recogniser, scale: float) -> ReadPicture:
    """Read one page; *scale* is points for a pixel."""
    high, wide = pixels.shape[:2]
    strips = recogniser.read(pixels)
    frame = find_frame(strips, wide, high)
    glyphs, marks = _placed(strips, frame, scale)
    width, height = (side * scale for side in frame.size())
    edges = find_edges(frame.straightened(pixels), scale) if strips else []
    lines = lay_out(PageContent(width, height, glyphs, edges))
    return ReadPicture(lines, marks, (frame.turn + 180) % 360 - 180)


def _placed(strips: Sequence[Strip], frame: Frame, scale: float) -> tuple[list[Glyph], Marks]:
    """The characters on the straight page, and where each of them stands in the picture."""
    wide, high = frame.size()
    ratio = _usual_ratio(strips)
    glyphs: list[Glyph] = []
    marks: Marks = {}
    for strip in strips:
        em = _em(strip, ratio)
        for char, (start, end) in zip(strip.chars, _reaches(strip, em), strict=True):
            (ax, ay), (bx, by) = frame.straight(strip.at(start)), frame.straight(strip.at(end))
            x0, y0, x1, y1 = _around((ax, ay), (bx, by), em)
            angle = round(degrees(atan2(by - ay, bx - ax)))
            glyph = Glyph(
                char.text,
                (x0 + wide / 2) * scale,
                (y0 + high / 2) * scale,
                (x1 + wide / 2) * scale,
                (y1 + high / 2) * scale,
                em * scale,
                0 if abs(angle) <= LEVEL else angle % 360,
                char.spaced,
            )
            glyphs.append(glyph)
            marks[glyph.x0, glyph.top] = Mark(strip.box(start, end), char.confidence)
    return glyphs, marks


def _around(start: Point, end: Point, em: float) -> Rect:
    """The box of a character whose middle line runs between two points."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    up_x, up_y = (end[1] - start[1]) / length * em / 2, -(end[0] - start[0]) / length * em / 2
    xs = (start[0] + up_x, start[0] - up_x, end[0] + up_x, end[0] - up_x)
    ys = (start[1] + up_y, start[1] - up_y, end[1] + up_y, end[1] - up_y)
    return min(xs), min(ys), max(xs), max(ys)


def _reaches(strip: Strip, em: float) -> Iterator[tuple[float, float]]:
    """From where to where each character reaches along its strip (0 to 1): neighbours touch unless far apart."""
    length = strip.length or 1.0
    far = STRETCH * em / length
    gap = GAP * em / length
    chars = strip.chars
    for index, char in enumerate(chars):
        start, end = char.place - far, char.place + far
        if index:
            start = max(start, (chars[index - 1].place + char.place) / 2 + gap * char.spaced)
        if index + 1 < len(chars):
            end = min(end, (char.place + chars[index + 1].place) / 2 - gap * chars[index + 1].spaced)
        yield max(start, 0.0), max(min(end, 1.0), start, 0.0)


def _em(strip: Strip, ratio: float) -> float:
    """Its type size in pixels: the distance of its Chinese characters, or the usual share of its height."""
    return _advance(strip) or ratio * strip.height


def _advance(strip: Strip) -> float | None:
    steps = [
        (following.place - char.place) * strip.length
        for char, following in pairwise(strip.chars)
        if min(char.text, following.text) >= WIDE_FROM and not following.spaced
    ]
    usual = median(steps) if len(steps) >= WORDY else 0.0
    return usual if 0.5 * strip.height < usual < 1.1 * strip.height else None


def _usual_ratio(strips: Sequence[Strip]) -> float:
    found = [advance / strip.height for strip in strips if (advance := _advance(strip))]
    return median(found) if found else SQUARE
