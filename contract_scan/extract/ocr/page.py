"""A picture of a page → its lines in reading order, each character with its place in the picture and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot
from statistics import median
from typing import TYPE_CHECKING

from contract_scan.extract.glyphs import Glyph, Line, Mark, Marks, PageContent, Rect
from contract_scan.extract.lines import WIDE_FROM
from contract_scan.extract.ocr.engine import Recogniser, Strip
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


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Lines in points of the straight page; ``marks`` say where each character is in the picture (in points, too);
    ``turn`` is how far the text leans in the picture, in degrees clockwise from -180 to 180."""

    lines: list[Line]
    marks: Marks
    turn: float


def read_picture(pixels: Pixels, recogniser: Recogniser, scale: float) -> ReadPicture:
    """Read one page; *scale* is points for a pixel. A picture that lies on its side is read again, upright."""
    import numpy as np

    high, wide = pixels.shape[:2]
    strips = recogniser.read(pixels)
    quarter = round(find_frame(strips, wide, high).turn / 90) % 4
    if quarter:
        pixels = np.ascontiguousarray(np.rot90(pixels, quarter))
        strips = recogniser.read(pixels)
    frame = find_frame(strips, pixels.shape[1], pixels.shape[0])
    glyphs, marks = _placed(strips, frame, scale)
    width, height = (side * scale for side in frame.size())
    edges = find_edges(frame.straightened(pixels), scale) if strips else []
    lines = lay_out(PageContent(width, height, glyphs, edges))
    back = {key: Mark(_turned_back(mark.box, quarter, (wide * scale, high * scale)), mark.confidence)
            for key, mark in marks.items()}  # fmt: skip
    return ReadPicture(lines, back, (frame.turn + 90 * quarter + 180) % 360 - 180)


def _turned_back(box: Rect, quarter: int, size: tuple[float, float]) -> Rect:
    """A box of the upright picture, in the picture as it came (*size* is its width and height)."""
    x0, top, x1, bottom = box
    wide, high = size
    if quarter == 1:  # turned counter-clockwise: what was right is now on top
        return wide - bottom, x0, wide - top, x1
    if quarter == 2:
        return wide - x1, high - bottom, wide - x0, high - top
    return (top, high - x1, bottom, high - x0) if quarter == 3 else box


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
            marks[glyph.x0, glyph.top] = Mark(_scaled(strip.box(start, end), scale), char.confidence)
    return glyphs, marks


def _scaled(box: Rect, scale: float) -> Rect:
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def _around(start: tuple[float, float], end: tuple[float, float], em: float) -> Rect:
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
