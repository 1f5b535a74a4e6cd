"""What a rule is, once read: frozen, compiled, ready for the checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contract_scan.model import (
    BorrowerType,
    Confidence,
    ContractKind,
    Effect,
    LenderType,
    Severity,
    Verdict,
)
from contract_scan.rulebook.phrase import Phrase
from contract_scan.rulebook.regex import Regex

WITHIN = ("half", "parts", "sentence", "pair", "clause", "document")


@dataclass(frozen=True, slots=True)
class Applies:
    """Gates; an empty tuple means any."""

    lender_type: tuple[LenderType, ...] = ()
    borrower_type: tuple[BorrowerType, ...] = ()
    kind: tuple[ContractKind, ...] = ()
    signed_from: date | None = None
    signed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words to find: a phrase or a regular expression, and how far it may reach.

    ``within``: half (comma to comma), sentence, pair (a sentence and the next), clause, document. An excuse
    or a context may also say parts: the comma-to-comma parts that hold the matched words.
    """

    phrase: Phrase | None
    regex: Regex | None
    within: str
    confidence: Confidence | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PhraseCheck:
    """Words that are there and should not be; ``given`` must hold too, ``unless`` excuses.

    ``negation`` false: 不得/不/未 before the words does not turn the meaning round. ``quote`` says how much to
    quote: match, half (the comma-to-comma parts that hold the match) or sentence (half where it is too long).
    ``first_only`` keeps one place: the first of the first pattern of ``any`` that has one, so the order of ``any``
    is an order of importance.
    """

    any: tuple[Pattern, ...]
    given: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    negation: bool = True
    quote: str = "sentence"
    first_only: bool = False


@dataclass(frozen=True, slots=True)
class Selector:
    """Which facts are meant; an empty tuple means any."""

    kind: tuple[str, ...]
    role: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    timing: tuple[str, ...] = ()
    value: str = "any"  # any | given | blank


@dataclass(frozen=True, slots=True)
class MissingCheck:
    """Something that should be there and is not: any one expectation satisfies.

    ``applies`` narrows this check alone, ``least`` is the number of characters below which a text is taken for
    an excerpt, of which nobody can say what the whole lacks.
    """

    facts: tuple[Selector, ...]
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    given: tuple[Pattern, ...] = ()
    applies: Applies = Applies()
    least: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """A number, or a dated parameter times a factor."""

    value: Decimal | None
    parameter: str = ""
    times: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class CompareCheck:
    """A fact against a limit. ``annual`` converts day and month rates to per cent per year first (365, 12).

    ``absent``: what the answer is when the contract states no such fact (undetermined or clear). ``given`` must
    hold around the fact (anywhere in the text where there is none), ``applies`` narrows this check alone.
    """

    fact: Selector
    op: str
    limit: Limit
    annual: bool = False
    absent: Verdict = Verdict.CLEAR
    absent_reason: str = ""
    unless: tuple[Pattern, ...] = ()
    given: tuple[Pattern, ...] = ()
    applies: Applies = Applies()


@dataclass(frozen=True, slots=True)
class ConflictCheck:
    """Facts of the same kind that cannot all be true; compared when ``same`` attributes agree within ``within``.

    They differ when they are further apart than ``tolerance`` and than ``share`` per cent of the larger.
    ``annual`` converts day and month rates first, and leaves out rates without a period. A fact that ``unless``
    excuses takes no part.
    """

    fact: Selector
    same: tuple[str, ...]
    within: str
    tolerance: Decimal
    share: Decimal = Decimal(0)
    annual: bool = False
    unless: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class PartFact:
    """A fact whose ``attribute`` (value, per, base, timing or payee) shows a part of a money sentence."""

    fact: Selector
    attribute: str = "value"


@dataclass(frozen=True, slots=True)
class Part:
    """Something a sentence that asks for money must tell (who, how much, of what, how often, when, how much at most).

    ``name`` and ``ask`` are words for the reader; any of ``shown`` or ``facts`` tells it; it is only asked for where
    one of ``when`` holds (or there is none).
    """

    name: str
    ask: str
    shown: tuple[Pattern, ...] = ()
    facts: tuple[PartFact, ...] = ()
    when: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class LacksCheck:
    """Sentences that ask for money and leave parts out.

    A sentence that ``any`` finds is a HIT where it tells none of the parts named in ``must``. Without ``any`` the
    check finds nothing: it only names what the sentences lack that the rule's other checks found. ``ask_only``: the
    questions for what is left out take the place of the rule's own, else they follow it.
    """

    parts: tuple[Part, ...]
    any: tuple[Pattern, ...] = ()
    given: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    must: tuple[str, ...] = ()
    ask_only: bool = True


@dataclass(frozen=True, slots=True)
class NeededCheck:
    """What the text alone can never settle: always undetermined, and says what is needed."""

    needs: str


Check = PhraseCheck | MissingCheck | CompareCheck | ConflictCheck | LacksCheck | NeededCheck


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what the rule must answer; ``marked`` are the exact words to quote."""

    text: str
    marked: tuple[tuple[int, int], ...]
    expect: Verdict
    lender_type: LenderType | None = None
    borrower_type: BorrowerType | None = None
    kind: ContractKind | None = None
    signed_on: date | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One problem: how it is found, what it means for the borrower, what to ask, which law."""

    id: str
    category: str
    title: str
    severity: Severity
    effect: Effect
    confidence: Confidence
    applies: Applies
    checks: tuple[Check, ...]
    why: str
    ask: str
    basis: tuple[str, ...]
    examples: tuple[Example, ...]
    file: str
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def patterns_of(rule: Rule) -> Iterator[Pattern]:
    """Every pattern a rule speaks of."""
    for check in rule.checks:
        if isinstance(check, PhraseCheck):
            yield from (*check.any, *check.given, *check.unless)
        elif isinstance(check, MissingCheck):
            yield from (*check.patterns, *check.given, *check.unless)
        elif isinstance(check, CompareCheck):
            yield from (*check.given, *check.unless)
        elif isinstance(check, ConflictCheck):
            yield from check.unless
        elif isinstance(check, LacksCheck):
            yield from (*check.any, *check.given, *check.unless)
            yield from (pattern for part in check.parts for pattern in (*part.shown, *part.when))
