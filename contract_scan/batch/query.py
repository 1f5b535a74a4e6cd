"""Finding cases in the store: by lender, rule, severity, rate and words; what is new since another batch."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from contract_scan.batch.records import Case, Desk, Problem, read_desk
from contract_scan.batch.store import Store
from contract_scan.model import Severity
from contract_scan.segment import search_words


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; everything that is given must hold.

    ``lender`` and ``file`` are parts of a name, ``severity`` is at least so grave, ``above`` per cent a year, ``text``
    words that all occur (in double quotes: exactly these characters), ``new`` only results of the last run.
    """

    lender: str = ""
    file: str = ""
    rule: str = ""
    severity: Severity | None = None
    above: Decimal | None = None
    text: str = ""
    new: bool = False


#: What another batch has already told: (file, fingerprint).
Baseline = Collection[tuple[str, str]]


def find(store: Store, query: Query, *, baseline: Baseline | None = None) -> Desk:
    """The desk with only the cases that hold, and in them only the problems that do."""
    desk = read_desk(store, only=_with_text(store, query.text) if query.text else None)
    last = int(store.recall("run") or 0)
    cases = [_narrowed(case, query, baseline) for case in desk.cases if _holds(case, query, last)]
    asks_problems = bool(query.rule or query.severity or baseline is not None)
    return replace(desk, cases=tuple(case for case in cases if case.counted or not asks_problems))


def read_baseline(folder: Path) -> Baseline:
    """What the batch in another folder has told. Raises ContractScanError."""
    with Store(folder) as store:
        rows = store.rows("SELECT path, fingerprint FROM file JOIN finding USING (key)")
        return {(row["path"], row["fingerprint"]) for row in rows}


def _holds(case: Case, query: Query, last: int) -> bool:
    return (
        query.lender in case.lender
        and any(query.file in name for name in case.names)
        and (query.above is None or (case.rate is not None and case.rate > query.above))
        and (not query.new or case.run == last)
    )


def _narrowed(case: Case, query: Query, baseline: Baseline | None) -> Case:
    return replace(case, problems=tuple(p for p in case.problems if _fits(p, case, query, baseline)))


def _fits(problem: Problem, case: Case, query: Query, baseline: Baseline | None) -> bool:
    return (
        query.rule in ("", problem.rule)
        and (query.severity is None or problem.severity.rank <= query.severity.rank)
        and (baseline is None or not any((name, problem.fingerprint) in baseline for name in case.names))
    )


def _with_text(store: Store, text: str) -> list[str]:
    """The keys of the cases whose text holds the words; what the user types is data, never FTS5 syntax."""
    exact = len(text) > 2 and text[0] in '"“' and text[-1] in '"”'
    if exact:
        rows = store.rows("SELECT key FROM scan WHERE instr(source, ?)", (text[1:-1],))
    else:
        wanted = " AND ".join(f'"{word}"' for word in search_words(text))
        rows = store.rows("SELECT key FROM words WHERE words MATCH ?", (wanted,)) if wanted else []
    return [row["key"] for row in rows]
