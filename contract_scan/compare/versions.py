"""Two versions of one contract: what was changed, which problems came, went and stayed."""

from __future__ import annotations

from collections.abc import Iterator

from contract_scan.compare.clauses import blocks_of, compare_clauses
from contract_scan.compare.offers import compare_offers
from contract_scan.compare.values import Fate, Tracked, VersionComparison
from contract_scan.model import Evidence, Finding, Report

#: Two files that share this much of their wording are taken for versions of one contract.
VERSIONS_FROM = 0.5
_SHINGLE = 8


def similarity(old: Report, new: Report) -> float:
    """How much of the wording of the shorter text also stands in the other, from 0 to 1 (runs of eight characters)."""
    first, second = _shingles(old), _shingles(new)
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


def _shingles(report: Report) -> set[str]:
    text = "".join(report.contract.document.text.split())
    return {text[at : at + _SHINGLE] for at in range(max(len(text) - _SHINGLE + 1, 0))}


def compare_versions(old: Report, new: Report) -> VersionComparison:
    """The later version against the earlier one; problems gained come first, then solved, open, kept."""
    clauses, unchanged, renumbered = compare_clauses(blocks_of(old.contract), blocks_of(new.contract))
    problems = sorted(_tracked(old, new), key=lambda one: list(Fate).index(one.fate))
    return VersionComparison(
        old=old,
        new=new,
        similarity=similarity(old, new),
        clauses=clauses,
        unchanged=unchanged,
        renumbered=renumbered,
        problems=tuple(problems),
        offers=compare_offers(old, new),
    )


def _tracked(old: Report, new: Report) -> Iterator[Tracked]:
    before = {finding.rule: finding for finding in old.findings}
    after = {finding.rule: finding for finding in new.findings}
    for rule, finding in after.items():
        if rule not in before:
            yield _arrived(old, finding)
        else:
            yield _kept(before[rule], finding)
    for rule, finding in before.items():
        if rule not in after:
            yield _left(new, finding)


def _arrived(old: Report, finding: Finding) -> Tracked:
    if reason := _unjudged(old, finding.rule):
        return Tracked(Fate.OPEN, finding, new=finding.evidence, reason=f"旧版这一项没能判断：{reason}")
    return Tracked(Fate.GAINED, finding, new=finding.evidence)


def _left(new: Report, finding: Finding) -> Tracked:
    """Solved only where the later version was really judged; an unread page may still hold the problem."""
    reason = _unjudged(new, finding.rule)
    if not reason and (new.coverage.unread or new.source.unread):
        reason = "新版有的页没有读出文字。"
    if reason:
        return Tracked(Fate.OPEN, finding, gone=finding.evidence, reason=f"新版这一项没能判断：{reason}")
    return Tracked(Fate.SOLVED, finding, gone=finding.evidence)


def _kept(before: Finding, after: Finding) -> Tracked:
    return Tracked(Fate.KEPT, after, _only(after.evidence, before.evidence), _only(before.evidence, after.evidence))


def _only(ours: tuple[Evidence, ...], theirs: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    known = {"".join(evidence.quote.split()) for evidence in theirs}
    return tuple(evidence for evidence in ours if "".join(evidence.quote.split()) not in known)


def _unjudged(report: Report, rule: str) -> str:
    items = (*report.undetermined, *report.not_applicable)
    return next((item.reason for item in items if item.rule == rule), "")
