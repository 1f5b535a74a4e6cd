"""A page's characters and ruling lines → its lines in reading order, tables row by row."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from contract_scan.extract.cells import is_prose
from contract_scan.extract.glyphs import Edge, Glyph, Line, PageContent, insert
from contract_scan.extract.lines import directions, read_lines, slanted, with_columns_turned
from contract_scan.extract.tables import Cell, Table, fill, find_tables, free_edges
from contract_scan.model import CELL_SEPARATOR

NARROW = 2.2  # em; neighbouring cells up to this width are boxes for single digits: nothing goes between them
OVER = 1.15  # times the usual type: a watermark or a seal, where it covers smaller type
WRAPPED = 2.0  # em left over at the end of a line that was broken only for want of room
MAX_NESTING = 6
POINT_SIZE = 10.5  # type size where a row has no characters to tell it


def lay_out(content: PageContent) -> list[Line]:
    """Lines of a page: running text and table rows from top to bottom, then turned text, then watermarks."""
    glyphs = with_columns_turned(content.glyphs)
    aslant = [glyph for glyph in glyphs if slanted(glyph)]
    upright = [glyph for glyph in glyphs if not slanted(glyph)] if aslant else glyphs
    over = _overprinted(upright)
    body = [glyph for glyph in upright if id(glyph) not in over] if over else upright
    tables = find_tables(content.edges)
    lines = _region(body, tables, free_edges(content.edges, tables))
    marks = [line for group in directions([*over.values(), *aslant]) for line in read_lines(group)]
    return lines + [Line(line, "mark") for line in marks]


def _overprinted(glyphs: Sequence[Glyph]) -> dict[int, Glyph]:
    """Large characters printed across smaller ones (a watermark that is not slanted), by identity."""
    usual = median(glyph.em for glyph in glyphs) if glyphs else 0.0
    large = [glyph for glyph in glyphs if glyph.em > OVER * usual]
    if not large:
        return {}
    small = [glyph for glyph in glyphs if glyph.em <= OVER * usual]
    return {
        id(glyph): glyph
        for group in directions(large)
        for line in read_lines(group)
        if any(_covers(big, one) for big in line if not big.inserted for one in small)
        for glyph in line
        if not glyph.inserted
    }


def _covers(big: Glyph, small: Glyph) -> bool:
    x, y = (small.x0 + small.x1) / 2, (small.top + small.bottom) / 2
    return big.x0 < x < big.x1 and big.top < y < big.bottom


def _region(glyphs: list[Glyph], tables: Sequence[Table], underlines: Sequence[Edge], depth: int = 0) -> list[Line]:
    """Lines of a page or a cell; what stands beside a table goes before it."""
    used = []
    for table in tables if depth < MAX_NESTING else ():
        rest = fill(table, glyphs)
        if sum(bool(cell.glyphs) for row in table.rows for cell in row) > 1:
            glyphs = rest
            used.append(table)
    lines: list[Line] = []
    for table in sorted(used, key=lambda t: t.rect[1]):
        top = table.rect[1]
        lines += _plain([g for g in glyphs if g.top + g.bottom < 2 * top], underlines)
        glyphs = [g for g in glyphs if g.top + g.bottom >= 2 * top]
        lines += [line for row in table.rows for line in _table_row(row, underlines, depth)]
    return lines + _plain(glyphs, underlines)


def _plain(glyphs: Sequence[Glyph], underlines: Sequence[Edge]) -> list[Line]:
    lines = []
    for group in directions(glyphs):
        level = group[0].angle == 0
        lines += [Line(line) for line in read_lines(group, underlines if level else ())]
    return lines


def _table_row(row: Sequence[Cell], underlines: Sequence[Edge], depth: int) -> list[Line]:
    """One line of cells; a cell of running text, or one with a table inside, gets lines of its own."""
    out: list[Line] = []
    run: list[tuple[Cell, list[Line]]] = []
    for cell in row:
        lines = _region(cell.glyphs, cell.tables, underlines, depth + 1)
        if _is_prose(lines):
            out += [*_joined(run), *lines]
            run = []
        else:
            run.append((cell, lines))
    return out + _joined(run)


def _joined(run: Sequence[tuple[Cell, list[Line]]]) -> list[Line]:
    glyphs: list[Glyph] = []
    for index, (cell, lines) in enumerate(run):
        if index and not (_narrow(cell) and _narrow(run[index - 1][0])):
            glyphs += insert(CELL_SEPARATOR)
        glyphs += _cell_glyphs(cell, lines)
    return [Line(glyphs, "row")] if any(lines for _, lines in run) else []


def _is_prose(lines: Sequence[Line]) -> bool:
    if any(line.kind == "row" for line in lines):
        return True
    return is_prose(len(lines), sum(len(line.glyphs) for line in lines))


def _narrow(cell: Cell) -> bool:
    size = cell.glyphs[0].em if cell.glyphs else POINT_SIZE
    return cell.rect[2] - cell.rect[0] <= NARROW * size


def _cell_glyphs(cell: Cell, lines: Sequence[Line]) -> list[Glyph]:
    """The lines of a cell as one: joined where the text was only wrapped, with a space where a line ended early."""
    glyphs: list[Glyph] = []
    for line in lines:
        if glyphs:
            last, first = glyphs[-1], line.glyphs[0]
            wrapped = cell.rect[2] - last.x1 <= WRAPPED * last.em and not (last.text + first.text).isascii()
            glyphs += [] if wrapped else insert(" ")
        glyphs += line.glyphs
    return glyphs
