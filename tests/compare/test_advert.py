"""What was promised against what is written; each row can be checked by hand."""

from __future__ import annotations

import pytest

from contract_scan.checks import Engine
from contract_scan.compare import MOST_PROMISES, Check, Match, compare_advert
from tests.compare.reading import loan, report

YES, NO, NONE, CANNOT = Match.AGREES, Match.DIFFERS, Match.NOT_WRITTEN, Match.CANNOT
PLAIN = loan()
WITH_FEE = loan(fee="乙方在放款时向甲方一次性支付服务费600元，从借款本金中扣除。")
FLAT = loan(rate="月利率0.6%，按月等本等息还款。")
NO_METHOD = loan(rate="年利率12%。")
PREPAY_FEE = loan(prepay="乙方提前还款的，应按剩余本金的3%支付违约金。")
PREPAY_SILENT = loan(prepay="乙方提前还款的，应当提前三日通知甲方。")

#: advertisement, contract, topic, verdict, words of the reason
TABLE = [
    # 12 % a year by equal instalments and no fee: the true rate is 12 %
    ("年化利率12%", PLAIN, "rate", YES, "12.00%"),
    ("月利率1%", PLAIN, "rate", YES, "乘 12 是年化 12.00%"),
    ("月息1分", PLAIN, "rate", YES, "每月 1%"),
    ("年息一分二", PLAIN, "rate", YES, "每年 12%"),
    ("日息0.02%", PLAIN, "rate", NO, "乘 365 是年化 7.30%"),
    ("每万元每天2元", PLAIN, "rate", NO, "年化 7.30%"),
    ("万元日息2元", PLAIN, "rate", NO, "年化 7.30%"),
    ("日利率0.2‰", PLAIN, "rate", NO, "年化 7.30%"),
    ("日息0.02%起", PLAIN, "rate", CANNOT, "只说最低价"),
    ("年化低至3.6%", PLAIN, "rate", CANNOT, "只说最低价"),
    ("年化利率10%-24%", PLAIN, "rate", YES, "不高于"),
    # 0.6 % of the first principal a month is 13.03 %, not 7.2 %
    ("月费率0.6%", FLAT, "rate", NO, "13.03%"),
    ("年化利率12%", WITH_FEE, "rate", NO, "高出"),
    ("年化利率12%", NO_METHOD, "rate", CANNOT, ""),
    ("年化利率12%", loan(rate=""), "rate", NONE, "没有读到利率"),
    ("无任何手续费", PLAIN, "fee", NONE, "也没有写"),
    ("无任何手续费", WITH_FEE, "fee", NO, "服务费"),
    ("零费用", WITH_FEE, "fee", NO, "服务费"),
    ("没有其他费用", WITH_FEE, "fee", NO, "服务费"),
    ("免手续费", WITH_FEE, "fee", CANNOT, "名目不同"),
    ("免服务费", WITH_FEE, "fee", NO, "服务费"),
    ("服务费600元", WITH_FEE, "fee", YES, "数字一样"),
    ("服务费300元", WITH_FEE, "fee", NO, "600 元"),
    ("担保费300元", WITH_FEE, "fee", NONE, "担保费"),
    ("服务费5%", WITH_FEE, "fee", CANNOT, "按比例"),
    ("借款12000元", PLAIN, "amount", YES, "12,000.00 元"),
    ("可借1.2万", PLAIN, "amount", YES, "12,000.00 元"),
    ("可借2万元", PLAIN, "amount", NO, "不是 20,000.00 元"),
    ("最高可借20万", PLAIN, "amount", CANNOT, "最高"),
    ("最高可借20万 月费率低至0.35%", PLAIN, "amount", CANNOT, "最高"),
    ("最高可借20万 月费率低至0.35%", PLAIN, "rate", CANNOT, "只说最低价"),
    ("最高可借1万", PLAIN, "amount", NO, "12,000.00 元"),
    ("全额到账", PLAIN, "received", YES, "12,000.00 元"),
    ("全额到账", WITH_FEE, "received", NO, "少 600.00 元"),
    ("到账12000元", WITH_FEE, "received", NO, "11,400.00 元"),
    ("分12期", PLAIN, "term", YES, "12 个月"),
    ("借款期限1年", PLAIN, "term", YES, "12 个月"),
    ("期限3-24个月", PLAIN, "term", YES, "12 个月"),
    ("最长可借36期", PLAIN, "term", YES, "12 个月"),
    ("分6期还款", PLAIN, "term", NO, "12 个月"),
    ("等额本息", PLAIN, "method", YES, "等额本息"),
    ("先息后本", PLAIN, "method", NO, "等额本息"),
    ("先息后本", NO_METHOD, "method", NONE, "没有读到还款方式"),
    # 12,000 at 1 % a month in 12 equal instalments: 1,066.19
    ("每月还1066.19元", PLAIN, "instalment", YES, "1,066.19"),
    ("每期只还500元", PLAIN, "instalment", NO, "1,066.19"),
    ("提前还款无违约金", PLAIN, "prepay", YES, "也这样写"),
    ("提前还也不收钱的", PLAIN, "prepay", YES, "也这样写"),
    ("提前还款无违约金", PREPAY_FEE, "prepay", NO, "要付钱"),
    ("提前还款无违约金", PREPAY_SILENT, "prepay", CANNOT, "没有写明"),
    ("提前还款无违约金", loan(prepay=""), "prepay", NONE, "写进合同"),
    ("随借随还", PLAIN, "prepay", YES, "循环额度"),
    ("随借随还", PREPAY_FEE, "prepay", NO, "要付钱"),
    ("无抵押", PLAIN, "security", NONE, "没有写"),
    ("无抵押", loan(other="乙方以其房屋抵押给甲方。"), "security", NO, "抵押"),
    ("无抵押", loan(other="本借款为信用贷款，乙方无需提供抵押。"), "security", YES, "也这样写"),
    ("不上征信", loan(other="乙方授权甲方向征信机构报送借款信息。"), "credit", NO, "征信"),
    ("首期免息30天", PLAIN, "interest-free", NONE, "没有写免息"),
    ("首期免息30天", loan(other="首期免息十天。"), "interest-free", CANNOT, "核对天数"),
]  # fmt: skip


