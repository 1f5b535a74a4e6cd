"""What an adviser sees of the store: cases (contracts) and their problems, with suppressions and confirmations."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contract_scan.batch.store import Store
from contract_scan.batch.suppress import Suppression, unpacked
from contract_scan.model import LenderType, Level, Severity

#: What is unknown may be anything, so it stands before 留意.
ORDER = (Level.STOP, Level.NEGOTIATE, Level.UNDETERMINED, Level.NOTICE, Level.NOTHING_FOUND)

#: Everything but the texts, which are what makes a store large.
SCANS = """
    SELECT key, sha256, run, failure, title, level, reason, kind, lender, lender_type, signed_on, principal, received,
      total_paid, total_cost, rate, rate_low, rate_high, compound, stated, no_cost, unread, rules_sha256, tool, sketch,
      report IS NOT NULL AS has_text
    FROM scan"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of one contract; ``quote`` is its first place ("" when missing or purged), ``places`` how many.

    ``suppressed`` says why it is not counted, ``confirmed`` who has confirmed it ("" where nobody has).
    """

    key: str
    number: int
    rule: str
    category: str
    title: str
    severity: Severity
    effect: str
    effect_text: str
    confidence: str
    message: str
    ask: str
    fingerprint: str
    quote: str
    clause: str
    page: int | None
    places: int
    suppressed: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One contract, with all files that hold it. Money in CNY, rates in per cent a year; None where not known."""

    key: str
    sha256: str
    names: tuple[str, ...]
    run: int
    title: str
    level: Level
    reason: str
    kind: str
    lender: str
    lender_type: LenderType
    signed_on: str
    principal: Decimal | None
    received: Decimal | None
    total_paid: Decimal | None
    total_cost: Decimal | None
    rate: Decimal | None
    rate_low: Decimal | None
    rate_high: Decimal | None
    compound: Decimal | None
    stated: Decimal | None
    no_cost: str
    unread: int
    sketch: str
    problems: tuple[Problem, ...] = ()
    has_text: bool = True

    @property
    def counted(self) -> tuple[Problem, ...]:
        """The problems that are not suppressed."""
        return tuple(problem for problem in self.problems if not problem.suppressed)

    def count(self, severity: Severity) -> int:
        """How many counted problems have this severity."""
        return sum(problem.severity is severity for problem in self.counted)


@dataclass(frozen=True, slots=True)
class Failed:
    """Files with the same bytes that have no report, and what to do."""

    names: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything of the last run: cases in the order of an overview, files without a report, and what produced it."""

    cases: tuple[Case, ...]
    failed: tuple[Failed, ...]
    as_of: str
    rules_sha256: str
    tool: str
    finished: bool
    suppressions: tuple[Suppression, ...] = field(default=())

    @property
    def failed_files(self) -> int:
        """How many files have no report."""
        return sum(len(one.names) for one in self.failed)

    @property
    def confirmed(self) -> bool:
        """Whether every counted problem has been confirmed by a person."""
        return all(problem.confirmed for case in self.cases for problem in case.counted)


def read_desk(store: Store, *, only: Iterable[str] | None = None) -> Desk:
    """The last run; *only* the cases with these keys where given (files without a report are then left out)."""
    suppressions = _in_force(store)
    names = _names(store)
    wanted = set(names) if only is None else set(names) & set(only)
    rows = [row for row in store.rows(SCANS) if row["key"] in wanted]
    done = [row for row in rows if not row["failure"]]
    problems = _problems(store, wanted)
    cases = [_case(row, names[row["key"]], problems[row["key"]], suppressions) for row in done]
    first = done[0] if done else {"rules_sha256": "", "tool": ""}
    return Desk(
        tuple(sorted(cases, key=_weight)),
        tuple(_failed(store, names, rows)) if only is None else (),
        store.recall("as_of") or "",
        first["rules_sha256"],
        first["tool"],
        store.finished,
        suppressions,
    )


def _in_force(store: Store) -> tuple[Suppression, ...]:
    day = store.recall("as_of") or date.max.isoformat()
    return tuple(item for item in unpacked(store.recall("suppressions")) if item.until.isoformat() >= day)


def _names(store: Store) -> Mapping[str, tuple[str, ...]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for row in store.rows("SELECT path, key FROM file WHERE key <> '' ORDER BY path"):
        names[row["key"]].append(row["path"])
    return {key: tuple(paths) for key, paths in names.items()}


def _problems(store: Store, wanted: set[str]) -> Mapping[str, list[sqlite3.Row]]:
    query = """
        SELECT f.*, p.quote, p.clause, p.page, s.sha256, c.who,
          (SELECT count(*) FROM place AS n WHERE n.key = f.key AND n.finding = f.number) AS places
        FROM finding AS f
        JOIN scan AS s ON s.key = f.key
        LEFT JOIN place AS p ON p.key = f.key AND p.finding = f.number AND p.number = 0
        LEFT JOIN confirmed AS c ON c.sha256 = s.sha256 AND c.rule = f.rule AND c.fingerprint = f.fingerprint
        ORDER BY f.key, f.number"""
    found: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in store.rows(query):
        if row["key"] in wanted:
            found[row["key"]].append(row)
    return found


def _case(
    row: sqlite3.Row, names: tuple[str, ...], problems: list[sqlite3.Row], suppressions: tuple[Suppression, ...]
) -> Case:
    lender = row["lender"] or ""
    money = {
        name: None if row[name] is None else Decimal(row[name])
        for name in (
            "principal", "received", "total_paid", "total_cost", "rate", "rate_low", "rate_high", "compound", "stated",
        )
    }  # fmt: skip
    found = [_problem(problem, names, lender, suppressions) for problem in problems]
    return Case(
        key=row["key"],
        sha256=row["sha256"],
        names=names,
        run=row["run"],
        title=row["title"],
        level=Level(row["level"]),
        reason=row["reason"],
        kind=row["kind"],
        lender=lender,
        lender_type=LenderType(row["lender_type"]),
        signed_on=row["signed_on"] or "",
        no_cost=row["no_cost"],
        unread=row["unread"] or 0,
        sketch=row["sketch"],
        problems=tuple(sorted(found, key=lambda problem: (problem.severity.rank, problem.number))),
        has_text=bool(row["has_text"]),
        **money,
    )


def _problem(row: sqlite3.Row, names: tuple[str, ...], lender: str, suppressions: tuple[Suppression, ...]) -> Problem:
    why = next((str(item) for item in suppressions if item.covers(row["rule"], names, lender)), "")
    return Problem(
        row["key"], row["number"], row["rule"], row["category"], row["title"], Severity(row["severity"]),
        row["effect"], row["effect_text"], row["confidence"], row["message"], row["ask"], row["fingerprint"],
        row["quote"] or "", row["clause"] or "", row["page"], row["places"], why, row["who"] or "",
    )  # fmt: skip


def _failed(store: Store, names: Mapping[str, tuple[str, ...]], rows: list[sqlite3.Row]) -> list[Failed]:
    unread = store.rows("SELECT path, failure FROM file WHERE key = ''")
    failed = [Failed((row["path"],), row["failure"]) for row in unread]
    failed += [Failed(names[row["key"]], row["failure"]) for row in rows if row["failure"]]
    return sorted(failed, key=lambda one: one.names)


def _weight(case: Case) -> tuple[int, Decimal, tuple[str, ...]]:
    return ORDER.index(case.level), -case.rate if case.rate is not None else Decimal(1), case.names
