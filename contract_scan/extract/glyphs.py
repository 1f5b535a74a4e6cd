"""What both PDF engines hand over for a page: characters with boxes, ruling lines, and whether it is a picture.

Positions are points from the top left corner of the page *as displayed* (after /Rotate, inside the crop box).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import NamedTuple

#: Above and below the baseline, in em: one box height for every font, because font metrics lie.
ASCENT, DESCENT = 0.88, 0.12
MAX_CHARS = 200_000  # on one page; a closely printed one has 5,000
#: A rectangle up to this thick is a line; a line shorter than SHORT is a dot.
THIN, SHORT = 2.5, 3.0

#: x0, top, x1, bottom
Rect = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """One code point where it stands.

    ``em`` is the size of its type in points; ``angle`` the direction of reading in degrees clockwise
    (0 left to right, 90 downwards: turned text and vertical writing alike), ``spaced`` whether a space comes before
    it in the file. Inserted characters have NaN boxes.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    angle: int = 0
    spaced: bool = False

    @property
    def inserted(self) -> bool:
        """Whether we put it in (space between words, cell separator) and the page has no such mark."""
        return self.x0 != self.x0


class Mark(NamedTuple):
    """A recognised character: its box on the page as displayed (points), and how sure it is (0 to 1)."""

    box: Rect
    confidence: float


#: What was recognised, by the (x0, top) of the character in its line: lines are laid out on a straightened page.
Marks = dict[tuple[float, float], Mark]


class Edge(NamedTuple):
    """A straight horizontal or vertical ruling line: top == bottom, or x0 == x1."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page before its characters (spaces left out) are put in reading order.

    ``pictured``: one image covers most of it. ``drawn``: it bears any image, line or shape. ``hidden`` characters are
    none of ``glyphs``: nobody can see them. ``comments`` are what notes stuck onto the page say.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    edges: list[Edge]
    pictured: bool = False
    drawn: bool = False
    hidden: Sequence[Glyph] = ()
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class Line:
    """A line in reading order. ``kind`` is text, row (of a table) or mark (slanted or overprinted: watermarks)."""

    glyphs: list[Glyph]
    kind: str = "text"

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def top(self) -> float:
        """Its highest point on the page."""
        return min([glyph.top for glyph in self.glyphs if glyph.x0 == glyph.x0], default=0.0)


def insert(text: str) -> list[Glyph]:
    """Characters that the page does not have."""
    return [Glyph(char, nan, nan, nan, nan, 0.0) for char in text]


def rect_edges(rect: Rect, *, framed: bool) -> list[Edge]:
    """The ruling lines that a drawn rectangle amounts to: one when it is thin, else its sides if it is framed."""
    x0, top, x1, bottom = rect
    if bottom - top <= THIN:
        middle = (top + bottom) / 2
        return [Edge(x0, middle, x1, middle)] if x1 - x0 >= SHORT else []
    if x1 - x0 <= THIN:
        middle = (x0 + x1) / 2
        return [Edge(middle, top, middle, bottom)] if bottom - top >= SHORT else []
    sides = ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
    return [Edge(*side) for side in sides] if framed else []
