"""Red seals over black print: what lies under one shows through when only the red light is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from contract_scan.extract.ocr.engine import Pixels, Strip

RED = 50  # of 255: by how much red outshines the other colours in the ink of a seal
STAMPED = 0.0015  # share of a page that is such ink: less than the smallest seal


def is_stamped(pixels: Pixels) -> bool:
    """Whether there is as much red ink in a picture (rows × columns × blue, green, red) as a seal has."""
    return float(_red(pixels).mean()) >= STAMPED


def without_red(pixels: Pixels) -> Pixels:
    """The picture with its red ink faded to the colour of paper, and what is black under it still black."""
    faded = pixels.copy()
    where = _red(pixels)
    faded[where] = pixels[where][:, 2:3]
    return faded


def merged(seen: Sequence[Strip], faded: Sequence[Strip]) -> list[Strip]:
    """What was read in the picture, and in its place what was read without the red where that tells more.

    Print in red is only in the first, print under a seal often only in the second.
    """
    kept = list(seen)
    for strip in faded:
        under = [other for other in kept if other.crosses(strip)]
        if strip.weight > sum(other.weight for other in under):
            kept = [other for other in kept if other not in under]
            kept.append(strip)
    return kept


def _red(pixels: Pixels) -> NDArray[np.bool_]:
    signed = pixels.astype("int16")
    mask: NDArray[np.bool_] = signed[:, :, 2] - signed[:, :, :2].max(axis=2) >= RED
    return mask
