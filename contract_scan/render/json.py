"""Report → JSON, a public contract: ``report.schema.json`` beside this file describes every key.

Quotations are exactly ``source.text[start:end]``; write the result with :func:`contract_scan.render.encode`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from contract_scan.model import Basis, Box, Evidence, Fact, Finding, Report, Unjudged
from contract_scan.render.cost_json import cost_tree
from contract_scan.render.reading import reading_line, reading_problems
from contract_scan.render.view import Locator

SCHEMA = "contract-scan-report/1"


def render_json(report: Report) -> str:
    """The report as indented JSON: keys in the order of the schema, Decimals as strings, dates as ISO."""
    return json.dumps(tree(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def tree(report: Report) -> dict[str, object]:
    """The report as plain dicts, lists, strings, whole numbers and box coordinates."""
    versions, contract = report.versions, report.contract
    locator = Locator(contract)
    return {
        "schema": SCHEMA,
        "tool": {
            "version": versions.tool,
            "rules_version": versions.rules,
            "rules_sha256": versions.rules_sha256,
        },
        "source": _source(report),
        "contract": _contract(report),
        "coverage": asdict(report.coverage),
        "summary": {
            "level": report.summary.level.value,
            "sentence": report.summary.sentence,
            "reason": report.summary.reason,
        },
        "assumptions": list(report.assumptions),
        "lender": asdict(report.lender),
        "facts": [_fact(fact, locator) for fact in contract.facts],
        "cost": cost_tree(report.cost),
        "findings": [_finding(finding) for finding in report.findings],
        "undetermined": _unjudged(report.undetermined),
        "not_applicable": _unjudged(report.not_applicable),
        "clear": [{"rule": item.rule, "title": item.title} for item in report.clear],
    }


def _source(report: Report) -> dict[str, object]:
    source = report.source
    return {
        "name": source.name,
        "sha256": source.sha256,
        "format": source.format,
        "pages": report.coverage.pages,
        "unread": list(source.unread),
        "notes": list(source.notes),
        "reading": reading_line(report),
        "problems": list(reading_problems(report)),
        "page_quality": [
            {
                "page": page.number,
                "read_by": page.read_by,
                "confidence": None if page.confidence is None else str(page.confidence),
                "flaws": list(page.flaws),
            }
            for page in source.pages
        ],
    }


def _contract(report: Report) -> dict[str, object]:
    contract = report.contract
    return {
        "kind": contract.kind.value,
        "kind_reason": contract.kind_reason,
        "jurisdiction": contract.jurisdiction.value,
        "lender_type": contract.lender_type.value,
        "lender_reason": contract.lender_reason,
        "borrower_type": contract.borrower_type.value,
        "signed_on": contract.signed_on and contract.signed_on.isoformat(),
        "as_of": contract.as_of.isoformat(),
        "parties": [
            {"role": party.role.value, "aliases": list(party.aliases), "name": party.name} for party in contract.parties
        ],
    }


def _fact(fact: Fact, locator: Locator) -> dict[str, object]:
    return {
        "kind": fact.kind,
        "role": fact.role,
        "value": _value(fact.value),
        "unit": fact.unit,
        "per": fact.per,
        "base": fact.base,
        "timing": fact.timing,
        "payee": fact.payee,
        "derived": bool(fact.derived_from),
        "evidence": [_evidence(locator.evidence(read.span)) for read in _read_facts(fact) if read.span],
    }


def _read_facts(fact: Fact) -> tuple[Fact, ...]:
    """The fact itself, or the read facts it was computed from, each once, in the order of the text."""
    found: dict[Fact, None] = {}
    queue = [fact]
    while queue:
        one = queue.pop()
        if one.span is not None:
            found[one] = None
        queue.extend(one.derived_from)
    return tuple(sorted(found, key=lambda one: one.span or ()))


def _value(value: Decimal | date | str | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if abs(value.adjusted()) < 100 else str(value)


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "title": finding.title,
        "severity": finding.severity.value,
        "effect": finding.effect.value,
        "effect_text": finding.effect_text,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "ask": finding.ask,
        "notes": list(finding.notes),
        "basis": [_basis(basis) for basis in finding.basis],
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "fingerprint": finding.fingerprint,
    }


def _basis(basis: Basis) -> dict[str, object]:
    return {
        "law": basis.id,
        "title": basis.title,
        "article": basis.article,
        "issuer": basis.issuer,
        "number": basis.number,
        "from": basis.valid_from.isoformat(),
        "until": basis.valid_until and basis.valid_until.isoformat(),
        "quote": basis.quote,
        "source": basis.source,
        "verified": basis.verified,
        "checked_on": basis.checked_on.isoformat(),
        "condition": basis.condition,
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "start": evidence.span.start,
        "end": evidence.span.end,
        "quote": evidence.quote,
        "clause": evidence.clause,
        "page": evidence.page,
        "boxes": [_box(box) for box in evidence.boxes if _is_drawn(box)],
    }


def _box(box: Box) -> dict[str, object]:
    corners = {"x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}
    return {"page": box.page, **{name: round(value, 2) for name, value in corners.items()}}


def _is_drawn(box: Box) -> bool:
    return all(map(math.isfinite, (box.x0, box.top, box.x1, box.bottom)))


def _unjudged(items: Iterable[Unjudged]) -> list[dict[str, str]]:
    return [{"rule": item.rule, "title": item.title, "reason": item.reason} for item in items]
