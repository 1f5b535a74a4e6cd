"""Characters → lines in reading order: one routine for both PDF engines, horizontal, turned and vertical text.

The spaces of the file are taken out (engines disagree about them) and put back where the page shows a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import cos, radians, sin
from statistics import median
from typing import NamedTuple

from contract_scan.extract.doubled import without_doubled_runs, without_overprints
from contract_scan.extract.glyphs import Edge, Glyph, insert

SAME_TYPE = 1.8  # characters more different in size than this stand on lines of their own
GUTTER = 1.0  # em between two columns at least
COLUMN_LINES, COLUMN_CHARS = 5, 10  # what makes two columns of prose rather than labels and values
COLUMN_OF_TEXT = 3  # characters below each other, closer than lines are set, that make vertical writing
BLANK = 1.2  # em of underlined gap that counts as a blank to fill in
SMALLEST_GAP = 0.1  # em, below which two characters simply follow each other
MAX_BLANK = 60  # underscores for one blank
WIDE_FROM = "\u2e80"  # code points from here on are as wide as they are high


class Placed(NamedTuple):
    """A character in the frame of its reading direction: ``start``–``end`` along the line, ``mid`` across."""

    start: float
    end: float
    mid: float
    em: float
    glyph: Glyph


Row = list[Placed]


def read_lines(glyphs: Sequence[Glyph], underlines: Sequence[Edge] = ()) -> list[list[Glyph]]:
    """The lines of a region in reading order, columns one after the other, with spaces and blanks put back.

    All characters must share one reading direction (see :func:`directions`).
    """
    rows = _in_columns(_rows(place(glyphs)))
    return [without_doubled_runs(_spaced(row, underlines)) for row in rows]


def directions(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters grouped by reading direction, the one with most characters first."""
    if all(glyph.angle == 0 for glyph in glyphs):
        return [list(glyphs)] if glyphs else []
    groups: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        groups.setdefault(_direction(glyph.angle), []).append(glyph)
    return sorted(groups.values(), key=len, reverse=True)


