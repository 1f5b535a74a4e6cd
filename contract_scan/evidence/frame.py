"""From the page as displayed (points from its top left corner) back to the user space of its PDF."""

from __future__ import annotations

from dataclasses import dataclass

from contract_scan.model import Box

Point = tuple[float, float]
Rect = tuple[float, float, float, float]
#: Turns upright drawing the way the page is turned, by quarter turns clockwise.
UPRIGHT = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in user space, and its quarter turns clockwise."""

    left: float
    low: float
    right: float
    high: float
    turns: int = 0

    @property
    def width(self) -> float:
        """Of the page as displayed, in points."""
        return self.right - self.left if self.turns % 2 == 0 else self.high - self.low

    @property
    def height(self) -> float:
        """Of the page as displayed, in points."""
        return self.high - self.low if self.turns % 2 == 0 else self.right - self.left

    def point(self, x: float, y: float) -> Point:
        """Where a displayed point lies in user space."""
        if self.turns == 0:
            return self.left + x, self.high - y
        if self.turns == 1:
            return self.left + y, self.low + x
        if self.turns == 2:
            return self.right - x, self.low + y
        return self.right - y, self.high - x

    def rect(self, x0: float, top: float, x1: float, bottom: float) -> Rect:
        """A displayed rectangle in user space: left, low, right, high."""
        (a, b), (c, d) = self.point(x0, top), self.point(x1, bottom)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def quad(self, box: Box) -> tuple[float, ...]:
        """The eight numbers of QuadPoints: upper left, upper right, lower left, lower right as read."""
        corners = ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom))
        return tuple(number for corner in corners for number in self.point(*corner))

    def widened(self, by: float) -> Rect:
        """The visible part with *by* points more at the right as displayed."""
        return self._bounds(self.rect(0, 0, self.width + by, self.height))

    def _bounds(self, rect: Rect) -> Rect:
        return min(rect[0], self.left), min(rect[1], self.low), max(rect[2], self.right), max(rect[3], self.high)
