"""Facts that were computed: a rule can compare them, quotes what they rest on, and never counts them as written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contract_scan import load_engine, scan_text
from contract_scan.checks.facts import places
from contract_scan.model import Fact, LenderType, Options, Span

RULE = """id: true-cost-above-four-times-lpr
title: 加上费用超过四倍LPR
severity: high
effect: not-supported
applies: {lender_type: private}
check:
  kind: compare
  fact: {kind: rate, role: true-cost}
  op: ">"
  limit: {parameter: four-times-lpr}
why: 把费用算进去，年化超过民间借贷的线。
ask: 请把费用减到线以内。
basis: [private-lending-interpretation/25]
examples:
  hit:
    - "甲方借给乙方人民币10,000元，借款期限12个月，年利率10%，先息后本，服务费⟦放款时一次性扣除500元⟧。"
  clear:
    - "甲方借给乙方人民币10,000元，借款期限12个月，年利率10%，先息后本。"
"""
TEXT = """借款合同
甲方（出借人）：沈望
乙方（借款人）：何青
第一条 甲方借给乙方人民币10,000元，借款期限12个月，年利率10%。
第二条 还款方式为先息后本，放款时扣除服务费{fee}元。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "hidden-fees").mkdir()
    (folder / "hidden-fees" / "true-cost-above-four-times-lpr.yaml").write_text(RULE, "utf-8")
    return folder


def test_a_rule_compares_the_true_cost_and_quotes_the_figures_it_rests_on(rules: Path) -> None:
    engine = load_engine(rules)
    options = Options(as_of=date(2026, 9, 25), lender_type=LenderType.PRIVATE)
    found = {}
    for fee in (500, 20):  # 10,000 × 10 % and 500 of 10,000: above 12 %; with 20: 10.4 %
        report = scan_text(TEXT.format(fee=fee), engine, options)
        found[fee] = [one for one in report.findings if one.rule == "true-cost-above-four-times-lpr"]
    assert found[20] == []
    quotes = "".join(evidence.quote for evidence in found[500][0].evidence)
    assert "10%" in quotes
    assert "500元" in quotes


def test_the_places_of_a_derived_fact_are_those_of_its_sources() -> None:
    one, other = Fact("rate", span=Span(3, 5)), Fact("fee", span=Span(9, 12))
    first = Fact("rate", "true-cost", derived_from=(one, other))
    second = Fact("rate", "twice", derived_from=(first, one))
    assert places(one) == (Span(3, 5),)
    assert set(places(second)) == {Span(3, 5), Span(9, 12)}
