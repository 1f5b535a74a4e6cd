"""Two CSV files, for any spreadsheet: UTF-8 with a mark, so that Excel reads the Chinese; no cell can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from contract_scan.batch.export import tables
from contract_scan.batch.export.tables import Cell
from contract_scan.batch.records import Desk

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def contracts_csv(desk: Desk) -> bytes:
    """One line for each contract, then one for each file that could not be checked."""
    failed = ((name, "未能检查", reason) for name, reason in tables.failed_rows(desk))
    return _written(tables.CASES, [*tables.case_rows(desk), *failed])


def problems_csv(desk: Desk) -> bytes:
    """One line for each problem."""
    return _written(tables.PROBLEMS, tables.problem_rows(desk))


def _written(heads: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _plain(cell: Cell) -> str:
    """A text that a spreadsheet would take for a formula begins with an apostrophe."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    text = tables.shown(cell)
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA) else text
