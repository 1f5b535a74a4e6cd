"""What a comment beside the words says: number and title, why it matters, what to ask, what the law says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contract_scan.model import Confidence, ContractKind, Evidence, Finding, Report
from contract_scan.render import safe, view, words


@dataclass(frozen=True, slots=True)
class Comment:
    """One place of one finding: ``head`` in one line, ``body`` its paragraphs (told once, at the first place)."""

    number: int
    finding: Finding
    evidence: Evidence
    head: str
    body: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it, a paragraph a line."""
        return "\n".join((self.head, *self.body))


def comments(report: Report) -> tuple[Comment, ...]:
    """One comment for every place of every finding, in the order of the text; numbers as in the report."""
    found = [_comment(item, place) for item in view.read_order(report) for place in item.places]
    return tuple(sorted(found, key=lambda comment: (comment.evidence.span, comment.number)))


def opening(report: Report) -> tuple[str, ...]:
    """What belongs to no words of the contract: the verdict, what the contract leaves out, what was not judged."""
    return tuple(safe.plain(line) for line in _opening(report))


def _opening(report: Report) -> Iterator[str]:
    if report.contract.kind is not ContractKind.NOT_LOAN:
        yield f"contract-scan 的结论：{words.LEVEL[report.summary.level]}。{report.summary.reason}"
    else:
        yield f"contract-scan：{report.summary.reason}"
    if absent := [item for item in view.read_order(report) if not item.places]:
        yield (
            "合同里没有写、所以没有地方可标的："
            + "；".join(f"{item.number} {item.finding.title}" for item in absent)
            + "。"
        )
    if report.coverage.unread:
        yield f"第 {view.page_ranges(report.coverage.unread)} 页没有读出文字，没有检查，也没有批注。"
    if report.undetermined:
        yield f"另有 {len(report.undetermined)} 条规则没能判断，原因见报告。"
    yield "批注里的数字是报告里的问题号。这不是法律意见；没有批注的地方，不等于没有问题。"


def _comment(item: view.Item, place: view.Place) -> Comment:
    finding = item.finding
    check = "，请核对" if finding.confidence is Confidence.CHECK else ""
    nth = f"（{place.of} 处中的第 {place.index} 处）" if place.of > 1 else ""
    head = f"{item.number} [{words.SEVERITY[finding.severity]}{check}] {finding.title}{nth}"
    body = _body(finding) if place.index == 1 else ()
    return Comment(item.number, finding, place.evidence, safe.plain(head), tuple(map(safe.plain, body)))


def _body(finding: Finding) -> Iterator[str]:
    yield finding.message
    if finding.ask:
        yield f"可以问：{finding.ask}"
    yield f"法律上：{words.EFFECT[finding.effect][0]}。{finding.effect_text}"
    if finding.basis:
        yield "依据：" + "；".join(f"《{basis.title}》{basis.article}" for basis in finding.basis)
