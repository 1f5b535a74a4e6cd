"""Text of a PDF page that nobody can see: without ink, white on white, covered, or too small to be told from a line.

Characters are suspects by how they are drawn; whether they are seen is then looked up on the rendered page, so that
white type on a dark ground and the invisible text over a scanned picture (which shows the same words) stay text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from contract_scan.extract.glyphs import Glyph

if TYPE_CHECKING:
    from contract_scan.extract.ocr.engine import Pixels

TINY = 2.0  # points; smaller type is no reading matter
CONTRAST = 24  # of 255: between the lightest and the darkest pixel where something can be seen
FEWEST = 4  # characters; fewer are an accident of the program that wrote the file


def unseen(suspects: Sequence[Glyph], draw: Callable[[], tuple[Pixels, float]]) -> list[Glyph]:
    """The suspects that cannot be seen; *draw* gives the page as displayed and points for a pixel, if need be."""
    if len(suspects) < FEWEST:
        return []
    pixels, scale = draw()
    found = [glyph for glyph in suspects if glyph.em < TINY or not _has_ink(glyph, pixels, scale)]
    return found if len(found) >= FEWEST else []


def _has_ink(glyph: Glyph, pixels: Pixels, scale: float) -> bool:
    top, bottom = (max(0, round(value / scale)) for value in (glyph.top, glyph.bottom))
    left, right = (max(0, round(value / scale)) for value in (glyph.x0, glyph.x1))
    patch = pixels[top : bottom + 1, left : right + 1]
    return patch.size > 0 and int(patch.max()) - int(patch.min()) >= CONTRAST
