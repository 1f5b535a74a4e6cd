"""Short contracts told loosely: what arrives, what is paid, and the true rate, by the arithmetic beside each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.cost.deals import Deal, card

D = Decimal
#: name, text, received, paid in all, true yearly rate
TABLE = [
    (
        # 36,000 − 2 %; 36,000 × 0.9 % / (1 − 1.009^−18) = 2,175.34 eighteen times
        "withheld-share",
        """消费贷款合同
贷款人：云麓消费金融有限公司
借款人：丁禾
一、贷款金额：人民币叁万陆仟元整（小写：36000.00元）；
二、贷款期限：18期，按月还款；
三、贷款利率：年化10.8%，等额本息；
四、贷款发放时，贷款人从贷款资金中一次性扣划2%的评审费。
""",
        "35280", "39156.12", "13.45",
    ),
    (
        # 1 % a month of 20,000 six times, then the principal
        "note-by-the-month",
        """借条
本人于文，因开店周转，今向表哥柳青借款贰万元整（20000元），期限半年，月息一分，每月底付息，到期一次还清本金。
借款人：于文  2026年8月1日
""",
        "20000", "21200", "12.00",
    ),
    (
        # 8,000 − 200; 6 × 1,500: 7,800 = 1,500 × (1 − (1 + i)^−6) / i at i = 4.2483 %
        "only-instalments",
        """小额借款协议书
出借方：榆桥小额贷款有限公司
借款方：莫寒
借款总额：8,000元。还款：分6个月，每月10日前还1,500元，共计9,000元。
借款方须在签约当日支付资料审核费200元。
""",
        "7800", "9000", "50.98",
    ),
    (
        # twelve quarters of 12,500 and 0.9875 % of what is left: 150,000 × 0.009875 × 13 / 2 = 9,628.13
        "equal-principal-by-quarter",
        """个人经营贷款合同
贷款人：望岚农村商业银行股份有限公司
借款人：豆香面馆（经营者：何田）
1、贷款金额15万元，期限3年。
2、利率：以签约日前一日一年期LPR（3.0%）加95个基点确定，为年利率3.95%。
3、还款方式：等额本金，按季还款。
""",
        "150000", "159628.13", "3.95",
    ),
    (
        # 9,600 − 288; 800 + 144 + 39 = 983 twelve times
        "flat-with-membership",
        """借款及服务合同
出借人：砚湖小额贷款有限公司
借款人：安宁
借款本金9,600元，分12个月归还，每月还本800元，月利率1.5%（以9,600元为基数计算，不随本金减少而减少）。
借款人每月另付会员服务费39元；放款前一次性缴纳意外险保费288元。
""",
        "9312", "11796", "46.07",
    ),
    (
        # 2,400 / 80,000 / 45 × 365
        "interest-as-a-sum",
        """短期周转借款合同
甲方（出借人）：闵川
乙方（借款人）：岑溪
乙方向甲方借款人民币80,000元，用款45天，利息共计2,400元，到期本息一并归还。
""",
        "80000", "82400", "24.33",
    ),
    (
        # 10,000 − 1,000 kept and given back; 100 × 120: 365 × IRR
        "by-the-day",
        """日还贷协议
甲方：砚湖小额贷款有限公司（贷款人）
乙方：豆香面馆（借款人）
借款10,000元，期限100天，每日还款120元，共还12,000元。放款时扣保证金1,000元，结清退还。
""",
        "9000", "11000", "164.99",
    ),
    (
        # 525 and 199 with the first of twelve 1,301.36 + 120: 525 is kept on the day of lending
        "fees-of-three-payees",
        """网络借款协议
出借人：望岚信托有限公司
借款人：苏禾
平台方：青柿网络科技有限公司
担保方：恒垫融资担保有限公司
借款本金：¥15,000.00；借款期限：12期（月）；年利率：7.5%；还款方式：等额本息。
借款人应向平台方支付服务费：借款本金的3.5%，于放款日一次性收取；
向担保方支付担保费：每期按初始借款本金的0.8%，随每期还款支付；
咨询费：首期还款日收取199元。
""",
        "14475", "17255.36", "34.12",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "received", "paid", "simple"), TABLE, ids=[row[0] for row in TABLE])
def test_the_card(name: str, text: str, received: str, paid: str, simple: str) -> None:
    made = card(Deal(name, text, frozenset(), received, paid, D(simple)))
    assert made.needed == ()
    assert made.received == D(received)
    assert made.total_paid is not None
    assert abs(made.total_paid - D(paid)) <= D("0.30")
    assert made.simple is not None
    assert (round(made.simple, 2), made.low) == (D(simple), None)
