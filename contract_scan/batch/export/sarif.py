"""SARIF 2.1.0, for tools that show findings beside the files they are in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from contract_scan.batch.records import Case, Desk, Problem
from contract_scan.batch.store import Store
from contract_scan.model import Severity
from contract_scan.render.safe import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVEL = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}


def sarif(desk: Desk, store: Store) -> bytes:
    """One run. Regions count code points of the text that was read; a problem that is an absence has none."""
    rules: dict[str, Problem] = {}
    results = []
    for case in desk.cases:
        for problem in case.problems:
            rules.setdefault(problem.rule, problem)
            results.append(_result(case, problem, store))
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [{
        "tool": {"driver": {
            "name": "contract-scan",
            "version": desk.tool,
            "rules": [_rule(rules[rule]) for rule in sorted(rules)],
        }},
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "invocations": [{
            "executionSuccessful": desk.finished and not desk.failed,
            "toolExecutionNotifications": [
                _notification(name, one.reason) for one in desk.failed for name in one.names
            ],
        }],
        "properties": {"rulesSha256": desk.rules_sha256, "asOf": desk.as_of},
        "results": results,
    }]}  # fmt: skip
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _rule(problem: Problem) -> dict[str, object]:
    return {
        "id": problem.rule,
        "shortDescription": {"text": problem.title},
        "properties": {"category": problem.category, "severity": problem.severity.value},
    }


def _result(case: Case, problem: Problem, store: Store) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": problem.rule,
        "level": LEVEL[problem.severity],
        "message": {"text": f"{problem.title}：{problem.message}"},
        "locations": list(_locations(case, problem, store)) or [_location(case.names[0])],
        "partialFingerprints": {"contractScan/v1": problem.fingerprint},
        "properties": {"confidence": problem.confidence, "confirmed": problem.confirmed, "ask": problem.ask},
    }
    if problem.suppressed:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": problem.suppressed}]
    return result


def _locations(case: Case, problem: Problem, store: Store) -> Iterator[dict[str, object]]:
    query = 'SELECT quote, start, "end" FROM place WHERE key = ? AND finding = ? ORDER BY number'
    for row in store.rows(query, (problem.key, problem.number)):
        region: dict[str, object] = {"charOffset": row["start"], "charLength": row["end"] - row["start"]}
        if row["quote"] is not None:
            region["snippet"] = {"text": visible(row["quote"])}
        yield _location(case.names[0], region)


def _location(name: str, region: dict[str, object] | None = None) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(name, safe="/")}}
    return {"physicalLocation": place | ({"region": region} if region else {})}


def _notification(name: str, reason: str) -> dict[str, object]:
    return {"level": "error", "message": {"text": reason}, "locations": [_location(name)]}
