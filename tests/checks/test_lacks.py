"""kind lacks: a sentence that makes the borrower pay, and what it leaves out: named, and asked for exactly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contract_scan import load_engine, scan_text
from contract_scan.checks import Engine
from contract_scan.errors import RuleError
from contract_scan.model import Finding, Options

HEAD = "借款合同\n甲方（出借人）：沈望\n乙方（借款人）：何青\n丙方（平台）：青屿网络科技有限公司\n"
OPTIONS = Options(as_of=date(2026, 9, 25))
WHO, TO, MUCH, BASE, OFTEN, WHEN, CAP = (
    "由谁付", "付给谁", "收多少", "比例按什么算", "收一次还是每期收", "什么时候收", "最多多少",
)  # fmt: skip

#: sentence, rule, what it leaves out
NAMED = [
    ("乙方应当向丙方支付服务费，收费标准以平台公示为准。", "fee-amount-unspecified", {MUCH, OFTEN, WHEN}),
    ("放款时乙方应当向丙方支付一次性服务费，收费标准以平台公示为准。", "fee-amount-unspecified", {MUCH}),
    ("服务费的收费标准以公示为准。", "fee-amount-unspecified", {WHO, TO, MUCH, OFTEN, WHEN}),
    ("乙方每月还款日前向丙方支付服务费，金额以平台通知为准。", "fee-amount-unspecified", {MUCH}),
    ("乙方逾期的，按甲方制度收取逾期费用。", "penalty-rate-missing", {MUCH, "按什么算", "按天还是按月算", CAP}),
    ("乙方逾期的，罚息利率为0.05%。", "penalty-rate-missing", {"按什么算", "按天还是按月算", CAP}),
    ("乙方承担催收费，每次上门500元。", "fee-recovery-cost-uncapped", {"凭什么算", CAP}),
    ("乙方承担催收费，每次上门500元，合计不超过1000元。", "fee-recovery-cost-uncapped", {"凭什么算"}),
    ("乙方逾期的，每日支付2%的违约金。", "penalty-daily-rate-high", {BASE, CAP}),
    ("乙方逾期的，每日按逾期本金的2%支付违约金，累计不超过100元。", "penalty-daily-rate-high", set()),
]

#: what says everything, or refers to where it is said, is left alone
QUIET = [
    "乙方逾期的，按逾期本金每日万分之五支付罚息。",
    "乙方逾期的，罚息利率为每日0.05%。",
    "乙方逾期的，罚息利率在合同利率基础上加收50%。",
    "乙方逾期的，按照下列公式计算罚息，罚息利率为0.05%：罚息＝逾期本金×罚息利率×逾期天数。",
    "乙方提前还款的，支付违约金为剩余本金的1%。",
    "乙方逾期的，不收取0.05%的罚息。",
    "丙方于放款当日向乙方一次性收取借款本金1%的服务费。",
]


def findings(text: str, engine: Engine) -> dict[str, Finding]:
    return {finding.rule: finding for finding in scan_text(HEAD + text, engine, OPTIONS).findings}


def left_out(finding: Finding) -> set[str]:
    told = finding.message.partition("这里没有写明：")[2].rstrip("。")
    return set(told.split("、")) if told else set()


@pytest.mark.parametrize(("sentence", "rule", "missing"), NAMED)
def test_a_finding_names_what_its_sentence_leaves_out(
    sentence: str, rule: str, missing: set[str], engine: Engine
) -> None:
    assert left_out(findings(sentence, engine)[rule]) == missing


@pytest.mark.parametrize("sentence", QUIET)
def test_a_sentence_that_tells_enough_is_left_alone(sentence: str, engine: Engine) -> None:
    assert not {"penalty-rate-missing", "fee-amount-unspecified"} & findings(sentence, engine).keys()


def test_the_question_asks_exactly_for_what_is_missing(engine: Engine) -> None:
    full = findings("乙方应当向丙方支付服务费，收费标准以平台公示为准。", engine)["fee-amount-unspecified"]
    assert full.ask == "请写明：收多少（金额，或者比例和计算公式）；收一次还是每期都收；什么时候、什么情况下收。"
    only = findings("放款时乙方应当向丙方支付一次性服务费，收费标准以平台公示为准。", engine)["fee-amount-unspecified"]
    assert only.ask == "请写明：收多少（金额，或者比例和计算公式）。"


def test_a_thing_left_out_in_some_places_only_is_counted(engine: Engine) -> None:
    text = "乙方应当向丙方支付服务费，收费标准以平台公示为准。\n放款时乙方一次性向丙方支付管理费，金额以丙方通知为准。"
    finding = findings(text, engine)["fee-amount-unspecified"]
    assert left_out(finding) == {MUCH, f"{OFTEN}（2 处中的 1 处）", f"{WHEN}（2 处中的 1 处）"}


RULE = """id: entry-fee
title: 入会费没写清
severity: low
effect: unfavourable
check:
  kind: lacks
  any: [<borrower> … 支付 … 入会费]
  must: [{must}]
  parts:
    - {{name: 收多少, ask: 收多少, {shown}}}
why: 没写清。
ask: 请写明。
basis: [civil-code/496]
examples:
  hit: [乙方应当支付入会费。]
  clear: [乙方应当支付入会费30元。, 乙方不支付入会费。]
"""


def rulebook(folder: Path, must: str = "收多少", shown: str = "shown: [<money>]") -> Path:
    (folder / "hidden-fees").mkdir(exist_ok=True)
    (folder / "hidden-fees" / "entry-fee.yaml").write_text(RULE.format(must=must, shown=shown), "utf-8")
    return folder


def test_a_rule_of_its_own_is_data(tmp_path: Path) -> None:
    engine = load_engine(rulebook(tmp_path))
    assert findings("乙方应当支付入会费。", engine)["entry-fee"].ask == "请写明：收多少。"
    assert "entry-fee" not in findings("乙方应当支付入会费30元。", engine)
    assert "entry-fee" not in findings("乙方不支付入会费。", engine)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"must": "没有这样"}, "must 里只能是"),
        ({"shown": "shwon: [<money>]"}, "是不是想写 shown"),
        ({"shown": "when: [<money>]"}, "看到什么就算写明了"),
        ({"shown": "facts: [{fact: {kind: fee}, attribute: colour}]"}, "attribute 可用"),
    ],
)
def test_a_mistake_in_such_a_rule_is_explained(change: dict[str, str], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=complaint):
        load_engine(rulebook(tmp_path, **change))
