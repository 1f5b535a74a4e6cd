"""Report → a short summary for a terminal: at most 40 lines, each with a style the caller may colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from contract_scan.model import Confidence, ContractKind, Jurisdiction, Report
from contract_scan.render import cost, safe, view, words
from contract_scan.render.headline import headline
from contract_scan.render.reading import reading_line, reading_problems
from contract_scan.render.terms import LABEL, State, Term, count, key_terms

LINES = 40
TITLES, WITH_COST = 13, 11


class Line(NamedTuple):
    """One line; ``style`` is bold, dim, "" or a severity (critical, high, medium, low)."""

    style: str
    text: str


def render_text(report: Report) -> str:
    """The summary as plain text without colours or terminal commands."""
    return "\n".join(line.text for line in summary_lines(report)) + "\n"


def summary_lines(report: Report) -> tuple[Line, ...]:
    """The same lines with their styles; the text is harmless, but may hold [brackets] of markup."""
    items, terms = view.read_order(report), key_terms(report)
    lines = [*_head(report, items, terms), *_findings(report, items), *_rest(report, terms)]
    assert len(lines) <= LINES
    return tuple(Line(style, _indent(text) + safe.plain(text)) for style, text in lines)


def _head(report: Report, items: tuple[view.Item, ...], terms: tuple[Term, ...]) -> Iterator[tuple[str, str]]:
    contract = report.contract
    statements, because = headline(report, items, terms)
    yield "bold", f"{view.title(report)}（{words.KIND[contract.kind]}）  {report.source.name}"
    yield "dim", safe.shorten(safe.plain(_reading(report)), 300)
    if contract.kind is not ContractKind.NOT_LOAN:
        yield "bold", f"结论：{words.LEVEL[report.summary.level]}"
    for statement in statements:
        yield "", safe.shorten(safe.plain(statement), 200)
    if because:
        yield "dim", f"因为：{safe.shorten(safe.plain(because), 200)}"
    if contract.jurisdiction is not Jurisdiction.MAINLAND:
        yield "", f"适用{words.JURISDICTION[contract.jurisdiction]}；本工具只收录中国内地法律"
    yield from _cost(report)
    for assumption in report.assumptions[:3]:
        yield "dim", safe.shorten(safe.plain(assumption), 120)
    yield "dim", view.coverage_line(report)


def _reading(report: Report) -> str:
    """How well the file was read, on one line."""
    return f"读得怎样：{reading_line(report)}{''.join(reading_problems(report))}"


def _cost(report: Report) -> Iterator[tuple[str, str]]:
    """Below the true rate, which the statements tell: the sums and the lines; or why there is no rate."""
    card = report.cost
    if not cost.exists(card):
        return
    if card.simple is None:
        yield "", safe.shorten(safe.plain(cost.headline(card)), 200)
    else:
        sums = (
            f"到手 {cost.yuan(card.received)}，总共要还 {cost.yuan(card.total_paid)}，成本 {cost.yuan(card.total_cost)}"
        )
        lines = "".join(f"；{line.title}：{cost.standing(line, card)}" for line in card.lines[:2])
        yield "", safe.shorten(safe.plain(sums + lines), 200)


def _findings(report: Report, items: tuple[view.Item, ...]) -> Iterator[tuple[str, str]]:
    if not items:
        return
    counts = "，".join(f"{words.SEVERITY[severity]} {number}" for severity, number in view.tally(report) if number)
    yield "bold", f"发现 {len(items)} 处问题：{counts}"
    important = {item.number for item in view.most_important(items)}
    shown = WITH_COST if cost.exists(report.cost) else TITLES
    for item in items[:shown]:
        yield item.finding.severity.value, _title(item)
        if item.number in important:
            yield from _detail(report, item)
    if len(items) > shown:
        yield "dim", f"另有 {len(items) - shown} 处，见 HTML 报告（--format html）"


def _title(item: view.Item) -> str:
    finding = item.finding
    check = " 请核对" if finding.confidence is Confidence.CHECK else ""
    place = view.where(item.places[0].evidence) if item.places else words.MISSING_QUOTE
    more = f"等 {len(item.places)} 处" if len(item.places) > 1 else ""
    title = safe.shorten(safe.plain(finding.title), 60)
    return f"{item.number}. [{words.SEVERITY[finding.severity]}{check}] {title}（{place or '正文'}{more}）"


def _detail(report: Report, item: view.Item) -> Iterator[tuple[str, str]]:
    if item.places:
        quote = safe.plain(view.spoken(report, item.places[0].evidence))
        yield "dim", f"   原话：“{safe.shorten(quote, 60)}”"
    yield "", f"   可以问：{safe.shorten(safe.plain(item.finding.ask), 120)}"


def _rest(report: Report, terms: tuple[Term, ...]) -> Iterator[tuple[str, str]]:
    for state in (State.MISSING, State.UNKNOWN, State.BLANK):
        if labels := count(terms, state):
            yield "", f"关键条款{LABEL[state]}：{'、'.join(labels)}"
    if report.undetermined:
        names = "、".join(safe.shorten(safe.plain(item.title), 30) for item in report.undetermined[:3])
        more = " 等" if len(report.undetermined) > 3 else ""
        yield "", f"没能判断 {len(report.undetermined)} 项：{names}{more}"
    yield "", f"出借人：{safe.shorten(safe.plain(view.lender_line(report)), 120)}"
    yield "dim", "这不是法律意见。没有报出的地方，不等于没有问题。"


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" "))]
