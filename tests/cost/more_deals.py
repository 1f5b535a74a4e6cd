"""Ten more short contracts, in manners the first ten do not have: intervals, tiers, grace, balloons, deposits."""

from __future__ import annotations

from decimal import Decimal

from tests.cost.deals import Deal, level

D = Decimal

#: 1. Interest every quarter, principal at the end: 200,000 × 5.4 % / 4 = 2,700 four times. 4 × 1.35 % = 5.4 %.
QUARTERLY = Deal(
    "interest-each-quarter",
    """流动资金贷款合同
贷款银行：榆桥农村商业银行股份有限公司
借款企业：青檐木作有限公司
第二条 贷款金额（大写）贰拾万元整，贷款期限壹年。
第三条 固定年利率5.4%，按季结息，结息日为每季末月的20日，贷款到期一次性归还本金。
签订日期：2026年9月1日
""",
    frozenset(
        {
            ("amount", "principal", D(200000), "yuan", "", ""),
            ("term", "loan", D(12), "month", "", ""),
            ("term", "interval", D(3), "month", "", ""),
            ("rate", "contract", D("5.4"), "percent", "year", ""),
            ("repayment-method", "", "先息后本", "", "", ""),
        }
    ),
    received="200000",
    total_paid="210800",
    simple=D("5.40"),
)

#: 2. Every two weeks: 10,000 back in 13 payments of 850. 10,000 = 850 × (1 − (1 + i)^−13) / i at i = 1.457827 %;
#: 26 such periods make a year: 37.90 %.
FORTNIGHTLY = Deal(
    "every-two-weeks",
    """借钱约定
我叫郝远，今天从贺兰那里借了一万块钱（10000元），分13次还，每两周还一次，每次还850元。
出借人：贺兰
借款人：郝远
2026年10月11日
""",
    frozenset(
        {
            ("amount", "principal", D(10000), "yuan", "", ""),
            ("term", "loan", D(13), "instalment", "", ""),
            ("term", "interval", D(14), "day", "", ""),
            ("amount", "instalment", D(850), "yuan", "", ""),
        }
    ),
    received="10000",
    total_paid="11050",
    simple=D("37.90"),
)

#: 3. A form of labels and values: 30,000, 12 % a year in 6 level instalments of 5,176.45; 10 % kept back as a deposit
#: and given back with the last one, 5 % kept back as a fee. 30,000 − 3,000 − 1,500 = 25,500 arrives;
#: 5 × 5,176.45 and 2,176.45 go back: 12 × IRR = 36.45 %.
FORM = Deal(
    "form-with-deposit",
    """借款信息确认单
出借方 | 云麓小额贷款有限公司 | 借款方 | 柴桑
借款本金 | 30,000.00元 | 借款期限 | 6个月
年化利率 | 12% | 还款方式 | 等额本息
一、放款时从借款本金中扣留履约保证金，为借款本金的10%，全部还清后无息退还。
二、放款时一并扣收渠道服务费，为借款本金的5%。
签署日期：2026年10月16日
""",
    frozenset(
        {
            ("amount", "principal", D(30000), "yuan", "", ""),
            ("term", "loan", D(6), "month", "", ""),
            ("rate", "contract", D(12), "percent", "year", ""),
            ("repayment-method", "", "等额本息", "", "", ""),
            ("fee", "履约保证金", D(10), "percent", "", "upfront"),
            ("fee", "渠道服务费", D(5), "percent", "", "upfront"),
        }
    ),
    received="25500",
    total_paid=str(level(30000, 0.01, 6) * 6 - 3000),
    simple=D("36.45"),
)

#: 4. A rate that rises: 12,000 in 12 equal parts of principal; 0.5 % of what is left in months 1 to 3 (60 + 55 + 50),
#: then 1.5 % (135 + 120 + … + 15 = 675). 12,840 in all; 12 × IRR = 12.78 %.
TIERED = Deal(
    "rate-that-rises",
    """个人借款协议
甲方（借款人）：申屠安
乙方（出借人）：闵行舟
一、甲方向乙方借款人民币12,000元，期限12个月，按等额本金方式逐月归还。
二、前三期月利率为0.5%，其后各期月利率为1.5%。
签订日期：2026年8月21日
""",
    frozenset(
        {
            ("amount", "principal", D(12000), "yuan", "", ""),
            ("term", "loan", D(12), "month", "", ""),
            ("rate", "contract", D("0.5"), "percent", "month", "1-3"),
            ("rate", "contract", D("1.5"), "percent", "month", "4-"),
            ("repayment-method", "", "等额本金", "", "", ""),
        }
    ),
    received="12000",
    total_paid="12840",
    simple=D("12.78"),
)