def checks(advert: str, contract: str, engine: Engine) -> tuple[Check, ...]:
    return compare_advert(report(advert, engine), report(contract, engine)).checks


@pytest.mark.parametrize(("advert", "contract", "topic", "match", "words"), TABLE)
def test_a_promise_and_the_contract(
    advert: str, contract: str, topic: str, match: Match, words: str, engine: Engine
) -> None:
    found = [check for check in checks(advert, contract, engine) if check.promise.topic == topic]
    assert [check.match for check in found] == [match], [check.reason for check in found]
    assert words in found[0].reason


def test_every_promise_is_quoted_with_its_place(engine: Engine) -> None:
    advert = "限时优惠！\n月费率0.6%，无任何手续费，\n随借随还，提前还款无违约金"
    text = report(advert, engine).source.text
    found = checks(advert, PLAIN, engine)
    places = [check.promise.place for check in found]
    assert [place.quote for place in places] == ["月费率0.6%", "无任何手续费", "随借随还", "提前还款无违约金"]
    assert all(place.span.of(text) == place.quote for place in places)


def test_the_contract_is_quoted_in_its_own_words(engine: Engine) -> None:
    (check,) = checks("无任何手续费", WITH_FEE, engine)
    assert all(evidence.span.of(WITH_FEE) == evidence.quote for evidence in check.written)
    assert "服务费600元" in check.written[0].quote
    assert check.written[0].clause == "第三条"


@pytest.mark.parametrize("advert", ["今天天气很好。", "电话 400-123-4567，地址第12号楼3层", "2026年9月1日开业", ""])
def test_what_is_no_promise_is_not_made_one(advert: str, engine: Engine) -> None:
    assert checks(advert, PLAIN, engine) == ()


def test_a_long_advertisement_is_cut(engine: Engine) -> None:
    assert len(checks("月费率0.6%，" * 200, PLAIN, engine)) == MOST_PROMISES
