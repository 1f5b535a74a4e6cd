"""Twenty short contracts in as many manners: every figure is read, and the card equals the arithmetic beside each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.cost.deals import Deal, card, contract, level
from tests.cost.more_deals import MORE

D = Decimal

#: 1. Bank, 等额本息: 120,000 at 4.8 % in 24 months. i = 0.4 %; the instalment is 5,254.93… and nothing else is paid,
#: so the true rate is the contract's: 12 × 0.4 % = 4.8 %. 24 instalments, the last one 5 fen off by rounding.
BANK = Deal(
    "bank-level-instalments",
    """个人消费贷款合同
贷款人：禾川商业银行股份有限公司
借款人：陆知行
第一条 贷款人同意向借款人发放贷款人民币壹拾贰万元整（¥120,000.00）。
第二条 贷款期限为24个月。
第三条 贷款年利率为4.80%，按月计息，采用等额本息方式还款。
第四条 借款人逾期的，逾期贷款的罚息利率在合同利率基础上加收50%。
签订日期：2026年8月3日
""",
    frozenset(
        {
            ("amount", "principal", D(120000), "yuan", "", ""),
            ("term", "loan", D(24), "month", "", ""),
            ("rate", "contract", D("4.8"), "percent", "year", ""),
            ("repayment-method", "", "等额本息", "", "", ""),
            ("rate", "overdue", D(50), "percent", "", ""),
        }
    ),
    received="120000",
    total_paid=str(level(120000, 0.004, 24) * 24),
    simple=D("4.80"),
)

#: 2. Microloan shop, flat: 20,000, 0.65 % a month on the first principal, 12 months, 800 withheld, 0.45 % guarantee.
#: Each month 20,000 / 12 + 130 + 90 = 1,886.67; 19,200 arrives. 12 × IRR = 31.58 %, not 7.8 %.
FLAT = Deal(
    "flat-with-fees",
    """小额贷款借款合同
甲方（贷款人）：榆桥小额贷款有限公司
乙方（借款人）：周砚
丙方（平台）：青柿网络科技有限公司
丁方（担保人）：恒垫融资担保有限公司
一、借款金额：人民币20,000元；借款期限：12个月。
二、月利率0.65%，按等本等息方式还款。
三、丙方向乙方收取技术服务费800元，由甲方在放款时从本金中直接扣除。
四、乙方每月按借款本金的0.45%向丁方支付担保费。
签订日期：2026年9月28日
""",
    frozenset(
        {
            ("amount", "principal", D(20000), "yuan", "", ""),
            ("term", "loan", D(12), "month", "", ""),
            ("rate", "contract", D("0.65"), "percent", "month", ""),
            ("repayment-method", "", "等本等息", "", "", ""),
            ("fee", "技术服务费", D(800), "yuan", "", "upfront"),
            ("fee", "担保费", D("0.45"), "percent", "month", "monthly"),
        }
    ),
    received="19200",
    total_paid=str(D("1886.67") * 11 + D("1886.63")),
    simple=D("31.58"),
)

#: 3. A note between friends, everything at the end: 30,000, 8 % a year, 10 months.
#: Interest 30,000 × 8 % × 10 / 12 = 2,000; 2,000 / 30,000 / 10 × 12 = 8 %.
NOTE = Deal(
    "note-at-the-end",
    """借条
今借到沈望人民币叁万元整（小写：30000元），借款期限10个月，年利率8%，到期一次性还本付息。
逾期不还的，逾期期间按年利率12%计付利息。
出借人：沈望
借款人：何青
2026年9月20日
""",
    frozenset(
        {
            ("amount", "principal", D(30000), "yuan", "", ""),
            ("term", "loan", D(10), "month", "", ""),
            ("rate", "contract", D(8), "percent", "year", ""),
            ("repayment-method", "", "一次性还本付息", "", "", ""),
            ("rate", "overdue", D(12), "percent", "year", ""),
        }
    ),
    received="30000",
    total_paid="32000",
    simple=D("8.00"),
)

#: 4. Interest by the month, principal at the end, two per cent a month told as 月息2分: 50,000, 6 months.
#: 50,000 × 2 % = 1,000 a month, 50,000 + 6,000 in all; 12 × 2 % = 24 %.
MONTHLY_INTEREST = Deal(
    "interest-first",
    """借款协议
