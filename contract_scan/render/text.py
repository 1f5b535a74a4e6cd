"""Report → a short summary for a terminal: at most 40 lines, each with a style the caller may colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from contract_scan.model import Confidence, ContractKind, Jurisdiction, Report
from contract_scan.render import safe, view, words
from contract_scan.render.terms import LABEL, State, count, key_terms

LINES = 40
TITLES = 16


class Line(NamedTuple):
    """One line; ``style`` is head, level, soft, plain, or a severity (critical, high, medium, low)."""

    style: str
    text: str


def render_text(report: Report) -> str:
    """The summary as plain text without colours or terminal commands."""
    return "\n".join(line.text for line in styled_lines(report)) + "\n"


def styled_lines(report: Report) -> tuple[Line, ...]:
    """The same lines with their styles; the text is harmless, but may hold [brackets] of markup."""
    items = view.read_order(report)
    lines = [*_head(report), *_findings(report, items), *_rest(report)]
    assert len(lines) <= LINES
    return tuple(Line(style, _indent(text) + safe.plain(text)) for style, text in lines)


def _head(report: Report) -> Iterator[tuple[str, str]]:
    contract, summary = report.contract, report.summary
    yield "head", f"{view.title(report)}（{words.KIND[contract.kind]}）  {report.source.name}"
    if contract.kind is not ContractKind.NOT_LOAN:
        yield "level", f"结论：{words.LEVEL[summary.level]}"
    yield "plain", safe.shorten(safe.plain(summary.sentence), 200)
    yield "soft", f"因为：{safe.shorten(safe.plain(summary.reason), 200)}"
    if contract.jurisdiction is not Jurisdiction.MAINLAND:
        yield "plain", f"适用{words.JURISDICTION[contract.jurisdiction]}；本工具只收录中国内地法律"
    for assumption in report.assumptions[:3]:
        yield "soft", safe.shorten(safe.plain(assumption), 120)
    yield "soft", view.coverage_line(report)


def _findings(report: Report, items: tuple[view.Item, ...]) -> Iterator[tuple[str, str]]:
    if not items:
        return
    counts = "，".join(f"{words.SEVERITY[severity]} {number}" for severity, number in view.tally(report) if number)
    yield "head", f"发现 {len(items)} 处问题：{counts}"
    important = {item.number for item in view.most_important(items)}
    for item in items[:TITLES]:
        yield item.finding.severity.value, _title(item)
        if item.number in important:
            yield from _detail(report, item)
    if len(items) > TITLES:
        yield "soft", f"另有 {len(items) - TITLES} 处，见 HTML 报告（--format html）"


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
        yield "soft", f"   原话：“{safe.shorten(quote, 60)}”"
    yield "plain", f"   可以问：{safe.shorten(safe.plain(item.finding.ask), 120)}"


def _rest(report: Report) -> Iterator[tuple[str, str]]:
    terms = key_terms(report)
    for state in (State.MISSING, State.UNKNOWN, State.BLANK):
        if labels := count(terms, state):
            yield "plain", f"关键条款{LABEL[state]}：{'、'.join(labels)}"
    if report.undetermined:
        names = "、".join(safe.shorten(safe.plain(item.title), 30) for item in report.undetermined[:3])
        more = " 等" if len(report.undetermined) > 3 else ""
        yield "plain", f"没能判断 {len(report.undetermined)} 项：{names}{more}"
    yield "plain", f"出借人：{view.lender_line(report)}"
    yield "soft", "这不是法律意见。没有报出的地方，不等于没有问题。"


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" "))]
