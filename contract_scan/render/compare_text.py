"""A comparison for a terminal: lines with a style the caller may colour; the text is harmless."""

from __future__ import annotations

from collections.abc import Iterator

from contract_scan.compare import (
    AdvertComparison,
    ClauseChange,
    Fate,
    Match,
    OfferComparison,
    Piece,
    Shift,
    Tracked,
    VersionComparison,
)
from contract_scan.model import Evidence, Finding, Report
from contract_scan.render import compare_view, safe, view, words
from contract_scan.render.text import Line

CLAUSES, CONTEXT = 40, 24
_STYLE = {Match.DIFFERS: "critical", Match.NOT_WRITTEN: "high", Match.CANNOT: "medium", Match.AGREES: "dim"}


def compare_lines(comparison: compare_view.Comparison) -> tuple[Line, ...]:
    """The comparison line by line; styles are bold, dim, "" or a severity."""
    body = (
        _advert(comparison)
        if isinstance(comparison, AdvertComparison)
        else _offers(comparison)
        if isinstance(comparison, OfferComparison)
        else _versions(comparison)
    )
    lines = [("bold", compare_view.title(comparison)), *(("", text) for text in compare_view.statements(comparison))]
    return tuple(Line(style, _indent(text) + safe.plain(text)) for style, text in (*lines, *body, ("dim", _NOTE)))


_NOTE = "这不是法律意见。没有报出的地方，不等于没有问题。"


def render_compare_text(comparison: compare_view.Comparison) -> str:
    """The lines as plain text."""
    return "\n".join(line.text for line in compare_lines(comparison)) + "\n"


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" "))]


def _offers(comparison: OfferComparison) -> Iterator[tuple[str, str]]:
    yield "dim", compare_view.how(comparison)
    yield from _names(comparison.left, comparison.right, ("A", "B"))
    yield from _table(comparison, ("A", "B"))
    for name, findings in (("只有 A 有的问题", comparison.only_left), ("只有 B 有的问题", comparison.only_right)):
        yield "bold", f"{name}：{len(findings)} 个"
        yield from (_finding(finding) for finding in findings)
    yield "bold", f"两份都有的问题：{len(comparison.both)} 个"
    yield from (_finding(finding) for finding, _ in comparison.both)


def _names(left: Report, right: Report, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for name, report in zip(names, (left, right), strict=True):
        yield "", f"{name}：{view.title(report)}（{report.source.name}），{words.LEVEL[report.summary.level]}"


def _table(offers: OfferComparison, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    yield "bold", "真实成本"
    for row in compare_view.rows(offers):
        marks = [" ← 低" if row.less == side else "" for side in ("left", "right")]
        told = (f"{names[0]} {row.left or '没有读到'}{marks[0]}", f"{names[1]} {row.right or '没有读到'}{marks[1]}")
        yield "", f"  {row.label}：{'；'.join(told)}"
    yield from (("dim", f"  {sentence}") for sentence in compare_view.cautions(offers, names))


def _finding(finding: Finding) -> tuple[str, str]:
    place = view.where(finding.evidence[0]) if finding.evidence else words.MISSING_QUOTE
    title = safe.shorten(safe.plain(finding.title), 60)
    return finding.severity.value, f"  [{words.SEVERITY[finding.severity]}] {title}（{place or '正文'}）"


def _versions(comparison: VersionComparison) -> Iterator[tuple[str, str]]:
    yield "dim", compare_view.how(comparison)
    yield from _names(comparison.old, comparison.new, ("旧版", "新版"))
    for fate in Fate:
        if tracked := [one for one in comparison.problems if one.fate is fate]:
            yield "bold", f"{compare_view.FATE[fate]}：{len(tracked)} 个"
            for one in tracked:
                yield from _tracked(one)
    yield "bold", f"条款的改动：{len(comparison.clauses)} 处"
    for change in comparison.clauses[:CLAUSES]:
        yield "", f"  {_labels(change)}{_told(change)}"
    if len(comparison.clauses) > CLAUSES:
        yield "dim", f"  另有 {len(comparison.clauses) - CLAUSES} 处，见 --format html"
    yield from _table(comparison.offers, ("旧版", "新版"))


def _tracked(one: Tracked) -> Iterator[tuple[str, str]]:
    style, text = _finding(one.finding)
    yield style if one.fate is not Fate.SOLVED else "dim", text
    if one.reason:
        yield "dim", f"     {one.reason}"
    if one.fate is Fate.GAINED and one.finding.evidence:
        yield "dim", f"     原话：“{_short(one.finding.evidence[0])}”"


def _short(evidence: Evidence, limit: int = 60) -> str:
    return safe.shorten(safe.plain(evidence.quote), limit)


def _labels(change: ClauseChange) -> str:
    label = change.after or change.before
    if change.shift is Shift.MOVED and change.before != change.after:
        label = f"{change.before or '开头'} → {change.after or '开头'}"
    return f"[{compare_view.SHIFT[change.shift]}] {label or '没有编号的一段'}："


def _told(change: ClauseChange) -> str:
    return safe.shorten("".join(_piece(piece) for piece in change.pieces), 400)


def _piece(piece: Piece) -> str:
    text = safe.plain(piece.text)
    if piece.kind == "same":
        return text if len(text) <= 2 * CONTEXT else f"{text[:CONTEXT]}……{text[-CONTEXT:]}"
    return f"〔删：{text}〕" if piece.kind == "gone" else f"〔增：{text}〕"


def _advert(comparison: AdvertComparison) -> Iterator[tuple[str, str]]:
    yield "", f"广告：{comparison.advert.source.name}；合同：{comparison.contract.source.name}"
    for check in compare_view.ordered(comparison):
        said = _short(check.promise.place)
        yield _STYLE[check.match], f"[{compare_view.MATCH[check.match]}] {compare_view.topic(check.promise)}：“{said}”"
        yield "", f"   {check.reason}"
        for evidence in check.written:
            yield "dim", f"   合同{view.where(evidence)}：“{_short(evidence, 80)}”"
    yield "dim", compare_view.ADVERT_NOTE
