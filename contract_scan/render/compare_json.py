"""A comparison as JSON: ``kind`` is offers, versions or advert; quotations are exactly ``source.text[start:end]``."""

from __future__ import annotations

import json
from decimal import Decimal

from contract_scan.compare import AdvertComparison, Check, OfferComparison, Tracked
from contract_scan.model import Evidence, Finding, Report
from contract_scan.render import compare_view
from contract_scan.render.cost_json import cost_tree

SCHEMA = "contract-scan-compare/1"


def render_compare_json(comparison: compare_view.Comparison) -> str:
    """Indented JSON, Decimals as strings."""
    return json.dumps(compare_tree(comparison), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def compare_tree(comparison: compare_view.Comparison) -> dict[str, object]:
    """The comparison as plain dicts, lists, strings and whole numbers."""
    head: dict[str, object] = {"schema": SCHEMA, "statements": list(compare_view.statements(comparison))}
    if isinstance(comparison, AdvertComparison):
        head |= {"kind": "advert", "advert": _source(comparison.advert), "contract": _source(comparison.contract)}
        return head | {"checks": [_check(check) for check in comparison.checks]}
    if isinstance(comparison, OfferComparison):
        return head | {"kind": "offers", **_offers(comparison)}
    return head | {
        "kind": "versions",
        "similarity": round(comparison.similarity, 4),
        "unchanged": comparison.unchanged,
        "renumbered": comparison.renumbered,
        "clauses": [
            {
                "shift": change.shift.value, "before": change.before, "after": change.after,
                "pieces": [{"kind": piece.kind, "text": piece.text} for piece in change.pieces],
            }
            for change in comparison.clauses
        ],
        "problems": [_tracked(one) for one in comparison.problems],
        "offers": _offers(comparison.offers),
    }  # fmt: skip


def _offers(offers: OfferComparison) -> dict[str, object]:
    return {
        "left": _source(offers.left) | {"cost": cost_tree(offers.left.cost)},
        "right": _source(offers.right) | {"cost": cost_tree(offers.right.cost)},
        "difference": _number(offers.difference),
        "reason": offers.reason,
        "totals_comparable": offers.alike,
        "caution": list(offers.caution),
        "only_left": [_finding(finding) for finding in offers.only_left],
        "only_right": [_finding(finding) for finding in offers.only_right],
        "both": [{"left": _finding(left), "right": _finding(right)} for left, right in offers.both],
    }


def _source(report: Report) -> dict[str, object]:
    return {"name": report.source.name, "sha256": report.source.sha256, "summary": report.summary.level.value}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "ask": finding.ask,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "fingerprint": finding.fingerprint,
    }


def _tracked(one: Tracked) -> dict[str, object]:
    return {
        "fate": one.fate.value,
        "reason": one.reason,
        "finding": _finding(one.finding),
        "new": [_evidence(evidence) for evidence in one.new],
        "gone": [_evidence(evidence) for evidence in one.gone],
    }


def _check(check: Check) -> dict[str, object]:
    promise = check.promise
    return {
        "topic": promise.topic,
        "place": _evidence(promise.place),
        "value": _number(promise.value),
        "upper": _number(promise.upper),
        "per": promise.per,
        "name": promise.name,
        "bound": promise.bound,
        "match": check.match.value,
        "reason": check.reason,
        "written": [_evidence(evidence) for evidence in check.written],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "start": evidence.span.start,
        "end": evidence.span.end,
        "quote": evidence.quote,
        "clause": evidence.clause,
        "page": evidence.page,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
