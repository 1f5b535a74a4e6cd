"""Rates, penalties and percentage fees of whole sentences. 甲方 lends, 乙方 borrows, 丙方 is the platform."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.facts.reading import read


@pytest.mark.parametrize(
    ("text", "role", "value", "per"),
    [
        ("借款年利率为15.4%。", "contract", "15.4", "year"),
        ("双方约定月息2分，按月支付。", "contract", "2", "month"),
        ("利息按每万元每天2元计算。", "contract", "0.02", "day"),
        ("每期利率0.75%，共12期。", "contract", "0.75", "instalment"),
        ("每期应付利息按贷款本金的1.1%计收。", "contract", "1.1", "instalment"),
        ("综合融资成本：年化27.6%。", "disclosed", "27.6", "year"),
        ("利息和服务费合计年利率18%。", "disclosed", "18", "year"),
        ("对应年化利率（IRR法）13.03%。", "disclosed", "13.03", "year"),
        ("本贷款的APR为12%。", "disclosed", "12", "year"),
        ("逾期的，每日按未还本金的0.1%收取罚息。", "overdue", "0.1", "day"),
        ("乙方应自逾期之日起按日万分之五支付违约金。", "overdue", "0.05", "day"),
        ("滞纳金比例：0.15%/日。", "overdue", "0.15", "day"),
        ("逾期部分按年利率19%计算。", "overdue", "19", "year"),
        ("乙方未按时还款的，每日按欠款的千分之一支付。", "overdue", "0.1", "day"),
        ("乙方挪用借款的，自挪用之日起按日利率万分之八计收违约金。", "misuse", "0.08", "day"),
        ("未付利息按日万分之五计收复利。", "compound", "0.05", "day"),
        ("最高不超过年化24%的利率。", "contract-max", "24", "year"),
        ("日利率不低于0.02%。", "contract-min", "0.02", "day"),
        ("逾期违约金按日万分之三计算。", "overdue", "0.03", "day"),
        ("每日以三万元为基数缴付万分之六的罚息。", "overdue", "0.06", "day"),
        ("甲方借款给乙方2万元，一年后归还，不计利息。", "contract", "0", "year"),
        ("除仍按前条利率计付迟延利息外，每逾一日并应按未清偿金额千分之一加付惩罚性违约金。", "overdue", "0.1", "day"),
        ("日息万五。", "contract", "0.05", "day"),
        ("月利7厘五。", "contract", "0.75", "month"),
        ("日费率0.04%。", "contract", "0.04", "day"),
        ("利息两分，一个月一结。", "contract", "2", "month"),
        ("利钱每万每月二百，月底付。", "contract", "2", "month"),
        ("罚息总额=欠款×罚息利率×逾期天数\n罚息利率：0.05%", "overdue", "0.05", "day"),
        ("逾期费\n每天\n0.08%", "overdue", "0.08", "day"),
        ("逾期不满30天的，按日0.05%支付违约金；超过30天的，0.1%。", "overdue", "0.05", "day"),
    ],
)
def test_rates(text: str, role: str, value: str, per: str) -> None:
    fact = read(text, "rate")[0]
    assert (fact.role, fact.value, fact.unit, fact.per) == (role, Decimal(value), "percent", per)


def test_a_range_is_two_facts() -> None:
    facts = read("贷款年利率15%至24%。", "rate")
    assert [(f.role, f.value, f.per) for f in facts] == [
        ("contract-min", Decimal(15), "year"),
        ("contract-max", Decimal(24), "year"),
    ]


@pytest.mark.parametrize(
    ("text", "role", "value", "base"),
    [
        ("逾期贷款的罚息利率在合同利率基础上上浮50%。", "overdue", "50", "合同利率"),
        ("逾期的，按合同利率的150%计收罚息。", "overdue", "50", "合同利率"),
        ("逾期罚息利率为合同利率的1.5倍。", "overdue", "50", "合同利率"),
        ("挪用借款的，按约定利率加收100%的罚息。", "misuse", "100", "合同利率"),
        ("逾期部分加收利息30%。", "overdue", "30", "合同利率"),
        ("逾期的，在执行利率之上加收五成作为罚息。", "overdue", "50", "合同利率"),
        ("逾期的，按人民银行同期贷款利率的四倍计收罚息。", "overdue", "400", "人民银行同期贷款利率"),
        ("本合同利率不得超过一年期LPR的四倍。", "contract-max", "400", "LPR"),
        ("贷款利率按LPR上浮30%执行。", "contract", "130", "LPR"),
        ("利率为LPR×（1+20%）。", "contract", "120", "LPR"),
    ],
)
def test_multiples_of_another_rate(text: str, role: str, value: str, base: str) -> None:
    (fact,) = read(text, "rate")
    assert (fact.role, fact.value, fact.unit, fact.per, fact.base) == (role, Decimal(value), "percent", "", base)


def test_a_multiple_told_again_as_a_rate_keeps_its_meaning() -> None:
    facts = read("逾期利率按合同利率上浮50%执行，即年利率23.1%。", "rate")
    assert [(f.role, f.value, f.per) for f in facts] == [
        ("overdue", Decimal(50), ""),
        ("overdue", Decimal("23.1"), "year"),
    ]


def test_the_second_of_two_multiples_needs_no_name() -> None:
    facts = read("逾期的，罚息利率按合同利率上浮50%；挪用的，上浮100%。", "rate")
    assert [(f.role, f.value) for f in facts] == [("overdue", Decimal(50)), ("misuse", Decimal(100))]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("执行利率为1年期LPR加120BP。", 120),
        ("利率=LPR+120基点", 120),
        ("五年期以上LPR减30个基点", -30),
        ("利率为LPR加1.9个百分点。", 190),
        ("利率采用LPR+2%。", 200),
    ],
)
def test_spreads_over_the_lpr_are_basis_points(text: str, points: int) -> None:
    (fact,) = read(text, "rate")
    assert (fact.role, fact.value, fact.unit) == ("lpr-spread", Decimal(points), "bp")


@pytest.mark.parametrize(
    ("text", "role", "value", "unit"),
    [
        ("借款利率12%。", "contract", "12", "percent"),
        ("罚息利率：0.05%", "overdue", "0.05", "percent"),
        ("本合同利率为24厘。", "contract", "24", ""),
        ("利率为12，期限一年", "contract", "12", ""),
        ("每月分期手续费=贷款总额×6%/11。", "分期手续费", "6", "percent"),
    ],
)
def test_units_and_periods_are_never_guessed(text: str, role: str, value: str, unit: str) -> None:
    (fact,) = read(text, "unclear", "rate", "fee")
    assert (fact.kind, fact.role, fact.value, fact.unit) == ("unclear", role, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "name", "value", "base", "timing", "payee"),
    [
        ("放款时一次性扣除借款本金3%的服务费。", "服务费", "3", "借款本金", "upfront", ""),
        ("乙方每月按借款金额的0.5%向丙方支付账户管理费。", "账户管理费", "0.5", "借款金额", "monthly", "platform"),
        ("担保费为年化1.2%，由丁方收取。", "担保费", "1.2", "", "", "guarantor"),
        ("提前还款的，应按剩余本金的3%支付违约金。", "违约金", "3", "剩余本金", "on-prepayment", ""),
        ("乙方违约的，应向甲方支付借款总额20%的违约金。", "违约金", "20", "借款总额", "at-default", "lender"),
        ("逾期管理费每日按借款金额的0.5%计收。", "逾期管理费", "0.5", "借款金额", "at-default", ""),
        ("平台服务费率：0.4%/月", "平台服务费", "0.4", "", "monthly", ""),
        ("手续费=贷款金额×0.8%×20%", "手续费", "0.16", "贷款金额", "", ""),
        ("违约金累计不超过借款本金的20%。", "违约金上限", "20", "借款本金", "at-default", ""),
        ("违约金按日计收，累计以本金的百分之十为限。", "违约金上限", "10", "本金", "at-default", ""),
        ("保险费（按贷款额的1%计算）由乙方承担。", "保险费", "1", "贷款额", "", ""),
        ("未提用的额度，按年0.5%缴付承诺费。", "承诺费", "0.5", "", "other", ""),
        ("居间费为借款金额的5%，于签约当日付清。", "居间费", "5", "借款金额", "upfront", ""),
        ("居间费为借款金额的5%，银行放款后十日内付清。", "居间费", "5", "借款金额", "", ""),
        ("资金汇出时，贷款方从本金中留下2%的保证金。", "保证金", "2", "", "upfront", ""),
        ("乙方另付代偿款12%作为法律服务费。", "法律服务费", "12", "代偿款", "at-default", ""),
        (
            "借款人应向丙方支付服务费：借款本金的3.5%，于放款日一次性收取。",
            "服务费",
            "3.5",
            "借款本金",
            "upfront",
            "platform",
        ),
        ("丙方按本金的3%向乙方收取风险准备金。", "风险准备金", "3", "本金", "", "platform"),
        ("提前还款的，收取提前归还本金的2%。", "提前还款费用", "2", "提前归还本金", "on-prepayment", ""),
        (
            "提前还款的，放款后第一年内按剩余本金的3%支付违约金。",
            "违约金（放款后第一年内）",
            "3",
            "剩余本金",
            "on-prepayment",
            "",
        ),
        ("借款金额百分之二的展期服务费。", "展期服务费", "2", "借款金额", "other", ""),
    ],
)
def test_fees_in_percent(text: str, name: str, value: str, base: str, timing: str, payee: str) -> None:
    (fact,) = read(text, "fee", "rate")
    assert (fact.kind, fact.role, fact.value, fact.unit) == ("fee", name, Decimal(value), "percent")
    assert (fact.base, fact.timing, fact.payee) == (base, timing, payee)


def test_a_daily_penalty_does_not_lend_its_period_to_the_next_one() -> None:
    (fact,) = read("逾期的，我们按日收罚息，同时收取应还金额5%的违约金。", "fee", "rate")
    assert (fact.kind, fact.role, fact.value, fact.per) == ("fee", "违约金", Decimal(5), "")


def test_what_the_lender_pays_is_no_penalty_of_the_borrower() -> None:
    (fact,) = read("甲方未按期放款的，每日按未放款额的万分之三向乙方支付违约金。", "fee", "rate")
    assert (fact.kind, fact.payee) == ("fee", "borrower")


@pytest.mark.parametrize(
    "text",
    [
        "乙方持股比例不低于51%。",
        "抵押率不得超过70%。",
        "市场报价利率上行超过100个基点时，甲方可以通知乙方。",
        "违约金高于实际损失30%的，可以请求减少。",
        "由主管部门补贴年利率2%。",
        "假设年利率12%，每月还款1,000元。",
        "我们无法保证信息百分之百安全。",
        "预付款为合同总额的30%。",
        "借款保证金不计利息。",
        "借款提前归还部分不计利息。",
    ],
)
def test_percentages_that_are_no_price_of_the_loan(text: str) -> None:
    assert read(text, "rate", "fee", "unclear") == []


@pytest.mark.parametrize(
    ("text", "kind", "role", "per"),
    [
        ("借款年利率为____%。", "rate", "contract", "year"),
        ("月利率 ‰", "rate", "contract", "month"),
        ("罚息利率为每日【 】%。", "rate", "overdue", "day"),
        ("支付借款总额____%的违约金。", "fee", "违约金", ""),
        ("服务费率：____%/月", "fee", "服务费", "month"),
        ("利率=LPR+【 】个基点", "rate", "lpr-spread", ""),
    ],
)
def test_blanks_for_a_rate_are_facts_without_a_value(text: str, kind: str, role: str, per: str) -> None:
    (fact,) = read(text, "rate", "fee", "unclear")
    assert (fact.kind, fact.role, fact.value, fact.per) == (kind, role, None, per)


def test_a_blank_nobody_names_is_left_out() -> None:
    assert read("乙方占____%，甲方占____%。", "rate", "fee", "unclear") == []


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("乙方应支付平台服务费，标准为借款金额的9%。\n前款平台服务费由丙方在放款时从借款本金中一次性扣除。", "upfront"),
        ("手续费为借款本金的3%。手续费自放款之日从贷款本金中扣收。", "upfront"),
        ("乙方应支付平台服务费，标准为借款金额的9%。\n前款平台服务费不得从借款本金中扣除。", ""),
        ("乙方应支付平台服务费，标准为借款金额的9%。\n放款时从借款本金中扣除评审费200元。", ""),
        ("平台服务费为每月借款金额的1%。\n逾期的平台服务费从还款账户扣收。", "monthly"),
        ("乙方支付丙方撮合费，为借款本金的4%。\n以上费用在放款时从借款中一次扣收。", "upfront"),
        ("乙方支付丙方撮合费，为借款本金的4%。\n付清上述费用是出借的前提。", "upfront"),
        ("乙方支付丙方撮合费，为借款本金的4%。\n以上费用不在放款时扣收。", ""),
        ("乙方每月支付丙方撮合费，为借款本金的0.4%。\n以上费用在放款时从借款中一次扣收。", "monthly"),
        ("撮合费标准为借款本金的4%。\n平台代借款人划款时先行留下撮合费。", "upfront"),
        ("撮合费标准为借款本金的4%。\n平台划款时不扣撮合费。", ""),
        ("撮合费标准为借款本金的4%，撮合费与第一期应还款一并收取。", "once"),
        ("撮合费标准为借款本金的4%。\n撮合费不随首期还款收取。", ""),
    ],
)
def test_another_sentence_may_say_when_a_fee_is_due(text: str, timing: str) -> None:
    assert [fact.timing for fact in read(text, "fee") if fact.unit == "percent"] == [timing]
