"""Scoring the facts that were read against the facts of labelled contracts.

A labelled fact is *found* where a fact of its kind stands at its quotation with the same value, unit and period.
A fact that was read is *right* where it agrees with a label at its place, *wrong* where labels stand there and it
agrees with none, and *beyond the labels* where nothing was labelled (counted, and listed, but neither).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from contract_scan.evaluate.problems import Slip
from contract_scan.model import Document, Fact, Span

KINDS = ("rate", "fee", "amount", "term", "date", "repayment-method", "day-count")
#: A charge told by the day is a rate to one reader and a fee to another; a rate without its period is unclear.
FAMILIES = {"rate": "price", "fee": "price", "unclear": "price"}
#: Computed by us or set by others: no statement of the contract's own price.
NOT_STATED = ("implied", "reference")
#: Labels of fees tell the period in the words of their base (本金（每年）).
_PERIODS = (("每日", "day"), ("每天", "day"), ("每月", "month"), ("每年", "year"), ("每期", "instalment"))
_ALIKE = ({"month", "instalment"},)  # twelve monthly instalments are twelve months
_ROLES = ("principal", "received", "instalment", "total", "contract", "overdue", "misuse", "compound", "disclosed")


@dataclass(frozen=True, slots=True)
class LabelledFact:
    """A fact that a reader marked: kind, role, value as written, unit, period, and the places where it stands."""

    kind: str
    role: str
    value: Decimal | str
    unit: str
    per: str
    timing: str
    spans: tuple[Span, ...]

    def at(self, span: Span) -> bool:
        """Whether a fact at *span* stands at one of the places."""
        return any(span.overlaps(place) for place in self.spans)


@dataclass(slots=True)
class FactScore:
    """Counts per kind of fact; ``timed`` of the found fees have the labelled timing."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)
    timed: Counter[str] = field(default_factory=Counter)
    slips: list[Slip] = field(default_factory=list)


def read_fact_labels(raw: Mapping[str, object], text: str) -> tuple[LabelledFact, ...]:
    """The labelled facts with a value, of one label file already parsed; what *text* does not say is left out."""
    entries = raw.get("facts")
    if not isinstance(entries, list):
        return ()
    read = (_label(entry, text) for entry in entries if isinstance(entry, dict))
    return tuple(label for label in read if label is not None)


def add_facts(
    score: FactScore, doc: str, labels: Sequence[LabelledFact], document: Document, facts: Sequence[Fact]
) -> None:
    """Count the facts of one document into *score*."""
    read = [(fact, document.to_source(fact.span)) for fact in facts if fact.span and _counts(fact)]
    for label in labels:
        at = [fact for fact, span in read if label.at(span) and agrees(fact, label)]
        (score.found if at else score.missed)[label.kind] += 1
        if label.kind == "fee" and at:
            _time(score, doc, label, at)
        if not at:
            score.slips.append(Slip("miss", doc, label.kind, label.spans[0].of(document.source.text)))
    for fact, span in read:
        _judge(score, doc, fact, [label for label in labels if label.at(span)], document)


def _time(score: FactScore, doc: str, label: LabelledFact, at: Sequence[Fact]) -> None:
    if any(fact.timing == label.timing or fact.kind == "rate" for fact in at):  # an overdue rate says when by its name
        score.timed[label.kind] += 1
    else:
        score.slips.append(Slip("timing", doc, label.kind, f"{at[0].role} {at[0].timing or '—'}，标注 {label.timing}"))


def agrees(fact: Fact, label: LabelledFact) -> bool:
    """Whether a fact says what a label says: kind, value, unit, period, and role where it has one."""
    if _family(fact.kind) != _family(label.kind) or not _same_value(fact, label):
        return False
    if fact.kind == "amount" and label.role in _ROLES and fact.role != label.role:
        return False
    if label.kind == "rate" and fact.kind == "rate" and label.role in _ROLES and fact.role.split("-")[0] != label.role:
        return False
    return not label.unit or ((not label.per or _alike(fact.per, label.per)) and _alike(fact.unit, label.unit))


def fact_table(score: FactScore) -> Iterator[str]:
    """One line per kind, then rates and fees together."""
    for kind in KINDS:
        if line := _line(score, kind, (kind,)):
            yield line
    if line := _line(score, "利率与费用", ("rate", "fee")):
        yield line
    fees = score.found["fee"]
    if fees:
        yield f"事实 费用的收取时间：找到的 {fees} 项中与标注一致 {score.timed['fee']}"


def _line(score: FactScore, name: str, kinds: Sequence[str]) -> str:
    found, missed, right, wrong, beyond = (
        sum(counter[kind] for kind in kinds)
        for counter in (score.found, score.missed, score.right, score.wrong, score.beyond)
    )
    if not found + missed:
        return ""
    whole, judged = found + missed, right + wrong
    share = f"{right / judged:.3f}" if judged else "—"
    return (
        f"事实 {name:18s} 标注 {whole:3d} 找到 {found:3d} 占 {found / whole:.3f}"
        f"  标注处读出 {judged:3d} 其中对 {share}  标注之外另读出 {beyond}"
    )


def _judge(score: FactScore, doc: str, fact: Fact, near: Sequence[LabelledFact], document: Document) -> None:
    kind = "rate" if fact.kind == "unclear" else fact.kind
    rivals = [label for label in near if _family(label.kind) == _family(fact.kind)]
    if any(agrees(fact, label) for label in rivals):
        score.right[kind] += 1
        return
    (score.wrong if rivals else score.beyond)[kind] += 1
    told = f"{fact.role} {fact.value} {fact.unit} {fact.per}".strip()
    assert fact.span is not None
    score.slips.append(Slip("false" if rivals else "beyond", doc, kind, f"{told}：{document.quote(fact.span)}"))


def _counts(fact: Fact) -> bool:
    """Labels hold what is written with a number: no blanks, and nothing that we computed."""
    return (fact.kind in KINDS or fact.kind == "unclear") and fact.value is not None and fact.role not in NOT_STATED


def _label(entry: Mapping[str, object], text: str) -> LabelledFact | None:
    quote, value = str(entry.get("quote", "")), entry.get("value")
    spans = tuple(Span(*match.span()) for match in re.finditer(re.escape(quote), text)) if quote else ()
    if not spans or value is None:
        return None
    per = str(entry.get("per") or "") or _period(str(entry.get("base") or ""))
    kind, number, unit = str(entry["kind"]), _number(str(value)), str(entry.get("unit") or "")
    if (kind, unit) == ("term", "year") and isinstance(number, Decimal):
        number, unit = number * 12, "month"  # as the facts have it
    return LabelledFact(
        kind=kind,
        role=str(entry.get("role") or ""),
        value=number,
        unit=unit,
        per="" if per == "once" else per,
        timing=str(entry.get("timing") or ""),
        spans=spans,
    )


def _period(base: str) -> str:
    return next((period for words, period in _PERIODS if words in base), "")


def _number(value: str) -> Decimal | str:
    try:
        return Decimal(value)
    except InvalidOperation:
        return value


def _family(kind: str) -> str:
    return FAMILIES.get(kind, kind)


def _same_value(fact: Fact, label: LabelledFact) -> bool:
    if isinstance(fact.value, Decimal) and isinstance(label.value, Decimal):
        return fact.value == label.value
    return str(fact.value) == str(label.value)


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in _ALIKE)
