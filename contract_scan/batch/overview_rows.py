"""The rows of the overview's table: thousands, so they are built here and not by the template; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from html import escape

from contract_scan.batch.records import ORDER, Case
from contract_scan.batch.run import report_path
from contract_scan.model import Level, Severity
from contract_scan.render import words
from contract_scan.render.safe import visible

LOOK = {
    Level.STOP: "l1",
    Level.NEGOTIATE: "l2",
    Level.NOTICE: "l3",
    Level.NOTHING_FOUND: "l4",
    Level.UNDETERMINED: "l5",
}


def table_row(case: Case, *, lender: tuple[int, str], template: int, rules: Mapping[str, int]) -> str:
    """One contract. *lender* is the number the filter knows it by (0: none) and what to show; *rules* by rule id."""
    found = dict.fromkeys(rules[one.rule] for one in case.counted if one.rule in rules)
    level = ORDER.index(case.level)
    rate = "" if case.rate is None else f"{case.rate:.2f}"
    attributes = f'data-l="{level}" data-w="{lender[0]}" data-r="{_joined(found)}" data-y="{rate}"'
    cells = (
        f'<th scope="row">{_link(case)}</th>',
        f'<td data-v="{level}"><span class="lv {LOOK[case.level]}">{_level(case.level)}</span></td>',
        f'<td class="hide-xs">{_text(lender[1])}</td>',
        f'<td class="hide-s">{case.signed_on}</td>',
        _number("r hide-s", case.principal, "" if case.principal is None else f"{case.principal:,.0f}"),
        _number("r", case.rate, f"{rate}%" if rate else "算不出"),
        f'<td class="hide-s">{_bar(case.rate)}</td>',
        _count("r", case, Severity.CRITICAL),
        _count("r hide-xs", case, Severity.HIGH),
        _count("r hide-s", case, Severity.MEDIUM),
        f'<td class="r hide-s" data-v="{template or ""}">{template or "—"}</td>',
    )
    return f"<tr {attributes}>{''.join(cells)}</tr>"


def _link(case: Case) -> str:
    """The file's own name; where it lies is in the title."""
    more = f" 等 {len(case.names)} 个文件" if len(case.names) > 1 else ""
    shown = _text(case.names[0].rsplit("/", 1)[-1]) + more
    title = _text("、".join(case.names))
    if not case.has_text:
        return f'<span title="{title}">{shown}</span>'
    return f'<a href="{report_path(case.key)}" title="{title}">{shown}</a>'


def _level(level: Level) -> str:
    """Short, so that the column stays narrow; the long form stands above the table."""
    return "未发现问题" if level is Level.NOTHING_FOUND else words.LEVEL[level]


def _number(look: str, value: Decimal | None, shown: str) -> str:
    return f'<td class="{look}" data-v="{"" if value is None else value}">{shown}</td>'


def _count(look: str, case: Case, severity: Severity) -> str:
    count = case.count(severity)
    return f'<td class="{look}" data-v="{count}">{count or "·"}</td>'


def _bar(rate: Decimal | None) -> str:
    return "" if rate is None or rate <= 0 else f'<i class="b{min(max(round(rate), 1), 50)}"></i>'


def _text(text: str) -> str:
    return escape(visible(text))


def _joined(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))