#: 5. Two months free: 60,000 for 6 months, nothing in months 1 and 2, 600 a month (1 %) from the third, all at the end.
#: 62,400 in all; 12 × IRR = 7.95 %.
FREE_MONTHS = Deal(
    "two-months-free",
    """借款合同
贷款人：禾川商业银行股份有限公司
借款人：宋砚秋
1. 本合同项下贷款金额为￥60,000元，自放款之日起6个月到期。
2. 前2个月免息，自第3个月起按月利率1%计收利息，利息按月支付，本金到期一次性归还。
签订日期：2026年7月15日
""",
    frozenset(
        {
            ("amount", "principal", D(60000), "yuan", "", ""),
            ("term", "loan", D(6), "month", "", ""),
            ("rate", "contract", D(0), "percent", "month", "1-2"),
            ("rate", "contract", D(1), "percent", "month", "3-"),
            ("repayment-method", "", "先息后本", "", "", ""),
        }
    ),
    received="60000",
    total_paid="62400",
    simple=D("7.95"),
)

#: 6. A balloon: 120,000, 35 × 2,500 and 60,000 at the end: 147,500 in all; 12 × IRR = 10.05 %.
BALLOON = Deal(
    "balloon",
    """汽车贷款合同
贷款人：砚湖汽车金融有限公司
借款人：楼青
1.1 贷款本金：人民币120,000元
1.2 贷款期限：36个月
1.3 第1期至第35期每期还款2,500元，第36期还款60,000元（尾款）。
签署日期：2026年8月30日
""",
    frozenset(
        {
            ("amount", "principal", D(120000), "yuan", "", ""),
            ("term", "loan", D(36), "month", "", ""),
            ("amount", "instalment", D(2500), "yuan", "", "1-35"),
            ("amount", "instalment", D(60000), "yuan", "", "36"),
        }
    ),
    received="120000",
    total_paid="147500",
    simple=D("10.05"),
)

#: 7. A pawn ticket: 50,000 for 2 months, 2.4 % a month for the pawnshop kept back (2,400), 0.4 % a month interest at
#: the end (400). 47,600 arrives, 50,400 goes back: 2,800 / 47,600 / 2 × 12 = 35.29 %.
PAWN = Deal(
    "pawn-ticket",
    """当票
典当行：榆桥典当有限责任公司
当户：裴照
当物：金手镯一只
当金金额：人民币50,000元
典当期限：2个月
月综合费率2.4%，综合费用在发放当金时一次性从当金中扣收。
月利率0.4%，利息于赎当时随当金一次付清。
2026年9月12日
""",
    frozenset(
        {
            ("amount", "principal", D(50000), "yuan", "", ""),
            ("term", "loan", D(2), "month", "", ""),
            ("fee", "综合费", D("2.4"), "percent", "month", "upfront"),
            ("rate", "contract", D("0.4"), "percent", "month", ""),
            ("repayment-method", "", "一次性还本付息", "", "", ""),
        }
    ),
    received="47600",
    total_paid="50400",
    simple=(D(2800) / D(47600) / 2 * 12 * 100).quantize(D("0.01")),
)

