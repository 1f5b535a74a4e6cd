"""What all human-readable formats share: findings in reading order, their places, names, and laws."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from contract_scan.model import (
    Basis,
    Confidence,
    Contract,
    ContractKind,
    Effect,
    Evidence,
    Fact,
    Finding,
    Party,
    Report,
    Role,
    Severity,
    Span,
)
from contract_scan.render import safe, words

TITLE = re.compile("合同|协议|借据|借条|欠条|条款|须知|授权书|承诺书|确认书|明示表|通知书")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of one finding; ``anchor`` is its id in the annotated contract (m3, m3-2)."""

    number: int
    index: int
    of: int
    anchor: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with its number in reading order and its places in the order of the contract."""

    number: int
    finding: Finding
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A legal text and the numbers of the findings that cite it."""

    basis: Basis
    numbers: tuple[int, ...]


class Locator:
    """Finds clause label and page of document positions."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._starts = [sentence.span.start for sentence in contract.sentences]

    def evidence(self, span: Span) -> Evidence:
        """The words at a document span, with clause and page, in source positions."""
        document = self._contract.document
        home = document.to_source(span)
        page = document.source.page_at(home.start)
        return Evidence(home, home.of(document.source.text), self.clause(span.start), page.number if page else None)

    def sentence_index(self, position: int) -> int:
        """The index of the sentence at or before a document position; -1 before the first."""
        return bisect_right(self._starts, position) - 1

    def clause(self, position: int) -> str:
        """The clause label at a document position, "" where there is none."""
        index = self.sentence_index(position)
        return self._contract.sentences[index].clause if index >= 0 else ""


def read_order(report: Report) -> tuple[Item, ...]:
    """Findings numbered for people: fraud signals first, then by severity, then by confidence."""
    ordered = sorted(report.findings, key=_weight)
    return tuple(Item(number, finding, _places(number, finding)) for number, finding in enumerate(ordered, 1))


def most_important(items: Iterable[Item]) -> tuple[Item, ...]:
    """At most three findings that have something to ask the lender; those to be checked first come last."""
    asking = [item for item in items if to_the_lender(item)]
    return tuple(sorted(asking, key=lambda item: item.finding.confidence is Confidence.CHECK)[:3])


def to_the_lender(item: Item) -> bool:
    """Whether its ask is meant for the lender; that of a fraud signal tells the reader what to do first."""
    return bool(item.finding.ask) and item.finding.effect is not Effect.SIGNAL


def signals(items: Iterable[Item]) -> tuple[Item, ...]:
    """The findings that are fraud signals."""
    return tuple(item for item in items if item.finding.effect is Effect.SIGNAL)


def tally(report: Report) -> tuple[tuple[Severity, int], ...]:
    """How many findings there are of each severity, the gravest first."""
    severities = [finding.severity for finding in report.findings]
    return tuple((severity, severities.count(severity)) for severity in Severity)


def cited(items: Iterable[Item]) -> tuple[Cited, ...]:
    """Every legal text once, in the order of its title and article."""
    numbers: dict[Basis, list[int]] = {}
    for item in items:
        for basis in item.finding.basis:
            numbers.setdefault(basis, []).append(item.number)
    ordered = sorted(numbers, key=lambda basis: (basis.title, basis.id, basis.condition))
    return tuple(Cited(basis, tuple(dict.fromkeys(numbers[basis]))) for basis in ordered)


def title(report: Report) -> str:
    """What the contract calls itself, or the kind it was recognised as."""
    for line in report.contract.document.text[:600].split("\n")[:8]:
        line = line.strip(" 《》\t")
        if 2 <= len(line) <= 30 and TITLE.search(line) and not re.search("[。；，：:]", line):
            return line
    kind = report.contract.kind
    return "这份文件" if kind in (ContractKind.NOT_LOAN, ContractKind.UNKNOWN) else words.KIND[kind]


def read_notes(report: Report) -> tuple[str, ...]:
    """What was noticed while reading the file, each sentence once."""
    return tuple(dict.fromkeys((*report.source.notes, *report.coverage.notes)))


def names(contract: Contract, *roles: Role) -> tuple[tuple[str, str], ...]:
    """(registered name, the contract's other words for it), each name once.

    Words alone, such as 甲方 or 银行, are no name: they come as ("", words), and only if there is no name at all.
    """
    parties = [party for role in roles for party in contract.roles_of(role)]
    named = dict.fromkeys(party.name for party in parties if party.name)
    if not named:
        called = _called(party.aliases for party in parties)
        return (("", called),) if called else ()
    return tuple((name, _called(_others(party) for party in parties if party.name == name)) for name in named)


def lender_name(contract: Contract) -> str:
    """The registered names of the lenders, "" where the contract gives none."""
    return "、".join(name for name, _ in names(contract, Role.LENDER))


def where(evidence: Evidence) -> str:
    """第十二条，第 4 页 (with a no-break space before the unit)."""
    page = f"第\u00a0{evidence.page}\u00a0页" if evidence.page is not None else ""
    return "，".join(part for part in (evidence.clause, page) if part)


def spoken(report: Report, evidence: Evidence) -> str:
    """A quotation as it is read: without page headers and line ends that fall inside it."""
    text, parts, position = report.source.text, [], evidence.span.start
    for span in report.source.furniture:
        if span.start < evidence.span.end and span.end > position:
            parts.append(text[position : max(position, span.start)])
            position = span.end
    parts.append(text[position : evidence.span.end])
    inside = "".join(parts) if position > evidence.span.start else evidence.quote
    return safe.flow(inside).strip()


def fee_payees(contract: Contract) -> tuple[tuple[str, str], ...]:
    """(fee, who is paid) for each fee the contract states, each once."""
    fees = [fact for fact in contract.facts if fact.kind == "fee"]
    return tuple(dict.fromkeys((fact.role or "费用", _payee(fact)) for fact in fees))


def coverage_line(report: Report) -> str:
    """How much was checked and read, in one sentence."""
    coverage = report.coverage
    read = f"读了 {coverage.characters:,} 字" + (f"、{coverage.pages} 页" if coverage.pages else "")
    unread = f"（第 {page_ranges(coverage.unread)} 页没读出）" if coverage.unread else ""
    return (
        f"检查了 {coverage.rules} 条规则：发现 {coverage.hit} 条，未见问题 {coverage.clear} 条，"
        f"没能判断 {coverage.undetermined} 条，不适用 {coverage.not_applicable} 条；{read}{unread}"
    )


def lender_line(report: Report) -> str:
    """Who lends, as far as the contract says: the name and what it suggests."""
    name, hint = lender_name(report.contract), report.lender.hint or "请核对对方的登记全称"
    if name and name in hint:
        return hint
    return f"{name or '没有写出登记全称'}。{hint}"


def page_ranges(numbers: Iterable[int]) -> str:
    """4、7–12、14 for page numbers in any order."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def _called(groups: Iterable[Iterable[str]]) -> str:
    return "、".join(dict.fromkeys(alias for aliases in groups for alias in aliases))


def _others(party: Party) -> Iterable[str]:
    return (alias for alias in party.aliases if alias != party.name)


def _payee(fact: Fact) -> str:
    return words.ROLE[Role(fact.payee)] if fact.payee in set(Role) else fact.payee


def _weight(finding: Finding) -> tuple[bool, int, int]:
    return finding.effect is not Effect.SIGNAL, finding.severity.rank, finding.confidence.rank


def _places(number: int, finding: Finding) -> tuple[Place, ...]:
    found = [evidence for evidence in finding.evidence if evidence.quote]
    found.sort(key=lambda evidence: evidence.span)
    return tuple(
        Place(number, index, len(found), f"m{number}" if index == 1 else f"m{number}-{index}", evidence)
        for index, evidence in enumerate(found, 1)
    )
