"""The frozen values that flow between stages.

Spans are half-open and count code points. Up to :class:`Document` two coordinate systems exist:
*source* positions index ``Source.text``; *document* positions index the normalised ``Document.text``.
Clauses, sentences, parties, facts and check outcomes use document positions; everything in a
:class:`Report` (evidence) uses source positions, so that a quotation is always ``source.text[span]``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem can cost the borrower."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for critical … 3 for low; sorts the gravest first."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure a finding is: certain, likely, or something for a person to check."""

    CERTAIN = "certain"
    LIKELY = "likely"
    CHECK = "check"

    @property
    def rank(self) -> int:
        """0 for certain … 2 for check."""
        return list(Confidence).index(self)


class Verdict(StrEnum):
    """What a check answers."""

    HIT = "hit"
    CLEAR = "clear"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class Effect(StrEnum):
    """What the law does about a problem; decides the strongest words a finding may use."""

    VOID = "void"
    MAY_BE_VOID = "may-be-void"
    NOT_SUPPORTED = "not-supported"
    REDUCIBLE = "reducible"
    RECALCULATED = "recalculated"
    NOT_PART_OF_CONTRACT = "not-part-of-contract"
    DEFAULT_RULE = "default-rule"
    REGULATORY = "regulatory"
    UNFAVOURABLE = "unfavourable"
    SIGNAL = "signal"


class Role(StrEnum):
    """What a party does in the deal."""

    LENDER = "lender"
    BORROWER = "borrower"
    GUARANTOR = "guarantor"
    PLATFORM = "platform"
    SERVICER = "servicer"
    OTHER = "other"


class LenderType(StrEnum):
    """What kind of lender the wording points to (a clue, never a statement about its licence)."""

    BANK = "bank"
    CONSUMER_FINANCE = "consumer_finance"
    AUTO_FINANCE = "auto_finance"
    MICROLOAN = "microloan"
    TRUST = "trust"
    PAWN = "pawn"
    GUARANTOR = "guarantor"
    PLATFORM = "platform"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class BorrowerType(StrEnum):
    """Who borrows; decides whether consumer law can apply."""

    CONSUMER = "consumer"
    INDIVIDUAL_BUSINESS = "individual_business"
    COMPANY = "company"
    UNKNOWN = "unknown"


class ContractKind(StrEnum):
    """What kind of document this is."""

    LOAN = "loan"
    GUARANTEE = "guarantee"
    SERVICE = "service"
    AUTHORIZATION = "authorization"
    NOT_LOAN = "not_loan"
    UNKNOWN = "unknown"


class Jurisdiction(StrEnum):
    """Whose law governs."""

    MAINLAND = "mainland"
    TAIWAN = "taiwan"
    HONGKONG = "hongkong"


class Level(StrEnum):
    """The five levels of the summary."""

    STOP = "stop"  # 先别签
    NEGOTIATE = "negotiate"  # 先谈清楚
    NOTICE = "notice"  # 留意
    NOTHING_FOUND = "nothing_found"  # 在读到的部分未发现问题
    UNDETERMINED = "undetermined"  # 无法判断


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one position."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether *other* lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The characters of *text* in this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the source.

    ``span`` is its text in ``Source.text`` (source positions). ``boxes`` holds x0, top, x1, bottom for
    every code point of the span, four floats each (NaN where a character was inserted, such as a line
    end); empty when the format has no positions.
    """

    number: int
    span: Span
    read_by: str = "text"  # text | ocr | none
    confidence: Decimal | None = None
    boxes: Sequence[float] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A file turned into text; nothing after this touches the disk.

    ``format`` is pdf, docx or text. ``unread`` lists the page numbers without usable text.
    ``notes`` are Chinese sentences about how well the file was read. ``furniture`` are spans of repeated
    page headers, footers and page numbers: kept in the text, skipped by normalisation.
    """

    name: str
    sha256: str
    format: str
    text: str
    pages: tuple[Page, ...] = ()
    unread: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    furniture: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        end = 0
        for page in self.pages:
            if page.span.start < end or page.span.end > len(self.text):
                raise ValueError(f"page {page.number} is out of order or outside the text")
            end = page.span.end

    def page_at(self, position: int) -> Page | None:
        """The page that holds a source position, or None where the format has no pages."""
        starts = [page.span.start for page in self.pages]
        index = bisect_right(starts, position) - 1
        return self.pages[index] if index >= 0 else None


