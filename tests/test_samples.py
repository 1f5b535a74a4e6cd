"""What a scan of each sample must give; the expectations were written by hand before any scan existed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from contract_scan import load_engine, scan
from contract_scan.model import Level, Options, Report, Severity

HERE = Path(__file__).resolve().parents[1] / "samples"
SAMPLES = sorted(path.parent.name for path in HERE.glob("*/expected.yaml"))
FAIR = ("fair-bank-loan", "fair-private-loan")


@dataclass(frozen=True)
class Place:
    """A problem at a place, as letters without blanks (a PDF breaks lines where it likes)."""

    rule: str
    words: str
    sure: bool = True


def squeezed(text: str) -> str:
    return re.sub(r"\s|\t|\||（(?:[0-9]|[一二三四五六七八九十])+）", "", text)


@lru_cache
def expected(sample: str) -> dict:
    return yaml.safe_load((HERE / sample / "expected.yaml").read_text("utf-8"))


@lru_cache
def report(sample: str) -> Report:
    path = next((HERE / sample).glob("contract.*"))
    return scan(path, engine(), Options(as_of=expected(sample).get("options", {}).get("as_of", date(2026, 11, 25))))


@lru_cache
def engine():
    return load_engine()


def labels(sample: str) -> list[Place]:
    return [
        Place(p["id"], squeezed(p["quote"]), p.get("certainty") != "arguable")
        for p in expected(sample).get("problems", [])
    ]


def found(sample: str) -> list[Place]:
    return [Place(f.rule, squeezed(e.quote)) for f in report(sample).findings for e in f.evidence]


def fit(one: str, other: str) -> bool:
    """One holds the other, or they share half of the label."""
    if one in other or other in one:
        return True
    shared = max((len(one) - i for i in range(len(one)) if other.startswith(one[i:])), default=0)
    shared = max(shared, max((len(other) - i for i in range(len(other)) if one.startswith(other[i:])), default=0))
    return 2 * shared >= min(len(one), len(other))


each = pytest.mark.parametrize("sample", SAMPLES)


@each
def test_what_the_contract_is(sample: str) -> None:
    contract, wanted = report(sample).contract, expected(sample)
    got = {
        "kind": contract.kind.value,
        "lender_type": contract.lender_type.value,
        "borrower_type": contract.borrower_type.value,
        "jurisdiction": contract.jurisdiction.value,
        "signed_on": contract.signed_on,
    }
    if wanted["kind"] == "not_loan":
        del got["lender_type"], got["borrower_type"]  # nobody lends and nobody borrows
    assert got == {key: wanted.get(key) for key in got}


@each
def test_every_problem_is_found_where_it_stands(sample: str) -> None:
    places = found(sample)
    missed = [
        p for p in labels(sample) if p.sure and not any(p.rule == f.rule and fit(p.words, f.words) for f in places)
    ]
    assert missed == []


@each
def test_nothing_else_is_reported(sample: str) -> None:
    known = labels(sample)
    tolerated = expected(sample).get("tolerate")
    wrong = [
        Place(f.rule, squeezed(e.quote))
        for f in report(sample).findings
        for e in f.evidence
        if not (tolerated and f.severity is Severity.LOW)
        and not any(f.rule == k.rule and fit(k.words, squeezed(e.quote)) for k in known)
    ]
    assert wrong == []


@each
def test_what_is_missing(sample: str) -> None:
    told = {f.rule for f in report(sample).findings if not f.evidence}
    assert told == set(expected(sample).get("missing", []))


@each
def test_near_misses_are_left_alone(sample: str) -> None:
    near = [(n["id"], squeezed(n["quote"])) for n in expected(sample).get("near_misses", [])]
    hit = [(f.rule, f.words) for f in found(sample) if any(f.rule == rule and f.words in words for rule, words in near)]
    assert hit == []


@pytest.mark.parametrize("sample", FAIR)
def test_a_fair_contract_gets_no_alarm_and_no_clean_bill(sample: str) -> None:
    summary = report(sample).summary
    assert report(sample).findings == ()
    assert summary.level is Level.NOTHING_FOUND
    assert "未发现问题" in summary.sentence
    assert "安全" not in summary.sentence + summary.reason


def test_both_traps_of_the_negated_probe() -> None:
    rules = {f.rule for f in report("probe-negated").findings}
    assert "rate-compound-interest" not in rules  # 本合同不计收复利
    assert "unilateral-rate-change" in rules  # 书面同意 elsewhere excuses nothing
