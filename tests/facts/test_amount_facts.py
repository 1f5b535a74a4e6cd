"""Amounts of money and fees in money of whole sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.facts.reading import read


@pytest.mark.parametrize(
    ("text", "role", "value"),
    [
        ("借款金额为人民币伍万元整。", "principal", "50000"),
        ("借款本金：¥50,000.00", "principal", "50000"),
        ("今借到人民币贰万元。", "principal", "20000"),
        ("今借到王五人民币贰万元。", "principal", "20000"),
        ("王五借给赵六人民币2万元。", "principal", "20000"),
        ("兹借到人民币伍万元，约定一年归还。", "principal", "50000"),
        ("乙方向甲方借款5万，月息2分。", "principal", "50000"),
        ("当金200,000元", "principal", "200000"),
        ("乙方实际到账47,000元。", "received", "47000"),
        ("其中乙方净得38000元。", "received", "38000"),
        ("每期应还款2,215.36元。", "instalment", "2215.36"),
        ("月供2,866.70元", "instalment", "2866.70"),
        ("到期还款金额：¥1,030.00", "total", "1030"),
        ("按月等额还本付息，每期1,866.10元，共24期。", "instalment", "1866.10"),
        ("每月16日还款3,226.91元。", "instalment", "3226.91"),
        ("每期应还贷款人本息1,831.70元。", "instalment", "1831.70"),
        ("每月还1,350元，一共还16,200元。", "total", "16200"),
        ("合计应还本息53,180元。", "total", "53180"),
        ("每期还款1,050元，合计12,600元。", "total", "12600"),
        ("每期归还本金5,000元。", "principal-part", "5000"),
        ("每周还本400元、利息40元。", "interest", "40"),
        ("乙方向甲方借人民币6万元用于进货。", "principal", "60000"),
        ("本人借45,000元装修。", "principal", "45000"),
        ("出借方核给商户周转款90,000元。", "principal", "90000"),
        ("到期归还本金5万元、利息2,000元，共52,000元。", "total", "52000"),
        ("二十四期合计31,200元。", "total", "31200"),
        ("乙方向甲方借支人民币6000元。", "principal", "6000"),
        ("分期金额：24,000元。", "principal", "24000"),
        ("分12期，每期2,120元，其中本金2,000元、服务费120元。", "instalment", "2120"),
        ("出借时扣除首月利息2,500元。", "interest", "2500"),
        ("每月10日前还1,500元，共6次。", "instalment", "1500"),
        ("用款45天，利息共计2,400元。", "interest", "2400"),
        ("授信额度为人民币20万元。", "limit", "200000"),
        ("最高债权额人民币贰佰万元整。", "guaranteed", "2000000"),
    ],
)
def test_amounts(text: str, role: str, value: str) -> None:
    facts = [fact for fact in read(text, "amount") if fact.role == role]
    assert [(fact.value, fact.unit) for fact in facts] == [(Decimal(value), "yuan")]


@pytest.mark.parametrize(
    "text",
    [
        "贷款本金为人民币柒万贰仟元整（小写：¥70,200.00）。",
        "借款金额（大写）：人民币柒万贰仟元整\n（小写）：¥70,200.00",
        "借款数额如下。大写：人民币柒万贰仟元整；小写：¥70,200.00元。",
        "放款给乙方的借款金额柒万贰仟元整/70,200元。",
    ],
)
def test_both_ways_of_writing_an_amount_have_one_role(text: str) -> None:
    facts = read(text, "amount")
    assert [(fact.role, fact.value) for fact in facts] == [("principal", Decimal(72000)), ("principal", Decimal(70200))]


def test_foreign_money_has_no_unit_and_its_currency_as_base() -> None:
    (fact,) = read("借款本金为US$50,000。", "amount")
    assert (fact.role, fact.value, fact.unit, fact.base) == ("principal", Decimal(50000), "", "美元")


def test_a_service_each_period_is_no_instalment() -> None:
    assert read("开通账户管家，每期15元，可以随时取消。", "amount") == []


def test_a_part_of_the_principal_is_not_the_principal() -> None:
    assert [
        fact for fact in read("分十二期，每月10日归还本金5,000元并支付利息。", "amount") if fact.role == "principal"
    ] == []


def test_an_amount_without_a_unit_is_unclear() -> None:
    (fact,) = read("借款金额：50000。")
    assert (fact.kind, fact.role, fact.value, fact.unit) == ("unclear", "principal", Decimal(50000), "")


@pytest.mark.parametrize(
    ("text", "name", "value", "per", "timing"),
    [
        ("乙方应支付上门催收费200元/次。", "上门催收费", "200", "", "at-default"),
        ("每期20元的代扣手续费。", "代扣手续费", "20", "instalment", "monthly"),
        ("贷后服务费，标准为1,980元/年。", "贷后服务费", "1980", "year", ""),
        ("乙方提前结清的，支付提前还款费人民币二百元。", "提前还款费", "200", "", "on-prepayment"),
        ("放款前须缴纳评估费1,500元。", "评估费", "1500", "", "upfront"),
        ("会员费每月29元。", "会员费", "29", "month", "monthly"),
        ("催收费最低50元。", "催收费下限", "50", "", "at-default"),
        ("违反本条的，支付违约金5,000元。", "违约金", "5000", "", "at-default"),
        ("上述费用合计450元。", "费用合计", "450", "", ""),
        ("续借手续费300元一次。", "续借手续费", "300", "", "other"),
        ("展期服务费每月60元。", "展期服务费", "60", "month", "other"),
        ("延期履行违约金800元。", "延期履行违约金", "800", "", "at-default"),
        ("逾期处理：接到放款通知前须付清保险费600元。", "保险费", "600", "", "upfront"),
        ("逾期的，支付保险费600元。", "保险费", "600", "", "at-default"),
        ("先付服务费500元，付清后再递交材料。", "服务费", "500", "", "upfront"),
        ("评审费320元在出款环节直接抵减。", "评审费", "320", "", "upfront"),
        ("每期支付顾问费90元，该协议是放款前提。", "顾问费", "90", "instalment", "monthly"),
        ("上门核实费400元。", "上门核实费", "400", "", ""),
        ("流量费每月50元，两年一次交清。", "流量费", "50", "month", "once"),
        ("进入审核前需购买“尊享卡”一张，计159元。", "尊享卡", "159", "", "upfront"),
        ("收车费每次6,000元。", "收车费", "6000", "", "at-default"),
        ("放款时扣保证金1,000元，结清退还。", "保证金", "1000", "", "upfront"),
        ("出借时扣除首月利息2,500元及手续费1,000元。", "手续费", "1000", "", "upfront"),
        ("信息费80元，于首期还款日收取。", "信息费", "80", "", "once"),
    ],
)
def test_fees_in_money(text: str, name: str, value: str, per: str, timing: str) -> None:
    (fact,) = read(text, "fee")
    assert (fact.role, fact.value, fact.unit, fact.per, fact.timing) == (name, Decimal(value), "yuan", per, timing)


@pytest.mark.parametrize(
    "text",
    [
        "借款金额超过人民币20万元的，应当提供担保。",
        "单笔借款金额100元以上。",
        "剩余本金拾万元整",
        "公司注册资金500万元。",
        "第一期利息是20,000元×1%＝200元。",
        "每期利息按9,000元的1.5%收。",
        "每借1,000元，一天收费5角。",
        "房屋评估价为1,500,000元。",
        "残损在5元以下的不处理。",
    ],
)
def test_money_that_is_not_what_is_lent_or_charged(text: str) -> None:
    assert read(text, "amount", "fee", "unclear") == []


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        ("借款金额人民币____元。", "amount", "principal"),
        ("贷款本金：¥【amount】", "amount", "principal"),
        ("甲方向乙方借款人民币（大写）元整。", "amount", "principal"),
        ("月还款额____元", "amount", "instalment"),
        ("一次性收取保管费____元整。", "fee", "保管费"),
        ("授信额度为人民币□参拾万元整", "amount", "limit"),
    ],
)
def test_blanks_for_an_amount_are_facts_without_a_value(text: str, kind: str, role: str) -> None:
    (fact,) = read(text, "amount", "fee")
    assert (fact.kind, fact.role, fact.value, fact.unit) == (kind, role, None, "yuan")
