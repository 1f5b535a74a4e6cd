"""What a phrase matches: order, gaps, lead-ins, negation, exceptions, word borders. Each row is a contract sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from contract_scan.checks import Engine, judge
from contract_scan.examples import PARTIES
from contract_scan.model import Confidence, ContractKind, LenderType, Options, Outcome, Source, Verdict
from contract_scan.pipeline import read_contract
from contract_scan.rulebook.reader import read_rule

RULE = """
id: probe
title: 探针
severity: high
effect: unfavourable
confidence: certain
check: {check}
why: 原因
ask: 请修改。
basis: [civil-code/496]
examples: {{hit: [a], clear: [b]}}
"""
Judge = Callable[..., tuple[Outcome, list[str]]]


@pytest.fixture(scope="module")
def judge_text(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    folder = tmp_path_factory.mktemp("rules")

    def run(check: str, text: str, *, define: bool = True) -> tuple[Outcome, list[str]]:
        file = folder / "probe.yaml"
        file.write_text(RULE.format(check=check), "utf-8")
        probe = Engine.of(replace(engine.rulebook, rules=(read_rule(file, "disputes"),)))
        day = date(2026, 9, 1)
        options = Options(day, ContractKind.LOAN, LenderType.BANK, None, day)
        source = Source("x", "0" * 64, "text", text)
        contract = read_contract(source, probe.rulebook, options, parties=PARTIES if define else ())
        outcome = next(outcome for _, outcome in judge(contract, probe))
        return outcome, [contract.document.quote(span) for span in outcome.evidence]

    return run


ADJUST = "{kind: phrase, any: ['<lender> … 有权|可以 … 调整 … 利率']}"


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("甲方有权根据市场情况调整本合同利率。", ["甲方有权根据市场情况调整本合同利率"]),
        ("签订之后，甲方可以单方调整利率，乙方知悉。", ["签订之后，甲方可以单方调整利率，乙方知悉"]),
        ("乙方有权调整利率。", []),  # the borrower's power
        ("甲方有权：（1）检查用途；（2）调整利率。", ["调整利率"]),  # the lead-in gives the subject
        ("甲方有权检查用途。利率调整由央行决定。", []),  # two sentences
        ("甲方无权、也不得调整利率。", []),
        ("甲方可以检查，但不得调整利率。", []),  # negated in its own half-sentence
        ("甲方有权\n第二条 调整利率", []),  # a heading is never quoted
    ],
)
def test_a_sequence_in_one_sentence(judge_text: Judge, text: str, quotes: list[str]) -> None:
    outcome, quoted = judge_text(ADJUST, text)
    assert quoted == quotes
    assert outcome.verdict is (Verdict.HIT if quotes else Verdict.CLEAR)


@pytest.mark.parametrize(
    ("check", "text", "hit"),
    [
        ("{kind: phrase, any: ['转让 & 债权']}", "甲方的债权可以转让。", True),  # any order
        ("{kind: phrase, any: ['转让 … 债权']}", "甲方的债权可以转让。", False),
        ("{kind: phrase, any: ['转让 债权']}", "甲方转让其债权。", True),  # adjacent allows a little
        ("{kind: phrase, any: ['转让 债权']}", "甲方转让全部或部分标的债权。", False),
        ("{kind: phrase, any: ['转让 …3 债权']}", "甲方转让本合同债权。", True),
        ("{kind: phrase, within: half, any: ['转让 & 债权']}", "甲方可以转让，债权随之移转。", False),
        ("{kind: phrase, within: pair, any: ['转让 … 通知']}", "甲方可以转让。之后再行通知。", True),
        ("{kind: phrase, negation: false, any: ['转让']}", "乙方不得转让。", True),
        ("{kind: phrase, any: ['转让']}", "乙方不得转让。", False),
        ("{kind: phrase, any: ['拒绝 … 扣款']}", "乙方不得拒绝甲方扣款。", True),  # 不得拒绝 is not a negation
        ("{kind: regex, any: ['第[0-9]{1,3}页']}", "见第12页。", True),
    ],
)
def test_the_notation(judge_text: Judge, check: str, text: str, hit: bool) -> None:
    assert (judge_text(check, text)[0].verdict is Verdict.HIT) is hit


UNLESS = "{kind: phrase, any: ['转让 … 债权'], unless: [{why: 有通知, phrase: 通知 … 乙方}]}"


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("甲方转让债权。", True),
        ("甲方转让债权的，应当通知乙方。", False),
        ("甲方转让债权。其他事项应当通知乙方。", True),  # an exception elsewhere excuses nothing
    ],
)
def test_an_exception_counts_only_where_it_governs(judge_text: Judge, text: str, hit: bool) -> None:
    assert (judge_text(UNLESS, text)[0].verdict is Verdict.HIT) is hit


def test_word_borders_change_a_verdict(judge_text: Judge) -> None:
    check = "{kind: phrase, any: ['行为 … 责任']}"
    assert judge_text(check, "该行为的责任由乙方承担。")[0].verdict is Verdict.HIT
    assert judge_text(check, "银行为借款人承担责任。")[0].verdict is Verdict.CLEAR  # 银行|为, not 行为


def test_an_undefined_party_makes_a_person_check(judge_text: Judge) -> None:
    assert judge_text(ADJUST, "甲方有权调整利率。")[0].confidence is Confidence.CERTAIN
    assert judge_text(ADJUST, "甲方有权调整利率。", define=False)[0].confidence is Confidence.CHECK


def test_one_problem_told_twice_is_one_outcome_with_two_places(judge_text: Judge) -> None:
    _outcome, quotes = judge_text(ADJUST, "甲方有权调整利率。\n乙方同意。\n甲方可以随时调整利率。")
    assert quotes == ["甲方有权调整利率", "甲方可以随时调整利率"]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("乙方不得转让债权。", True),
        ("甲方承诺不转让债权。", False),  # the lender renounces
        ("甲方同意不转让债权。", False),
        ("未经甲方书面同意不得转让债权。", True),  # asking leave is not the lender's promise
        ("未征得甲方许可，不得转让债权。", True),
    ],
)
def test_a_prohibition_is_lifted_only_by_who_may_lift_it(judge_text: Judge, text: str, hit: bool) -> None:
    outcome, _ = judge_text("{kind: phrase, negation: false, any: ['转让']}", text)
    assert (outcome.verdict is Verdict.HIT) is hit