#: 8. Study now, pay later: 19,800 at 1 % a month; 6 months only interest (198), then 18 level instalments of 1,207.44.
#: Nothing else is paid, so the true rate is 12 × 1 % = 12 %.
DEFERRED = Deal(
    "interest-first-then-level",
    """学费分期服务协议
资金提供方（贷款人）：云麓消费金融有限公司
学员（借款人）：许乔
一、您申请的学费分期贷款金额为19,800元，共24期，每月一期，月利率1%。
二、第1期至第6期您只需按月支付利息，第7期至第24期按等额本息方式还款。
签订日期：2026年9月3日
""",
    frozenset(
        {
            ("amount", "principal", D(19800), "yuan", "", ""),
            ("term", "loan", D(24), "instalment", "", ""),
            ("term", "interval", D(1), "month", "", ""),
            ("rate", "contract", D(1), "percent", "month", ""),
            ("repayment-method", "", "先息后本", "", "", "1-6"),
            ("repayment-method", "", "等额本息", "", "", "7-24"),
        }
    ),
    received="19800",
    total_paid=str(198 * 6 + level(19800, 0.01, 18) * 18),
    simple=D("12.00"),
)

#: 9. Fees of three timings: 5,000 at 24 % in 3 level instalments of 1,733.77; 299 on the day of lending, 150 with the
#: first instalment, 18 a month. 4,701 arrives; 1,901.77 + 1,751.77 × 2 go back; 12 × IRR = 89.15 %.
MEMBER = Deal(
    "three-timings-of-fees",
    """借款服务协议
本人（借款人）：田野
出借人：云麓小额贷款有限公司
本人借款5000元，分3期偿还，每月一期，年化利率24%，等额本息。
本人同意在借款成功当日缴纳会员费299元；首期还款时另缴信用评估费150元；此外每期还需缴纳账户险保费18元。
签署时间：2026年10月2日
""",
    frozenset(
        {
            ("amount", "principal", D(5000), "yuan", "", ""),
            ("term", "loan", D(3), "instalment", "", ""),
            ("term", "interval", D(1), "month", "", ""),
            ("rate", "contract", D(24), "percent", "year", ""),
            ("repayment-method", "", "等额本息", "", "", ""),
            ("fee", "会员费", D(299), "yuan", "", "upfront"),
            ("fee", "信用评估费", D(150), "yuan", "", "once"),
            ("fee", "账户险保费", D(18), "yuan", "instalment", "monthly"),
        }
    ),
    received="4701",
    total_paid=str(level(5000, 0.02, 3) * 3 + 150 + 18 * 3),
    simple=D("89.15"),
)

#: 10. A guarantee fee on what is left: 48,000 at 8.4 % in 24 level instalments of 2,179.68, and each month 0.6 % of the
#: principal left: 0.7 % + 0.6 % on one balance is 12 × 1.3 % = 15.6 %. Interest 4,312.2…, fees 3,696.2….
#: Leaving early costs 3 % in the first year, 1 % in the second.
GUARANTEED = Deal(
    "fee-on-what-is-left",
    """个人贷款合同
甲方（贷款人）：望岚信托有限公司
乙方（借款人）：苏禾
丙方（担保公司）：恒垫融资担保有限公司
第一条 贷款本金48,000元，贷款期限24个月，按月等额本息还款，贷款年利率8.4%。
第二条 乙方每月按剩余贷款本金的0.6%向丙方支付担保费。
第三条 乙方提前还款的，放款后第一年内按提前还款金额的3%支付违约金，第二年按1%支付。
第四条 还款宽限期为3天；超过宽限期的，按逾期金额每日万分之四计收罚息。
签订日期：2026年8月8日
""",
    frozenset(
        {
            ("amount", "principal", D(48000), "yuan", "", ""),
            ("term", "loan", D(24), "month", "", ""),
            ("term", "grace", D(3), "day", "", ""),
            ("rate", "contract", D("8.4"), "percent", "year", ""),
            ("rate", "overdue", D("0.04"), "percent", "day", ""),
            ("repayment-method", "", "等额本息", "", "", ""),
            ("fee", "担保费", D("0.6"), "percent", "month", "monthly"),
            ("fee", "违约金（放款后第一年内）", D(3), "percent", "", "on-prepayment"),
            ("fee", "违约金（第二年）", D(1), "percent", "", "on-prepayment"),
        }
    ),
    received="48000",
    total_paid="56008.54",
    simple=D("15.60"),
)
MORE = (
    QUARTERLY, FORTNIGHTLY, FORM, TIERED, FREE_MONTHS, BALLOON, PAWN, DEFERRED, MEMBER, GUARANTEED,
)  # fmt: skip
