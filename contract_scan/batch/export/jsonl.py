"""JSON Lines: one line for each contract with its whole report, then one for each file that has none."""

from __future__ import annotations

import json
from collections.abc import Iterator

from contract_scan.batch.records import Desk
from contract_scan.batch.store import Store


def jsonl(desk: Desk, store: Store) -> Iterator[bytes]:
    """Line by line: ``{"files": […], "suppressed": {rule: why}, "confirmed": {fingerprint: who}, "report": {…}}``.

    A file without a report: ``{"files": […], "failure": "…"}``. ``report`` is null once the texts are purged.
    """
    for line in _lines(desk, store):
        yield f"{line}\n".encode("utf-8", "replace")


def _lines(desk: Desk, store: Store) -> Iterator[str]:
    for case in desk.cases:
        head = {
            "files": list(case.names),
            "suppressed": {problem.rule: problem.suppressed for problem in case.problems if problem.suppressed},
            "confirmed": {problem.fingerprint: problem.confirmed for problem in case.problems if problem.confirmed},
        }
        report = store.rows("SELECT json(report) AS report FROM scan WHERE key = ?", (case.key,))[0]["report"]
        yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "report": {report or "null"}}}'
    for one in desk.failed:
        yield json.dumps({"files": list(one.names), "failure": one.reason}, ensure_ascii=False)
