"""The ruling lines of a straight picture: what makes a table a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract_scan.extract.glyphs import Edge

if TYPE_CHECKING:
    from contract_scan.extract.ocr.engine import Pixels

SHORTEST = 1 / 28  # of the picture's width: longer than any stroke of a character
THICKEST = 7  # pixels
WINDOW, DARKER = 31, 12  # a line is darker than its surroundings (of this size) by so much


def find_edges(pixels: Pixels, scale: float) -> list[Edge]:
    """Horizontal and vertical lines of a picture, in pixels times *scale*."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, WINDOW, DARKER)
    least = max(round(pixels.shape[1] * SHORTEST), 12)
    edges: list[Edge] = []
    for across, kernel in ((True, (least, 1)), (False, (1, least))):
        shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, shape)
        joined = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
        for x, y, wide, high, _ in boxes[1:].tolist():
            if across and high <= THICKEST:
                middle = scale * (y + high / 2)
                edges.append(Edge(scale * x, middle, scale * (x + wide), middle))
            elif not across and wide <= THICKEST:
                middle = scale * (x + wide / 2)
                edges.append(Edge(middle, scale * y, middle, scale * (y + high)))
    return edges
