"""A span of the source → rectangles on its pages, one for each line of text, however the text is turned."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from contract_scan.model import Box, Page, Source, Span

NEAR = 1.0  # sizes of a character that two of one line may lie apart, other than from left to right


def boxes(source: Source, span: Span) -> tuple[Box, ...]:
    """Rectangles around a source span, line by line; empty where there are no positions.

    Page headers and footers inside the span are no part of what was said.
    """
    inside = [each for each in source.furniture if each.overlaps(span)]
    furniture = set(chain.from_iterable(range(each.start, each.end) for each in inside))
    lines: list[Box] = []
    for page in source.pages:
        if page.boxes and page.span.overlaps(span):
            for box in _characters(page, span, furniture):
                joined = _joined(lines[-1], box) if lines else None
                lines[-1:] = [joined] if joined else [*lines[-1:], box]
    return tuple(lines)


def _characters(page: Page, span: Span, furniture: set[int]) -> Iterator[Box]:
    """The box of each character of the span that is on the page."""
    for position in range(max(span.start, page.span.start), min(span.end, page.span.end)):
        at = 4 * (position - page.span.start)
        x0, top, x1, bottom = (float(value) for value in page.boxes[at : at + 4])
        if x0 == x0 and position not in furniture:  # NaN: an inserted character
            yield Box(page.number, x0, top, x1, bottom)


def _joined(line: Box, box: Box) -> Box | None:
    """The line with one more character; None where that begins another line."""
    if line.page != box.page or not (_is_beside(line, box) or _is_below(line, box)):
        return None
    return Box(
        line.page, min(line.x0, box.x0), min(line.top, box.top), max(line.x1, box.x1), max(line.bottom, box.bottom)
    )


def _is_beside(line: Box, box: Box) -> bool:
    """On a level with the line: anywhere to the right, or, in text that is upside down, next to it on the left."""
    if box.top >= line.bottom or box.bottom <= line.top:
        return False
    return box.x0 >= line.x0 or line.x0 - box.x1 <= NEAR * (box.x1 - box.x0)


def _is_below(line: Box, box: Box) -> bool:
    """Next to a line that is itself one character wide: turned text, vertical writing; upwards or downwards."""
    if box.x0 >= line.x1 or box.x1 <= line.x0 or line.x1 - line.x0 > 1.5 * max(box.x1 - box.x0, 1.0):
        return False
    if abs((box.x0 + box.x1) - (line.x0 + line.x1)) > box.x1 - box.x0:
        return False
    return max(box.top - line.bottom, line.top - box.bottom) <= NEAR * (box.bottom - box.top) / 2