@dataclass(frozen=True, slots=True)
class Document:
    """The normalised text; ``homes[i]`` is the source position that character ``i`` came from."""

    source: Source
    text: str
    homes: Sequence[int] = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.homes) != len(self.text):
            raise ValueError("every normalised character needs exactly one home")

    def to_source(self, span: Span) -> Span:
        """The source span that a document span came from; an empty span maps to an empty span."""
        if span.start == span.end:
            home = self.homes[span.start] if span.start < len(self.homes) else len(self.source.text)
            return Span(home, home)
        return Span(self.homes[span.start], self.homes[span.end - 1] + 1)

    def quote(self, span: Span) -> str:
        """The contract's own words for a document span, exactly as written."""
        return self.to_source(span).of(self.source.text)


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the clause tree (document positions).

    ``number`` is the label as written ("第三条", "（二）", "3.1", "" for unnumbered text), ``heading`` the
    short title after it ("" if none). ``lead_in`` is the sentence that governs a list
    ("乙方有下列情形之一的，甲方有权："), found in an ancestor and valid for this item.
    """

    number: str
    heading: str
    span: Span
    children: tuple[Clause, ...] = ()
    lead_in: Span | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the contract (document positions); ``clause`` is the label of its innermost clause path.

    ``lead_in`` governs it when it is an item of a list. ``heading`` is true where it is only a title.
    """

    span: Span
    clause: str
    lead_in: Span | None = None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Someone the contract names: the words it uses for them, the role, and the registered name if given."""

    role: Role
    aliases: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The vocabulary of parties: words that reveal a role, pronouns, and symbols without a role of their own."""

    words: Mapping[Role, tuple[str, ...]]
    pronouns: Mapping[Role, tuple[str, ...]]
    symbols: tuple[str, ...]

    def role_of(self, word: str) -> Role | None:
        """The role a phrase reveals by its last role word ("甲方指定的担保人" → guarantor)."""
        best: tuple[int, int, Role] | None = None
        for role, words in self.words.items():
            for known in words:
                at = word.rfind(known)
                if at >= 0 and (best is None or (at + len(known), len(known)) > best[:2]):
                    best = (at + len(known), len(known), role)
        return best[2] if best else None


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or term the contract states, or one derived from such.

    kind        amount | rate | fee | term | date | repayment-method | day-count | schedule | unclear
    role        what it is: principal, received, instalment, total (amounts); contract, overdue, misuse,
                compound, lpr-spread, disclosed (rates); the fee's own name (fees); loan, grace,
                guarantee (terms); signed, start, end, due (dates)
    value       Decimal for numbers, date for dates, str for methods, None where it is blank or unreadable
    unit        percent | yuan | day | month | year | instalment | bp | ""
    per         day | month | year | instalment | once | "" (what a rate or a fee is charged for)
    base        what a percentage is taken of, in the contract's words ("借款本金")
    timing      upfront | monthly | at-default | once | on-prepayment | other | ""
    payee       role or words of who is paid
    span        document position of the words that carry it; None for derived facts
    derived_from  the facts it was computed from; empty for read facts
    """

    kind: str
    role: str = ""
    value: Decimal | date | str | None = None
    unit: str = ""
    per: str = ""
    base: str = ""
    timing: str = ""
    payee: str = ""
    span: Span | None = None
    derived_from: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        if (self.span is None) == (not self.derived_from):
            raise ValueError("a fact has either a span or facts it is derived from")


@dataclass(frozen=True, slots=True)
class Contract:
    """All a check may look at."""

    document: Document
    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
    parties: tuple[Party, ...]
    kind: ContractKind
    jurisdiction: Jurisdiction
    lender_type: LenderType
    borrower_type: BorrowerType
    signed_on: date | None
    as_of: date
    facts: tuple[Fact, ...] = ()
    kind_reason: str = ""
    lender_reason: str = ""

    @property
    def judged_on(self) -> date:
        """The day whose law applies: the signing date, or ``as_of`` when there is none."""
        return self.signed_on or self.as_of

    def roles_of(self, role: Role) -> tuple[Party, ...]:
        """The parties with a role, in the order the contract names them."""
        return tuple(party for party in self.parties if party.role is role)


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says about the contract; None means: read it from the text."""

    as_of: date
    kind: ContractKind | None = None
    lender_type: LenderType | None = None
    borrower_type: BorrowerType | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check answers about one contract; evidence in document positions."""

    verdict: Verdict
    evidence: tuple[Span, ...] = ()
    reason: str = ""
    confidence: Confidence = Confidence.CERTAIN

    def __post_init__(self) -> None:
        if self.verdict in (Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE) and not self.reason:
            raise ValueError(f"{self.verdict} needs a reason")


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

    @property
    def source(self) -> Source:
        """The file the report is about."""
        return self.contract.document.source
