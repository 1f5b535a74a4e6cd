"""What a comparison holds: frozen, sorted, quotations in source positions of the report they come from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from contract_scan.model import Evidence, Finding, Report


@dataclass(frozen=True, slots=True)
class OfferComparison:
    """Two offers side by side.

    ``difference``: the true yearly rate of the right one less that of the left one (percentage points), None where
    it cannot be told; ``reason`` then says why. ``alike``: amount, term and arrival are the same, so the totals can
    be compared too; ``caution`` says what else to keep in mind.
    """

    left: Report
    right: Report
    difference: Decimal | None
    reason: str
    alike: bool
    caution: tuple[str, ...]
    both: tuple[tuple[Finding, Finding], ...]
    only_left: tuple[Finding, ...]
    only_right: tuple[Finding, ...]


class Shift(StrEnum):
    """What became of a clause."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a changed clause: ``kind`` is same, gone (only before) or new (only after)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause before and after: its labels ("" where it is not there) and its text in pieces."""

    shift: Shift
    before: str
    after: str
    pieces: tuple[Piece, ...]


class Fate(StrEnum):
    """What became of a problem from one version to the next."""

    GAINED = "gained"
    SOLVED = "solved"
    KEPT = "kept"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A problem followed through two versions; ``reason`` says why its fate is open.

    ``new`` are the places that only the later version has, ``gone`` those that only the earlier one has.
    """

    fate: Fate
    finding: Finding
    new: tuple[Evidence, ...] = ()
    gone: tuple[Evidence, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """Two versions of one contract; ``similarity`` from 0 to 1, ``renumbered`` clauses only changed their number."""

    old: Report
    new: Report
    similarity: float
    clauses: tuple[ClauseChange, ...]
    unchanged: int
    renumbered: int
    problems: tuple[Tracked, ...]
    offers: OfferComparison


class Match(StrEnum):
    """Whether the contract keeps a promise."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_WRITTEN = "not_written"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Promise:
    """Something an advertisement says.

    topic       rate | fee | amount | received | term | method | instalment | prepay | security | credit | interest-free
    place       its words in the advertisement
    value       the number promised (per cent, CNY, months), None for words; ``upper`` the other end of a range
    per         day | month | year for a rate
    name        the fee, or the method
    bound       "from" (起, 低至: the least), "up-to" (最高, 最长: the most), "" where it is the thing itself
    """

    topic: str
    place: Evidence
    value: Decimal | None = None
    upper: Decimal | None = None
    per: str = ""
    name: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A promise held against the contract: the verdict, why, and the contract's own words."""

    promise: Promise
    match: Match
    reason: str
    written: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class AdvertComparison:
    """An advertisement and the contract, one check for each promise in the order of the advertisement."""

    advert: Report
    contract: Report
    checks: tuple[Check, ...]
