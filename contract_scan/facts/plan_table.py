"""Repayment plans: a table (期数 | 还款日 | 本金 | 利息 | 合计) or a list (第1期：2026年10月15日还款1,200元；第2期……).

Each cell is a fact of kind *schedule*: its role says which column (principal, interest, fee, paid, balance, due), its
base which instalment ("3"). A plan counts only where its instalments are numbered from 1 without a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from contract_scan.facts.dates import read_date
from contract_scan.facts.money import find_money
from contract_scan.facts.numerals import HAN, read_number
from contract_scan.model import Fact, Span

#: Column → how tables head it; the first that matches at a position wins.
COLUMNS = {
    "period": r"期[数次号序]|序号|还款期(?!限)|(?<![\u4e00-\u9fff])期(?![\u4e00-\u9fff])",
    "due": r"(?:应还款?|还款|到期|付款|扣款)?(?:日期|时间|日)",
    "balance": r"(?:期末|还款?后)?(?:剩余|未[偿归]?还|尚欠)(?:贷款|借款|应还)?本金|(?:贷款|借款|本金|剩余)余额|余额",
    "principal": r"本金",
    "interest": r"利息",
    "paid": r"本息(?:合计|总[额计]|金额)?|(?:还款|应还款?|应付|还本付息|支付|每期|本期)(?:总额|合计|金额|额)"
    r"|月供|期供|合计|总[额计]|小计|金额",
    "fee": r"(?:(?!本金|利息|[本每当]期|应[还付收])[\u4e00-\u9fff]){1,6}?费用?",
}  # fmt: skip
_COLUMN = re.compile("|".join(f"(?P<{name}>{words})" for name, words in COLUMNS.items()))
#: Lines; the totals below a table begin one of their own even where the line end was lost.
_LINE = re.compile(r"[^\n]+?(?=\n|\Z|(?<=[0-9元])\s?(?:合\s?计|总\s?计|共\s?计|小\s?计))")
_GAP = r"(?:\s?\|\s?|\s)"
_DATE = r"[12][0-9]{3}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)"
_NUMBER = r"¥?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,2})?元?|¥?[0-9]{1,9}(?:\.[0-9]{1,2})?元?|[-—/]"
_ROW = re.compile(rf"\s?第?\s?(?P<period>[0-9]{{1,3}})\s?期?(?P<cells>(?:{_GAP}(?:{_DATE}|{_NUMBER})){{1,9}})\s?")
_TOTALS = re.compile(rf"\s?(?:合\s?计|总\s?计|共\s?计|小\s?计)(?P<cells>(?:{_GAP}(?:{_NUMBER})){{1,9}})\s?")
_CELL = re.compile(rf"{_DATE}|{_NUMBER}")
_LISTED = re.compile(
    rf"第\s?(?P<period>[0-9]{{1,3}}|[{HAN}]{{1,4}})\s?(?:期|笔|次)[^0-9\n；;。第]{{0,12}}(?:(?P<due>{_DATE})[^0-9\n；;。第]{{0,12}})?"
    r"(?P<paid>(?:人民币|¥)?\s?[0-9][0-9,]{0,12}(?:\.[0-9]{1,2})?\s?元)"
)
_PAYS = re.compile("[还付]|支付|应|为|[:：]")
_APART = 24  # characters between two items of a list
MOST = 600


@dataclass(frozen=True, slots=True)
class Plan:
    """The cells of one plan, the totals below them, what it covers in the text, and whether it is a table."""

    cells: tuple[Fact, ...]
    totals: tuple[Fact, ...]
    span: Span
    table: bool = True


def find_plans(text: str) -> tuple[Plan, ...]:
    """The repayment plans of *text*, ordered; none overlaps another."""
    tables = list(_tables(text))
    listed = [plan for plan in _lists(text) if not any(plan.span.overlaps(table.span) for table in tables)]
    return tuple(sorted((*tables, *listed), key=lambda plan: plan.span))


def masked(text: str, plans: Sequence[Plan]) -> str:
    """The text with spaces where tables stand, so that nothing else reads their numbers."""
    for plan in plans:
        start, end = plan.span.start, plan.span.end if plan.table else plan.span.start
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def _tables(text: str) -> Iterator[Plan]:
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    at = 0
    while at < len(lines):
        columns = _columns(lines[at].of(text))
        plan, used = _table(text, lines[at : at + MOST + 2], columns) if columns else (None, 1)
        if plan is not None:
            yield plan
        at += used


def _columns(line: str) -> tuple[tuple[str, str], ...]:
    """(column, its own words) from left to right, where a line heads a plan; else ()."""
    if len(line) > 200 or re.search("[。；，]", line):
        return ()
    found = tuple(((match.lastgroup or ""), match.group()) for match in _COLUMN.finditer(line))
    names = [name for name, _ in found]
    heads = ("paid" in names or {"principal", "interest"} <= set(names)) and names[:1] in (["period"], ["due"])
    twice = any(names.count(name) > 1 for name in names if name != "fee")
    return found if heads and not twice and len(found) > 1 else ()


def _table(text: str, lines: Sequence[Span], columns: Sequence[tuple[str, str]]) -> tuple[Plan | None, int]:
    """The plan under a heading and how many lines it takes."""
    numbered = columns[0][0] == "period"
    money = columns[1:] if numbered else columns
    cells: list[Fact] = []
    totals: list[Fact] = []
    period, used = 0, 1
    for line in lines[1:]:
        last = _TOTALS.fullmatch(text, line.start, line.end)
        row = _ROW.fullmatch(text, line.start, line.end) if last is None else None
        if last is not None:
            totals = _row(text, last, [one for one in money if one[0] not in ("due", "balance")], "") or []
        elif row is None or (read := _row(text, row, money, row["period"])) is None:
            break
        elif int(row["period"]) == period + 1:
            cells += read
            period += 1
        elif int(row["period"]) or period:  # 0 is the day of payment
            break
        used += 1
        if last is not None:
            break
    if period < 2:
        return None, 1
    return Plan(tuple(cells), tuple(totals), Span(lines[0].start, lines[used - 1].end)), used


def _row(text: str, row: re.Match[str], columns: Sequence[tuple[str, str]], period: str) -> list[Fact] | None:
    """The cells of one row as facts, or None where they are not as many as the columns."""
    spans = [Span(*match.span()) for match in _CELL.finditer(text, *row.span("cells"))]
    if len(spans) != len(columns):
        return None
    facts = []
    for (name, words), span in zip(columns, spans, strict=True):
        fact = _cell(name, words, span.of(text), span, period)
        if fact is None:
            return None
        facts.append(fact)
    return facts


def _cell(name: str, words: str, written: str, span: Span, period: str) -> Fact | None:
    day = read_date(written)
    if (name == "due") != (day is not None):
        return None
    if day is not None:
        return Fact("schedule", "due", day, base=period, span=span)
    number = read_number(written.strip("¥元")) if written not in ("-", "—", "/") else Decimal(0)
    if number is None:
        return None
    return Fact("schedule", words if name == "fee" else name, number, "yuan", "instalment", period, span=span)


def _lists(text: str) -> Iterator[Plan]:
    run: list[re.Match[str]] = []
    for match in _LISTED.finditer(text):
        joined = run and match.start() - run[-1].end() <= _APART and _number(match) == len(run) + 1
        if not joined:
            yield from _listed(text, run)
            run = []
        if joined or _number(match) == 1:
            run.append(match)
    yield from _listed(text, run)


def _number(match: re.Match[str]) -> int:
    return int(read_number(match["period"]) or 0)


def _listed(text: str, run: Sequence[re.Match[str]]) -> Iterator[Plan]:
    """The plan that a run of items tells, if each says that something is paid."""
    if len(run) < 2 or not all(_PAYS.search(match.group()) for match in run):
        return
    if any("剩余" in text[one.end() : other.start()] for one, other in pairwise(run)):
        return
    cells: list[Fact] = []
    for number, match in enumerate(run, 1):
        money = next(find_money(match["paid"]), None)
        if money is None or money.value is None:
            return
        span = Span(*match.span("paid"))
        cells.append(Fact("schedule", "paid", money.value, "yuan", "instalment", str(number), span=span))
        if match["due"] and (day := read_date(match["due"])):
            cells.append(Fact("schedule", "due", day, base=str(number), span=Span(*match.span("due"))))
    yield Plan(tuple(cells), (), Span(run[0].start(), run[-1].end()), table=False)
