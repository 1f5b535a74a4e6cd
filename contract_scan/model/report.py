"""What a report holds: findings with evidence and law, the summary, what was not judged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contract_scan.model.contract import Contract
from contract_scan.model.kinds import Confidence, Effect, Level, Severity
from contract_scan.model.text import Box, Source, Span


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal citation resolved for the day the contract is judged on.

    ``verified`` is verbatim | partial | recalled; ``quote`` is None unless copied from ``source``.
    ``condition`` says when it applies if that is not settled ("仅当你是为生活消费借款的个人").
    """

    id: str
    title: str
    article: str
    issuer: str
    number: str
    valid_from: date
    valid_until: date | None
    quote: str | None
    source: str
    verified: str
    checked_on: date
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the contract that carry a finding (source positions)."""

    span: Span
    quote: str
    clause: str = ""
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of one contract, told once with all its places (none for something that is missing).

    ``message`` is the plain-language why, ``ask`` what to send to the lender, ``effect_text`` the strongest
    words the law allows, ``notes`` why the confidence is what it is.
    """

    rule: str
    category: str
    title: str
    severity: Severity
    effect: Effect
    effect_text: str
    confidence: Confidence
    message: str
    ask: str
    basis: tuple[Basis, ...]
    evidence: tuple[Evidence, ...]
    fingerprint: str
    notes: tuple[str, ...] = ()


def fingerprint(rule: str, words: str) -> str:
    """Names a finding across scans: the rule's id and the words it quotes, whatever their spacing."""
    return hashlib.sha256(f"{rule}\0{''.join(words.split())}".encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that gave no verdict, and why (undetermined or not applicable)."""

    rule: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The verdict in one sentence; ``reason`` always says why."""

    level: Level
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read and checked."""

    rules: int
    hit: int
    clear: int
    undetermined: int
    not_applicable: int
    characters: int
    pages: int
    unread: tuple[int, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """Where to complain or ask, with source and date."""

    id: str
    body: str
    phone: str
    site: str
    for_what: str
    not_for: str
    source: str
    source_date: str
    verified: str


@dataclass(frozen=True, slots=True)
class VerifyStep:
    """One step of checking who the lender is."""

    what: str
    where: str
    how: str
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class LenderCheck:
    """Who lends, as far as the contract says, and how to verify it; never says that a licence exists."""

    type_name: str
    hint: str
    licence: str
    licence_number: str
    steps: tuple[VerifyStep, ...]
    channels: tuple[Channel, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CostRow:
    """One period of the schedule (CNY); period 0 is the day the money arrives.

    ``balance`` is the principal still owed by the contract's own split; ``owed`` what is still owed when interest
    runs at the true rate on what is really left: it ends at 0, which proves the rate.
    """

    period: int
    principal: Decimal
    interest: Decimal
    fees: Decimal
    balance: Decimal
    owed: Decimal = Decimal(0)

    @property
    def paid(self) -> Decimal:
        """What is paid in this period; in period 0, what is kept back from the loan."""
        return self.principal + self.interest + self.fees


@dataclass(frozen=True, slots=True)
class CostShare:
    """One charge: how it is taken, how much in all (CNY), the points it adds to the simple rate, who is paid."""

    name: str
    how: str
    amount: Decimal
    points: Decimal
    payee: str = ""


@dataclass(frozen=True, slots=True)
class RateLine:
    """A line in law that a yearly rate can cross: its value on the contract's day, and how the loan stands to it.

    ``standing`` is above | near | below | open ("" before it was judged): within one percentage point it is *near*
    and no verdict is given; *open* where the rate is a range across the line or the line counts something else.
    ``binds`` says whom the line concerns, ``note`` what crossing it means, ``stale`` that nobody checked that day.
    """

    id: str
    title: str
    value: Decimal
    binds: str
    note: str
    source: str
    since: date
    standing: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class CostCard:
    """What the loan costs when everything is paid on time (CNY; rates in per cent per year).

    reason       why there is no card at all ("" where there is one, or where ``needed`` says what is missing)
    needed       the figures without which nothing was computed, as questions to the lender
    conflicts    figures of the contract that cannot both be true, and which one was used
    simple       the rate of simple interest on what is really owed that the flows in ``rows`` pay off exactly:
                 12 × monthly IRR wherever each payment covers its interest; ``formula`` says how in words
    compound     (1 + IRR)^periods − 1; never compared with a line in law
    stated       the contract's own rate, told per year; ``written`` has its words by row of the card
    low, high    bounds of ``simple`` where the repayment method or the rate is not settled (then the rest of the
                 card shows one of the cases, named in ``assumptions``)
    shares       what each charge adds, in a fixed order; the points add up to ``simple``
    extras       (name, what it costs and how that was computed): prepayment, one day late, one month late …
    burden       what the instalments mean for the income, in sentences
    """

    reason: str = ""
    needed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    received: Decimal | None = None
    total_paid: Decimal | None = None
    simple: Decimal | None = None
    compound: Decimal | None = None
    formula: str = ""
    stated: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    rows: tuple[CostRow, ...] = ()
    shares: tuple[CostShare, ...] = ()
    lines: tuple[RateLine, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    burden: tuple[str, ...] = ()

    @property
    def total_cost(self) -> Decimal | None:
        """Everything paid less what arrived."""
        return None if self.total_paid is None or self.received is None else self.total_paid - self.received


@dataclass(frozen=True, slots=True)
class Versions:
    """What produced the report."""

    tool: str
    rules: str
    rules_sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a renderer may know. Sorted: same input, same bytes out."""

    contract: Contract
    findings: tuple[Finding, ...]
    undetermined: tuple[Unjudged, ...]
    not_applicable: tuple[Unjudged, ...]
    clear: tuple[Unjudged, ...]
    coverage: Coverage
    summary: Summary
    lender: LenderCheck
    versions: Versions
    assumptions: tuple[str, ...] = ()
    cost: CostCard = CostCard()

    @property
    def source(self) -> Source:
        """The file the report is about."""
        return self.contract.document.source