甲方（出借人）：冯川
乙方（借款人）：尤溪
1. 甲方借给乙方人民币5万元，借款期限6个月。
2. 利息按月息2分计算，乙方按月付息，到期还本。
签订日期：2026年10月8日
""",
    frozenset(
        {
            ("amount", "principal", D(50000), "yuan", "", ""),
            ("term", "loan", D(6), "month", "", ""),
            ("rate", "contract", D(2), "percent", "month", ""),
            ("repayment-method", "", "先息后本", "", "", ""),
        }
    ),
    received="50000",
    total_paid="56000",
    simple=D("24.00"),
)

#: 5. Equal principal: 36,000 at 6 % in 12 months: 3,000 of principal each month and 0.5 % of what is left:
#: 180, 165, … 15: together 1,170. The true rate is 6 %.
EQUAL_PRINCIPAL = Deal(
    "equal-principal",
    """装修贷款合同
贷款人：望岚农村商业银行股份有限公司
借款人：苏禾
第一条　借款金额为人民币叁万陆仟元（￥36,000.00）。
第二条　借款期限为12个月，自实际放款之日起计算。
第三条　借款利率为年利率6.00%，还款方式为等额本金，每月20日还款。
签订日期：2026年7月1日
""",
    frozenset(
        {
            ("amount", "principal", D(36000), "yuan", "", ""),
            ("term", "loan", D(12), "month", "", ""),
            ("rate", "contract", D(6), "percent", "year", ""),
            ("repayment-method", "", "等额本金", "", "", ""),
        }
    ),
    received="36000",
    total_paid=str(36000 + sum(D(3000) * left * D("0.005") for left in range(12, 0, -1))),
    simple=D("6.00"),
)

#: 6. Short loan by the day: 3,000 for 30 days at 0.05 % a day with a year of 360 days, 90 withheld for checking.
#: Interest 3,000 × 0.0005 × 30 = 45; 2,910 arrives, 3,045 goes back: 135 / 2,910 × 360 / 30 = 55.67 %.
DAYS = Deal(
    "thirty-days",
    """借款合同
出借人：砚湖小额贷款有限公司
借款人：卢青
第一条 借款金额：人民币3,000元。
第二条 借款期限：30天。
第三条 日利率0.05%，一年按360天计算，到期一次性还本付息。
第四条 放款时从借款中扣除信息审核费90元。
签订日期：2026年11月2日
""",
    frozenset(
        {
            ("amount", "principal", D(3000), "yuan", "", ""),
            ("term", "loan", D(30), "day", "", ""),
            ("rate", "contract", D("0.05"), "percent", "day", ""),
            ("day-count", "", D(360), "day", "year", ""),
            ("repayment-method", "", "一次性还本付息", "", "", ""),
            ("fee", "信息审核费", D(90), "yuan", "", "upfront"),
        }
    ),
    received="2910",
    total_paid="3045",
    simple=(D(135) / D(2910) * 12 * 100).quantize(D("0.01")),
)

#: 7. Only the instalment is written: 10,000, 12 × 1,000. The well-known 35.07 %.
INSTALMENT_ONLY = Deal(
    "only-the-instalment",
    """分期借款确认书
出借人：云麓消费金融有限公司
借款人：许乔
借款金额：10,000元；借款期限：12个月；每期还款1,000元。
签订日期：2026年10月20日
""",
    frozenset(
        {
            ("amount", "principal", D(10000), "yuan", "", ""),
            ("term", "loan", D(12), "month", "", ""),
            ("amount", "instalment", D(1000), "yuan", "", ""),
        }
    ),
    received="10000",
    total_paid="12000",
    simple=D("35.07"),
)

#: 8. Interest taken from the loan: 100,000 written, 97,000 arrives (the first month at 3 %), 3 months, interest first.
#: 97,000 in, then 0, 3,000, 103,000. At i = 3.0312 %: 3,000 / 1.061543 + 103,000 / 1.093720 = 97,000; 12 × i = 36.37 %.
WITHHELD = Deal(
    "first-interest-withheld",
    """借款协议
出借人：贺兰
借款人：闻舟
一、出借人借给借款人人民币壹拾万元整（¥100,000.00），借款人实际到账金额为97,000元。
二、借款期限3个月，月利率3%，先息后本。
签订日期：2026年9月6日
""",
    frozenset(
        {
            ("amount", "principal", D(100000), "yuan", "", ""),
            ("amount", "received", D(97000), "yuan", "", ""),
            ("term", "loan", D(3), "month", "", ""),
            ("rate", "contract", D(3), "percent", "month", ""),
            ("repayment-method", "", "先息后本", "", "", ""),
        }
    ),
    received="97000",
    total_paid="106000",
    simple=D("36.37"),
)

#: 9. A fee of instalments instead of interest: 7,200 in 12 instalments, 0.6 % of the principal each, no interest.
#: 7,200 / 12 + 43.20 = 643.20 a month: 12 × IRR = 13.03 %, not 7.2 %.
CARD = Deal(
    "card-instalments",
    """账单分期协议
