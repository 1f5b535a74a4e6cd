"""The few lines at the top: what the contract says, what it does not say, what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_scan.model import ContractKind, Level, Report
from contract_scan.render import cost, view, words
from contract_scan.render.terms import State, Term, count

#: The key terms that sum up a loan, as they stand in a sentence.
STATED = {"借款金额": "借 {}", "利率（年化）": "{}", "期限": "期限 {}"}
NAMED = 4
_RATE = re.compile("^每?([日月年期]?) ?(?=[0-9])")


def headline(report: Report, items: tuple[view.Item, ...], terms: tuple[Term, ...]) -> tuple[tuple[str, ...], str]:
    """(statements, because); each statement is one short line, ``because`` gives the reason of the level."""
    sentence, reason = report.summary.sentence, report.summary.reason
    if report.contract.kind is ContractKind.NOT_LOAN:
        return (reason or sentence, "这份文件不给结论；规则照样检查，发现的仍列在下面。"), ""
    bare = sentence.strip("。 ") == words.LEVEL[report.summary.level]
    own = () if bare else (sentence,)
    return (*own, *_statements(report, items, terms)), reason


def _statements(report: Report, items: tuple[view.Item, ...], terms: tuple[Term, ...]) -> Iterator[str]:
    stated = [STATED[term.label].format(value) for term in terms if term.label in STATED and (value := _value(term))]
    if stated:
        yield f"合同写的：{'，'.join(stated)}。"
    if report.cost.simple is not None:
        yield f"算下来：{cost.headline(report.cost)}，总成本 {cost.yuan(report.cost.total_cost)}。"
    if absent := count(terms, State.MISSING, State.BLANK):
        more = f"等 {len(absent)} 项" if len(absent) > NAMED else ""
        yield f"没有找到或者空白：{'、'.join(absent[:NAMED])}{more}。"
    yield _next_step(report, len(items), len(view.signals(items)))


def _value(term: Term) -> str:
    """How the term was read, if all its places were read the same way."""
    readings = {cite.reading for cite in term.cites}
    if len(readings) != 1 or term.more:
        return ""
    value = readings.pop()
    return _RATE.sub(r"\1利率 ", value) if "%" in value else value


def _next_step(report: Report, found: int, stop: int) -> str:
    rest = found - stop
    if stop:
        return f"先停下核实 {stop} 处" + (f"，再问清另外 {rest} 处。" if rest else "。")
    if found:
        return f"签之前，有 {found} 处值得问清楚。"
    if report.summary.level is Level.UNDETERMINED:
        return "没有给出结论，不要据此以为没有问题。"
    return "没有发现，不等于没有问题，请仍把费用和还款计划读一遍。"