def with_columns_turned(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Chinese characters that follow each other downwards are vertical writing: their reading direction is 90."""
    turned = list(glyphs)
    start = 0
    for index in range(1, len(glyphs) + 1):
        if index < len(glyphs) and _follows_below(glyphs[index - 1], glyphs[index]):
            continue
        if index - start >= COLUMN_OF_TEXT:
            turned[start:index] = [glyph._replace(angle=90) for glyph in glyphs[start:index]]
        start = index
    return turned


def _follows_below(one: Glyph, other: Glyph) -> bool:
    if abs(one.x0 - other.x0) > 0.1 * one.em or min(one.text, other.text) < WIDE_FROM or one.angle or other.angle:
        return False
    return 0.8 * one.em <= other.top - one.top <= 1.35 * one.em


def slanted(glyph: Glyph) -> bool:
    """Whether the character stands aslant, as watermarks do."""
    return glyph.angle != 0 and _direction(glyph.angle) % 90 != 0


@cache
def _direction(angle: int) -> int:
    """Nearest quarter turn within 10 degrees, else the angle to 5 degrees."""
    quarter = round(angle / 90) * 90
    return quarter % 360 if abs(angle - quarter) <= 10 else round(angle / 5) * 5 % 360


def place(glyphs: Sequence[Glyph]) -> list[Placed]:
    """Turn the characters so that their lines run from left to right."""
    if not glyphs:
        return []
    angle = _direction(glyphs[0].angle)
    if angle == 0:
        return [Placed(g.x0, g.x1, (g.top + g.bottom) / 2, g.em, g) for g in glyphs]
    along, across = cos(radians(angle)), sin(radians(angle))
    placed = []
    for g in glyphs:
        x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
        size = abs(along) * (g.x1 - g.x0) + abs(across) * (g.bottom - g.top) if angle % 90 == 0 else g.em
        start = along * x + across * y - size / 2
        placed.append(Placed(start, start + size, along * y - across * x, g.em, g))
    return placed


def _rows(placed: Sequence[Placed]) -> list[Row]:
    """Cluster by position across the lines: a character joins a row that it overlaps by half of the smaller."""
    levels: dict[tuple[float, float], Row] = {}  # most characters of a line stand at exactly one height
    for one in placed:
        levels.setdefault((one.mid, one.em), []).append(one)
    rows: list[tuple[Placed, Row]] = []  # the tallest character so far, and all
    for level in sorted(levels.values(), key=lambda row: (row[0].mid, row[0].start)):
        for index in range(len(rows) - 1, max(len(rows) - 5, -1), -1):
            tallest, row = rows[index]
            if _level(level[0], tallest):
                row += level
                rows[index] = (max(tallest, level[0], key=lambda p: p.em), row)
                break
        else:
            rows.append((level[0], level))
    rows.sort(key=lambda item: item[0].mid)
    return [_unique(sorted(row)) for _, row in rows]


def _unique(row: Row) -> Row:
    """A row without characters drawn twice."""
    if all(following.start - one.start > 0.5 * one.em for one, following in pairwise(row)):
        return row
    kept = {id(glyph) for glyph in without_overprints([one.glyph for one in row])}
    return [one for one in row if id(one.glyph) in kept]


def _level(one: Placed, other: Placed) -> bool:
    small, large = sorted((one.em, other.em))
    overlap = (small + large) / 2 - abs(one.mid - other.mid)
    return large <= SAME_TYPE * small and overlap >= small / 2


def _in_columns(rows: list[Row]) -> list[Row]:
    ordered: list[Row] = []
    at = 0
    while at < len(rows):
        block = _column_block(rows, at)
        if block is None:
            ordered.append(rows[at])
            at += 1
            continue
        end, gutter = block
        left = [[p for p in row if p.start < gutter] for row in rows[at:end]]
        right = [[p for p in row if p.start >= gutter] for row in rows[at:end]]
        ordered += [row for row in left if row] + _in_columns([row for row in right if row])
        at = end
    return ordered


def _column_block(rows: list[Row], at: int) -> tuple[int, float] | None:
    """Where a two-column block that begins at a row ends, and the middle of its gutter."""
    gaps = _gaps(rows[at])
    best = max(gaps, key=lambda gap: gap[1] - gap[0], default=None)
    end = at
    lengths: list[tuple[int, int]] = []
    while best is not None and end < len(rows):
        narrowed = _narrow(best, rows[end])
        if narrowed is None:
            break
        best = narrowed
        left = sum(p.start < best[0] for p in rows[end])
        lengths.append((left, len(rows[end]) - left))
        end += 1
    if best is None or not _is_prose([n for n, _ in lengths if n]) or not _is_prose([n for _, n in lengths if n]):
        return None
    return end, (best[0] + best[1]) / 2


def _is_prose(lengths: list[int]) -> bool:
    return len(lengths) >= COLUMN_LINES and median(lengths) >= COLUMN_CHARS


def _narrow(gutter: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """What is left of a gutter beside one more row; None when the row crosses it."""
    low, high = gutter
    spaces = _gaps(row)
    if row[-1].end <= high:
        spaces = [(row[-1].end, high)]
    elif row[0].start >= low:
        spaces = [(low, row[0].start)]
    for start, end in spaces:
        if min(end, high) - max(start, low) >= 0.5 * GUTTER * row[0].em:
            return max(start, low), min(end, high)
    return None


def _gaps(row: Row) -> list[tuple[float, float]]:
    return [(a.end, b.start) for a, b in pairwise(row) if b.start - a.end >= GUTTER * a.em]


def _spaced(row: Row, rules: Sequence[Edge]) -> list[Glyph]:
    first, last = row[0], row[-1]
    near = [rule for rule in rules if 0.2 * first.em <= rule.top - first.mid <= 0.9 * first.em]
    spaced = _blanks([r for r in near if first.start - first.em <= r.x1 <= first.start + first.em / 2], first)
    for one, following in pairwise(row):
        spaced.append(one.glyph)
        gap = following.start - one.end
        if gap <= SMALLEST_GAP * one.em:
            continue
        inside = [r for r in near if r.x0 >= one.end - one.em / 2 and r.x1 <= following.start + one.em / 2]
        blanks = _blanks(inside, one) if gap >= BLANK * one.em else []
        spaced += blanks or (insert(" ") if gap > _word_gap(one, following) else [])
    spaced.append(last.glyph)
    return spaced + _blanks([r for r in near if last.end - last.em / 2 <= r.x0 <= last.end + last.em], last)


def _word_gap(one: Placed, other: Placed) -> float:
    """The gap that shows a space: justified Chinese spreads, and Word sets Chinese and Latin a quarter em apart."""
    if other.glyph.spaced:
        return SMALLEST_GAP * one.em
    wide = (one.glyph.text >= WIDE_FROM) + (other.glyph.text >= WIDE_FROM)
    return (0.15, 0.35, 0.4)[wide] * min(one.em, other.em)


def _blanks(rules: Sequence[Edge], beside: Placed) -> list[Glyph]:
    """Underscores for a line to write on."""
    glyph, blanks = beside.glyph, list[Glyph]()
    for rule in sorted(rules):
        width = rule.x1 - rule.x0
        if width < BLANK * beside.em:
            continue
        count = min(max(round(2 * width / beside.em), 2), MAX_BLANK)
        for step in range(count):
            x0, x1 = rule.x0 + step * width / count, rule.x0 + (step + 1) * width / count
            blanks.append(Glyph("_", x0, glyph.top, x1, glyph.bottom, beside.em))
    return blanks
