"""The workbook: overview, problems, key terms, cost, failures. No cell can become a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from contract_scan.batch.export import tables
from contract_scan.batch.export.tables import Cell
from contract_scan.batch.records import Desk
from contract_scan.batch.store import Store
from contract_scan.errors import ContractScanError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
WIDE = {"文件": 36, "原话": 60, "为什么": 40, "可以问": 40, "原因": 30, "原因和下一步": 70, "问题": 30, "出借人": 26}


def xlsx(desk: Desk, store: Store) -> bytes:
    """The workbook's bytes; same desk, same bytes. Raises ContractScanError when a sheet would overflow."""
    from datetime import datetime

    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(out, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1), "comments": "contract-scan；不是法律意见"})
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"}),
            "money": book.add_format({"valign": "top", "num_format": "#,##0.00"}),
            "whole": book.add_format({"valign": "top", "num_format": "0"}),
            "day": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        }
        _notes(book, desk, formats)
        _sheet(book, "总览", tables.CASES, tables.case_rows(desk), formats)
        _sheet(book, "问题", tables.PROBLEMS, tables.problem_rows(desk), formats)
        _sheet(book, "关键条款", tables.TERMS, tables.term_rows(desk, store), formats)
        _sheet(book, "成本", tables.COSTS, tables.cost_rows(desk), formats)
        _sheet(book, "未能检查", tables.FAILED, tables.failed_rows(desk), formats)
        book.get_worksheet_by_name("总览").activate()
    return out.getvalue()


def _notes(book: Workbook, desk: Desk, formats: dict[str, Format]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 100)
    for number, line in enumerate(notes(desk)):
        _write(sheet, number, 0, line, formats)


def notes(desk: Desk) -> tuple[str, ...]:
    """What every export says about itself."""
    return (
        "核实：每一条都有人核实过。" if desk.confirmed else f"{tables.UNCONFIRMED}。没有报出的地方，不等于没有问题。",
        f"{len(desk.cases)} 份合同；没有签订日期的按 {desk.as_of} 的法律判断。",
        *([] if desk.finished else ["上次没有跑完：这里只有已经检查的部分。请再运行同一条 contract-scan batch 命令。"]),
        *(f"没有计入：规则 {item.rule}，范围 {item.scope}：{item}" for item in desk.suppressions),
        "空格表示不知道或没有写，不是 0。不是法律意见。",
        f"contract-scan {desk.tool}，规则 sha256:{desk.rules_sha256}",
    )


def _sheet(
    book: Workbook, name: str, heads: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], formats: dict[str, Format]
) -> None:
    sheet = book.add_worksheet(name)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, WIDE.get(head, 14))
        sheet.write_string(0, column, head, formats["head"])
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise ContractScanError(f"“{name}”超过 {MOST_ROWS} 行，一张表放不下：请用 --export csv 或 jsonl。")
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(number, 1), len(heads) - 1)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Format]) -> None:
    if isinstance(cell, str) and cell:
        sheet.write_string(row, column, tables.shown(cell)[:LONGEST_CELL], formats["text"])
    elif isinstance(cell, Decimal):
        sheet.write_number(row, column, cell, formats["money"])
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, formats["whole"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["day"])
