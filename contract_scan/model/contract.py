"""A contract as read: clauses, sentences, parties, facts; and what a check answers about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contract_scan.model.kinds import (
    BorrowerType,
    Confidence,
    ContractKind,
    Jurisdiction,
    LenderType,
    Role,
    Verdict,
)
from contract_scan.model.text import Document, Span


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
    """Someone the contract names: the words it uses for them, the role, and the registered name if given.

    ``within`` is the document span in which the words stand for them, where several papers were read together.
    """

    role: Role
    aliases: tuple[str, ...]
    name: str = ""
    within: Span | None = None


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The vocabulary of parties: words that reveal a role, pronouns, symbols without a role of their own.

    ``fallback`` words (银行, 公司) stand for a role only where nothing else in the contract does.
    """

    words: Mapping[Role, tuple[str, ...]]
    pronouns: Mapping[Role, tuple[str, ...]]
    symbols: tuple[str, ...]
    fallback: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)

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
    role        what it is: principal, received, instalment, principal-part, total (amounts); contract, overdue, misuse,
                compound, lpr-spread, disclosed (rates); the fee's own name (fees); loan, grace,
                guarantee, interval (between two payments), first-due (terms); signed, start, end, due (dates)
    value       Decimal for numbers, date for dates, str for methods, None where it is blank or unreadable
    unit        percent | yuan | day | month | year | instalment | bp | ""
    per         day | month | year | instalment | once | "" (what a rate or a fee is charged for)
    base        what a percentage is taken of, in the contract's words ("借款本金")
    timing      upfront | monthly | at-default | once | on-prepayment | other | "" (fees); of rates, methods and
                instalments, for which ones: "1-3", "36", "4-" (to the end), "last", "" (all)
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

    def instalments(self, count: int) -> range:
        """Which of *count* instalments ``timing`` names; empty where it names none."""
        first, dash, last = self.timing.partition("-")
        if self.timing == "last":
            return range(count, count + 1)
        if not first.isdigit():
            return range(0)
        return range(int(first), min(int(last or count) if dash else int(first), count) + 1)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that seems to be absent from the file, in a sentence for the reader.

    ``kind`` is pages, order, clauses, annex or legibility; ``hides`` whether what a rule looks for may stand there.
    """

    kind: str
    sentence: str
    hides: bool = True


@dataclass(frozen=True, slots=True)
class Contract:
    """All a check may look at.

    ``doubtful`` are document spans of figures that were recognised in a picture, are not sure, and are said nowhere
    else; ``gaps`` what is absent from the file.
    """

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
    gaps: tuple[Gap, ...] = ()
    doubtful: tuple[Span, ...] = ()

    @property
    def judged_on(self) -> date:
        """The day whose law applies: the signing date, or ``as_of`` when there is none."""
        return self.signed_on or self.as_of

    def roles_of(self, role: Role) -> tuple[Party, ...]:
        """The parties with a role, in the order the contract names them."""
        return tuple(party for party in self.parties if party.role is role)


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says about the contract; None means: read it from the text.

    ``lpr`` is the one-year LPR of the contract's day (per cent), where the user knows better than the rulebook;
    ``income`` the borrower's income a month (CNY).
    """

    as_of: date
    kind: ContractKind | None = None
    lender_type: LenderType | None = None
    borrower_type: BorrowerType | None = None
    signed_on: date | None = None
    lpr: Decimal | None = None
    income: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that sentences asking for money leave out: its name, the question to ask, where it is left out."""

    name: str
    ask: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check answers about one contract; evidence in document positions.

    ``lacks`` names what the quoted sentences leave out; with ``ask_only`` its questions take the place of the rule's.
    """

    verdict: Verdict
    evidence: tuple[Span, ...] = ()
    reason: str = ""
    confidence: Confidence = Confidence.CERTAIN
    lacks: tuple[Lack, ...] = ()
    ask_only: bool = False

    def __post_init__(self) -> None:
        if self.verdict in (Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE) and not self.reason:
            raise ValueError(f"{self.verdict} needs a reason")
