"""Report → Markdown, for a mail, an issue or a note; nothing from the contract can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_scan.model import Basis, ContractKind, Jurisdiction, Report
from contract_scan.render import cost, safe, view, words
from contract_scan.render.headline import headline
from contract_scan.render.reading import reading_line, reading_problems
from contract_scan.render.terms import LABEL, Term, key_terms

_SPECIAL = re.compile(r"[\\`*_\[\]|~#$]|(?<=:)//|@|(?<=www)\.", re.IGNORECASE)
_LINE_START = re.compile(r"^(\d*)([-+=.)])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
PLACES = 3


def render_md(report: Report) -> str:
    """The report in the order of the HTML one, without the annotated contract."""
    items = view.read_order(report)
    parts = [
        _head(report, items),
        _cost(report),
        _asks(items),
        _terms(report),
        _lender(report),
        _findings(report, items),
        _unjudged(report),
        _limits(report),
    ]
    return "\n".join(line for part in parts for line in part) + "\n"


def escape(text: str) -> str:
    """One line of text in which no character means anything to Markdown or HTML, links included."""
    text = _SPECIAL.sub(lambda match: f"\\{match.group()}", safe.plain(text))
    text = re.sub("[&<>]", lambda match: _ENTITIES[match.group()], text)
    return _LINE_START.sub(_literal, text)


def _literal(match: re.Match[str]) -> str:
    digits, mark = match.groups()
    return f"{digits}\\{mark}"


def _head(report: Report, items: tuple[view.Item, ...]) -> Iterator[str]:
    contract = report.contract
    statements, because = headline(report, items, key_terms(report))
    yield f"# 审查报告：《{escape(view.title(report))}》"
    yield ""
    yield f"读得怎样：{escape(reading_line(report))}"
    yield ""
    for problem in reading_problems(report):
        yield f"- {escape(problem)}"
    yield ""
    if contract.kind is not ContractKind.NOT_LOAN:
        yield f"**{words.LEVEL[report.summary.level]}**"
        yield ""
    for statement in statements:
        yield escape(statement)
        yield ""
    if because:
        yield f"因为：{escape(because)}"
        yield ""
    yield f"- 文件：{escape(report.source.name)}，{words.KIND[contract.kind]}"
    yield f"- 出借人：{escape(view.lender_line(report))}"
    yield f"- 合同日期：{contract.signed_on or '没有写明'}；按 {contract.judged_on} 有效的法律判断"
    if contract.jurisdiction is not Jurisdiction.MAINLAND:
        yield f"- 适用{words.JURISDICTION[contract.jurisdiction]}；本工具只收录中国内地法律"
    for assumption in report.assumptions:
        yield f"- {escape(assumption)}"
    yield f"- {escape(view.coverage_line(report))}"
    if found := view.signals(items):
        yield ""
        yield f"> **先停下核实**：{'；'.join(escape(item.finding.title) for item in found)}。{words.STOP}"


def _cost(report: Report) -> Iterator[str]:
    card = report.cost
    if not cost.exists(card):
        return
    yield from ("", "## 这笔钱实际要花多少", "", f"**{escape(cost.headline(card))}**", "")
    if card.simple is not None:
        yield from ("| | 合同写的 | 实际算的 |", "| --- | --- | --- |")
        for pair in cost.pairs(card):
            remark = f"（{escape(pair.remark)}）" if pair.remark else ""
            computed = escape(pair.computed) or cost.NOT_WRITTEN
            yield f"| {pair.label} | {escape(pair.written) or '—'} | {computed}{remark} |"
        yield ""
        for part in cost.parts(card):
            yield f"- {escape(part.share.name)}：{escape(part.share.how)}，使年化增加 {part.points}"
        yield f"- 算法：{escape(card.formula)}"
        for line in card.lines:
            told = (
                f"{line.title} {cost.percent(line.value)}：{cost.standing(line, card)}。{line.note}{cost.stale(line)}"
            )
            yield f"- {escape(told)}"
    yield from (f"- {escape(sentence)}" for sentence in (*card.conflicts, *card.assumptions, *card.burden))


def _asks(items: tuple[view.Item, ...]) -> Iterator[str]:
    important = view.most_important(items)
    if important:
        yield from ("", "## 签之前先问", "")
    for index, item in enumerate(important, 1):
        yield f"{index}. **{escape(item.finding.title)}**：{escape(item.finding.ask)}"


def _terms(report: Report) -> Iterator[str]:
    yield from ("", "## 关键条款", "", "| 条款 | 结果 | 合同里怎么写 | 位置 |", "| --- | --- | --- | --- |")
    for term in key_terms(report):
        yield _term(report, term)


def _term(report: Report, term: Term) -> str:
    quotes = [f"“{escape(safe.shorten(view.spoken(report, cite.evidence), 120))}”" for cite in term.cites]
    places = dict.fromkeys(escape(view.where(cite.evidence)) for cite in term.cites)
    more = f"；另有 {term.more} 处" if term.more else ""
    return (
        f"| {term.label} | {LABEL[term.state]} | {'；'.join(quotes) + more or term.note} | {'；'.join(places) or '—'} |"
    )


def _lender(report: Report) -> Iterator[str]:
    lender = report.lender
    yield from ("", "## 出借人资质", "", "名称只是线索；本工具不联网，没有查过登记。", "")
    yield f"- 出借人：{escape(view.lender_line(report))}"
    yield f"- 这类机构应有的许可：{escape(lender.licence) or '取决于出借方身份'}"
    yield f"- 合同里写的许可证号：{escape(lender.licence_number) or '没有写'}（本工具没有核对）"
    if lender.note:
        yield f"- {escape(lender.note)}"
    for step in lender.steps:
        detail = "；".join(escape(part) for part in (step.where, step.how) if part)
        yield f"- [ ] {escape(step.what)}：{detail}（{words.verified(step.verified)}）"
    for channel in lender.channels:
        contact = " ".join(escape(part) for part in (channel.phone, channel.site) if part)
        yield f"- 求助：{escape(channel.body)} {contact}　{escape(channel.for_what)}"


def _findings(report: Report, items: tuple[view.Item, ...]) -> Iterator[str]:
    yield from ("", f"## 发现的问题（{len(items)} 处）")
    for item in items:
        yield from _finding(report, item)


def _finding(report: Report, item: view.Item) -> Iterator[str]:
    finding = item.finding
    sure = words.CONFIDENCE[finding.confidence]
    yield from (
        "",
        f"### {item.number}. {escape(finding.title)}（{words.SEVERITY[finding.severity]}，{sure}）",
        "",
    )
    for place in item.places[:PLACES]:
        yield f"> {escape(view.spoken(report, place.evidence))}　—— {escape(view.where(place.evidence)) or '正文'}"
        yield ">"
    if len(item.places) > PLACES:
        yield f"> 共 {len(item.places)} 处"
    if not item.places:
        yield f"> （{words.MISSING_QUOTE}）"
    yield from ("", escape(finding.message), "")
    if finding.ask:
        yield f"- 可以问：{escape(finding.ask)}"
    yield f"- 法律上：{words.EFFECT[finding.effect][0]}。{escape(finding.effect_text)}"
    for note in finding.notes:
        yield f"- {escape(note)}"
    for basis in finding.basis:
        yield f"- 依据：{_basis(basis)}"


def _basis(basis: Basis) -> str:
    number = f"（{escape(basis.number)}）" if basis.number and basis.number not in basis.title else ""
    quote = f"“{escape(basis.quote)}”" if basis.quote else words.NO_TEXT
    condition = f"；条件：{escape(basis.condition)}" if basis.condition else ""
    return (
        f"{escape(basis.title)}{number}{escape(basis.article)}，{basis.valid_from} 起；{quote}"
        f"（{words.verified(basis.verified)}；{escape(basis.source)}）{condition}"
    )


def _unjudged(report: Report) -> Iterator[str]:
    if report.undetermined:
        yield from ("", f"## 没能判断的（{len(report.undetermined)} 项）", "")
    for item in report.undetermined:
        yield f"- {escape(item.title)}：{escape(item.reason)}"


def _limits(report: Report) -> Iterator[str]:
    versions = report.versions
    yield from ("", "## 版本与局限", "", words.DISCLAIMER, "")
    for note in view.read_notes(report):
        yield f"- {escape(note)}"
    rules = f"规则 {escape(versions.rules)}（sha256 {escape(versions.rules_sha256)}）"
    yield f"- contract-scan {escape(versions.tool)}，{rules}"
    yield f"- 合同文件 sha256 {escape(report.source.sha256)}"