贷款人：禾川商业银行股份有限公司
持卡人（借款人）：田野
1 分期金额即借款金额为人民币7,200元，期限12个月，等额本金还款。
2 年利率0%，每月另按借款本金的0.6%收取分期手续费。
签订日期：2026年10月1日
""",
    frozenset(
        {
            ("amount", "principal", D(7200), "yuan", "", ""),
            ("term", "loan", D(12), "month", "", ""),
            ("rate", "contract", D(0), "percent", "year", ""),
            ("repayment-method", "", "等额本金", "", "", ""),
            ("fee", "分期手续费", D("0.6"), "percent", "month", "monthly"),
        }
    ),
    received="7200",
    total_paid=str(7200 + D("43.20") * 12),
    simple=D("13.03"),
)

#: 10. LPR + 300 basis points (3.00 % + 3.00 % = 6 %), a one-off fee with the first instalment, dates instead of a term:
#: 60,000 over 2026-10-10 to 2027-10-10, interest first: 300 a month; 600 of fee in month 1. At i = 0.586037 %:
#: 300 × (1 − 1.072636^−1) / i = 3,466.5, 600 / 1.005860 = 596.5, 60,000 / 1.072636 = 55,937.0; together 60,000; 7.03 %.
FLOATING = Deal(
    "lpr-and-dates",
    """流动资金借款合同
贷款人：望岚农村商业银行股份有限公司
借款人：豆香面馆
第一条 借款金额人民币60,000元整。
第二条 借款起始日为2026年10月10日，到期日为2027年10月10日。
第三条 借款利率为一年期LPR加300个基点，按月结息，到期还本。
第四条 首期还款时一次性支付账户管理费600元。
签订日期：2026年10月10日
""",
    frozenset(
        {
            ("amount", "principal", D(60000), "yuan", "", ""),
            ("date", "start", date(2026, 10, 10), "", "", ""),
            ("date", "end", date(2027, 10, 10), "", "", ""),
            ("rate", "lpr-spread", D(300), "bp", "", ""),
            ("repayment-method", "", "先息后本", "", "", ""),
            ("fee", "账户管理费", D(600), "yuan", "", "once"),
        }
    ),
    received="60000",
    total_paid=str(60000 + 300 * 12 + 600),
    simple=D("7.03"),
)
DEALS = (
    BANK, FLAT, NOTE, MONTHLY_INTEREST, EQUAL_PRINCIPAL, DAYS, INSTALMENT_ONLY, WITHHELD, CARD, FLOATING,
    *MORE,
)  # fmt: skip


@pytest.mark.parametrize("deal", DEALS, ids=lambda deal: deal.name)
def test_every_figure_is_read(deal: Deal) -> None:
    found = {
        (fact.kind, fact.role, fact.value, fact.unit, fact.per, fact.timing)
        for fact in contract(deal).facts
        if fact.span and fact.role not in ("signed", "due", "implied")
    }
    assert found == deal.facts


@pytest.mark.parametrize("deal", DEALS, ids=lambda deal: deal.name)
def test_the_card_equals_the_arithmetic(deal: Deal) -> None:
    made = card(deal)
    assert made.needed == ()
    assert made.received == D(deal.received)
    assert made.total_paid is not None
    assert abs(made.total_paid - D(deal.total_paid)) <= D("0.30")  # the last instalment takes the rounding
    assert made.simple is not None
    assert round(made.simple, 2) == deal.simple
    assert len(made.conflicts) == deal.conflicts
    assert made.low is None


@pytest.mark.parametrize("deal", DEALS, ids=lambda deal: deal.name)
def test_the_rate_can_be_recomputed_from_the_rows(deal: Deal) -> None:
    made = card(deal)
    assert made.simple is not None
    assert abs(made.rows[-1].owed) < D("0.005")
    assert sum(row.principal for row in made.rows) + made.rows[0].paid >= made.rows[0].balance
    assert round(sum((share.points for share in made.shares), D(0)), 6) == round(made.simple, 6)


@pytest.mark.parametrize("deal", DEALS, ids=lambda deal: deal.name)
def test_the_true_cost_is_a_fact_that_rests_on_the_stated_ones(deal: Deal) -> None:
    derived = [fact for fact in contract(deal).facts if fact.role == "true-cost"]
    assert [fact.value for fact in derived] == [deal.simple]
    assert all(fact.span for fact in derived[0].derived_from)
