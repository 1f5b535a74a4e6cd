"""From a picture to the page it shows, lying straight: quarter turns, skew, and rows that fan out or bend in a photo.

The slope of the text at each place of the picture is fitted by a plane; following it gives straight rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin
from statistics import median
from typing import TYPE_CHECKING

from contract_scan.extract.ocr.engine import Point, Strip

if TYPE_CHECKING:
    from contract_scan.extract.ocr.engine import Pixels

LONG = 4.0  # times as long as high: a strip whose direction can be trusted
ENOUGH = 6  # of such strips before anything but the common direction is fitted
STRAY = 8.0  # degrees away from the common direction: a watermark, a signature


@dataclass(frozen=True, slots=True)
class Frame:
    """``turn`` degrees (clockwise) that the text leans in the picture; ``bend`` the slope left after turning back:
    slope at (x, y) = bend[0] + bend[1]·x + bend[2]·y, in pixels from the middle of the picture."""

    width: float
    height: float
    turn: float = 0.0
    bend: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def straight(self, point: Point) -> Point:
        """Where a point of the picture lies on the straight page, in pixels from its middle."""
        x, y = self._turned(point)
        a, b, c = self.bend
        return x, y - (a * x + b * x * x / 2 + c * y * x)

    def _turned(self, point: Point) -> Point:
        x, y = point[0] - self.width / 2, point[1] - self.height / 2
        along, across = cos(radians(self.turn)), sin(radians(self.turn))
        return x * along + y * across, y * along - x * across

    def size(self) -> tuple[float, float]:
        """Width and height of the straight page in pixels."""
        along, across = abs(cos(radians(self.turn))), abs(sin(radians(self.turn)))
        return self.width * along + self.height * across, self.width * across + self.height * along

    def straightened(self, pixels: Pixels) -> Pixels:
        """The picture of the straight page; what lies outside the old picture is white."""
        import cv2
        import numpy as np

        wide, high = (round(side) for side in self.size())
        y, x = np.mgrid[0:high, 0:wide].astype("float32")
        x, y = x - wide / 2, y - high / 2
        a, b, c = self.bend
        y = (y + a * x + b * x * x / 2) / (1 - c * x)
        along, across = cos(radians(self.turn)), sin(radians(self.turn))
        from_x = (x * along - y * across + self.width / 2).astype("float32")
        from_y = (x * across + y * along + self.height / 2).astype("float32")
        white = (255, 255, 255)
        flat = cv2.remap(pixels, from_x, from_y, cv2.INTER_LINEAR, None, cv2.BORDER_CONSTANT, white)
        return flat.astype("uint8", copy=False)


def find_frame(strips: Sequence[Strip], width: float, height: float) -> Frame:
    """The frame in which most of the text runs level, from left to right."""
    long = [strip for strip in strips if strip.length >= LONG * strip.height] or list(strips)
    if not long:
        return Frame(width, height)
    quarter = _common_quarter(long)
    leans = [(_lean(strip) - quarter + 180) % 360 - 180 for strip in long]
    common = median([lean for lean in leans if abs(lean) < 45] or [0.0])
    straight = [strip for strip, lean in zip(long, leans, strict=True) if abs(lean - common) < STRAY]
    frame = Frame(width, height, quarter + common)
    return Frame(width, height, frame.turn, _fitted(straight, frame)) if len(straight) >= ENOUGH else frame


def _common_quarter(strips: Sequence[Strip]) -> int:
    votes = dict.fromkeys((0, 90, 180, 270), 0)
    for strip in strips:
        votes[round(_lean(strip) / 90) * 90 % 360] += len(strip.chars)
    return max(votes, key=lambda quarter: votes[quarter])


def _fitted(strips: Sequence[Strip], frame: Frame) -> tuple[float, float, float]:
    """The plane through the slopes of the strips, weighted by their length."""
    import numpy as np

    rows, slopes, weights = [], [], []
    for strip in strips:
        (x0, y0), (x1, y1) = frame.straight(strip.at(0)), frame.straight(strip.at(1))
        if x1 - x0 > 1:
            rows.append((1.0, (x0 + x1) / 2, (y0 + y1) / 2))
            slopes.append((y1 - y0) / (x1 - x0))
            weights.append((x1 - x0) ** 0.5)
    weight = np.array(weights)
    plane, *_ = np.linalg.lstsq(np.array(rows) * weight[:, None], np.array(slopes) * weight, rcond=None)
    a, b, c = (float(value) for value in plane)
    return a, b, c


def _lean(strip: Strip) -> float:
    """Degrees clockwise of its direction of reading."""
    (x0, y0), (x1, y1) = strip.at(0), strip.at(1)
    return degrees(atan2(y1 - y0, x1 - x0))
