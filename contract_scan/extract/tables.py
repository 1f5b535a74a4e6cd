"""Ruled tables: pdfplumber's table functions over the ruling lines of either engine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from contract_scan.extract.glyphs import Edge, Glyph, Rect

NEAR = 3.0  # points that lines may miss each other by (pdfplumber's default)
MAX_CROSSINGS = 200_000  # pairs of lines to try, and
MAX_POINTS = 2_500  # crossing points of a page; more is graph paper


@dataclass(slots=True)
class Cell:
    """A cell: its rectangle, the characters in it, and the tables inside it."""

    rect: Rect
    glyphs: list[Glyph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A ruled table: rows from top to bottom, cells from left to right (a merged cell stands in its first row)."""

    rows: list[list[Cell]]

    @property
    def rect(self) -> Rect:
        """The smallest rectangle around all cells."""
        x0, top, x1, bottom = zip(*(cell.rect for row in self.rows for cell in row), strict=True)
        return min(x0), min(top), max(x1), max(bottom)


def find_tables(edges: Sequence[Edge]) -> list[Table]:
    """The tables that ruling lines make, those inside a cell hung into it; single boxes are not tables."""
    if not any(e.horizontal for e in edges) or all(e.horizontal for e in edges):
        return []
    from pdfplumber import table as plumber

    merged = plumber.merge_edges([_as_dict(e) for e in edges], NEAR, NEAR, NEAR, NEAR)
    upright = sum(edge["orientation"] == "v" for edge in merged)
    if upright * (len(merged) - upright) > MAX_CROSSINGS:
        return []
    crossings = plumber.edges_to_intersections(merged, NEAR, NEAR)
    if len(crossings) > MAX_POINTS:
        return []
    found = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    tables = [Table(_rows([(float(a), float(b), float(c), float(d)) for a, b, c, d in cells])) for cells in found]
    return _nest(sorted(tables, key=lambda table: -_area(table.rect)))


def fill(table: Table, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Put the characters into the cells; gives back those outside."""
    ordered = sorted(glyphs, key=_middle)
    middles = [_middle(glyph) for glyph in ordered]
    taken: set[int] = set()
    for row in table.rows:
        for cell in row:
            x0, top, x1, bottom = cell.rect
            for index in range(bisect_left(middles, top), bisect_left(middles, bottom)):
                if x0 <= (ordered[index].x0 + ordered[index].x1) / 2 < x1 and index not in taken:
                    taken.add(index)
                    cell.glyphs.append(ordered[index])
    return [glyph for index, glyph in enumerate(ordered) if index not in taken]


def free_edges(edges: Sequence[Edge], tables: Sequence[Table]) -> list[Edge]:
    """Horizontal lines that border no cell: underlines and lines to write on."""
    borders = sorted({y for table in tables for row in table.rows for cell in row for y in cell.rect[1::2]})
    return [e for e in edges if e.horizontal and not _touches(e.top, borders)]


def _touches(y: float, borders: list[float]) -> bool:
    at = bisect_left(borders, y - NEAR)
    return at < len(borders) and borders[at] <= y + NEAR


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _nest(tables: list[Table]) -> list[Table]:
    """From the largest to the smallest: each goes into the smallest cell around it, or stands free."""
    free: list[Table] = []
    for index, table in enumerate(tables):
        around = [
            cell for larger in tables[:index] for row in larger.rows for cell in row if _holds(cell.rect, table.rect)
        ]
        home = min(around, key=lambda cell: _area(cell.rect), default=None)
        (free if home is None else home.tables).append(table)
    return free


def _holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer[0] - NEAR <= inner[0]
        and outer[1] - NEAR <= inner[1]
        and outer[2] + NEAR >= inner[2]
        and outer[3] + NEAR >= inner[3]
    )


def _as_dict(edge: Edge) -> dict[str, float | str]:
    return {
        "x0": edge.x0, "x1": edge.x1, "top": edge.top, "bottom": edge.bottom, "doctop": edge.top,
        "width": edge.x1 - edge.x0, "height": edge.bottom - edge.top,
        "orientation": "h" if edge.horizontal else "v",
    }  # fmt: skip


def _rows(rects: list[Rect]) -> list[list[Cell]]:
    rows: dict[float, list[Cell]] = {}
    for rect in sorted(rects, key=lambda r: (r[1], r[0])):
        rows.setdefault(rect[1], []).append(Cell(rect))
    return list(rows.values())


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])
