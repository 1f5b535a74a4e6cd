"""The column of comments beside a page: lines broken to its width, comments as near to their words as there is room."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WIDTH = 230.0  # points added at the right of a page
EDGE = 6.0  # points between page, text and edge
SIZES = (8.0, 7.0, 6.0, 5.0, 4.2)  # of the type, the largest that lets a page's comments fit
LEADING = 1.4  # lines, in sizes of the type
GAP = 5.0  # points between two comments
PADDING = 3.0
NO_START = "，。；：、！？）》”’】〉%,.;:!?)]"
CUT = "……（全文见报告）"


@dataclass(frozen=True, slots=True)
class Note:
    """What goes into the column: where its words begin (points from the top), its paragraphs, its colour key."""

    at: float
    paragraphs: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A note with its lines, where it stands: points from the top of the page."""

    note: Note
    top: float
    bottom: float
    size: float
    lines: tuple[str, ...]


def place(notes: Sequence[Note], height: float) -> tuple[Placed, ...]:
    """All notes one below the other on a page of *height* points, in the largest type that fits."""
    for size in SIZES:
        texts = [tuple(_lines(note.paragraphs, size)) for note in notes]
        if sum(_height(text, size) + GAP for text in texts) <= height - 2 * EDGE or size == SIZES[-1]:
            return _stack(notes, texts, size=size, height=height)
    return ()


def _stack(
    notes: Sequence[Note], texts: Sequence[tuple[str, ...]], *, size: float, height: float
) -> tuple[Placed, ...]:
    """From the top down where the words are; then from the bottom up, so that the last ones do not fall off."""
    heights = [_height(text, size) for text in texts]
    tops: list[float] = []
    free = EDGE
    for note, tall in zip(notes, heights, strict=True):
        tops.append(max(free, note.at))
        free = tops[-1] + tall + GAP
    floor = height - EDGE
    for index in reversed(range(len(tops))):
        tops[index] = max(EDGE, min(tops[index], floor - heights[index]))
        floor = tops[index] - GAP
    return tuple(_fitting(notes, texts, tops, size=size, height=height))


def _fitting(
    notes: Sequence[Note], texts: Sequence[tuple[str, ...]], tops: Sequence[float], *, size: float, height: float
) -> Iterator[Placed]:
    """Where even the smallest type is too large, every note keeps its share and says that it was cut."""
    room = (height - 2 * EDGE) / max(len(notes), 1) - GAP
    crowded = sum(_height(text, size) + GAP for text in texts) > height - 2 * EDGE
    for index, (note, lines) in enumerate(zip(notes, texts, strict=True)):
        top = EDGE + index * (room + GAP) if crowded else tops[index]
        if crowded and _height(lines, size) > room:
            kept = max(1, int((room - 2 * PADDING) / (size * LEADING)))
            lines = (*lines[: kept - 1], CUT) if kept > 1 else lines[:1]
        yield Placed(note, top, top + _height(lines, size), size, lines)


def _height(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * LEADING + 2 * PADDING


def _lines(paragraphs: Iterable[str], size: float) -> Iterator[str]:
    room = (WIDTH - 2 * EDGE - 2 * PADDING) / size - 1
    for paragraph in paragraphs:
        yield from _broken(paragraph, room)


def _broken(text: str, room: float) -> Iterator[str]:
    """Lines of at most *room* em; a closing mark hangs rather than begins a line."""
    line, used = "", 0.0
    for char in text:
        wide = em(char)
        if used + wide > room and char not in NO_START:
            yield line
            line, used = "", 0.0
        line, used = line + char, used + wide
    if line:
        yield line


def em(char: str) -> float:
    """How wide a character is set: figures and Latin letters half, everything else full."""
    return 0.5 if unicodedata.east_asian_width(char) in ("H", "Na", "N") and ord(char) < 0x2000 else 1.0
