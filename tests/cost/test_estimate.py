"""From facts to the card: what is counted, what is assumed and what it matters, what is asked, what contradicts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from contract_scan.cost import estimate
from contract_scan.cost.term import months_between
from contract_scan.model import CostCard, Fact

from .given import HERE, D, amount, basis, day, days, fee, method, months, parts, rate, spread

LOAN = (amount("principal", 12000), months(12), rate(12), method("等额本息"))
LEVEL = D("1066.19")  # 12,000 × 1 % / (1 − 1.01^−12)


def card(*facts: Fact, lpr: object = None, income: object = None) -> CostCard:
    return estimate(
        facts, lpr=None if lpr is None else D(str(lpr)), income=None if income is None else D(str(income))
    ).card


def simple(*facts: Fact) -> Decimal:
    made = card(*facts)
    assert made.simple is not None, made.needed
    return round(made.simple, 2)


def test_a_plain_loan_costs_what_it_says() -> None:
    made = card(*LOAN)
    assert (made.received, made.rows[1].paid) == (12000, LEVEL)
    assert made.simple is not None
    assert round(made.simple, 2) == 12
    assert made.compound is not None
    assert round(made.compound, 2) == D("12.68")
    assert made.stated == 12
    assert made.total_cost == sum(row.paid for row in made.rows) - 12000


def test_a_rate_that_is_the_interest_and_the_charges_together_is_no_second_interest() -> None:
    """3 % and 1 % a month are 15 % a year, which the contract also says."""
    made = card(LOAN[0], LOAN[1], rate(3), rate(15), method("等额本息"), fee("综合费", "1%", "monthly", per="month"))
    assert made.conflicts == ()
    assert made.stated == 3


def test_a_stated_instalment_may_hold_the_charges_or_not() -> None:
    """24,000 in 12 × 2,408 with 120 a month of charges: 24,000 / 12 + 288 + 120 is 2,408, or 2,528 is paid."""
    known = (amount("principal", 24000), months(12), amount("instalment", 2408), fee("担保费", 120, "monthly"))
    made = card(*known)
    assert made.low is not None
    assert made.high is not None
    assert (round(made.low, 2), round(made.high, 2)) == (D("35.74"), D("45.63"))
    assert any("看不出每期还款里" in told for told in made.assumptions)
    told = card(*known, rate("35.74", role="disclosed"))
    assert (told.low, round(told.simple or 0, 2), told.rows[1].paid) == (None, D("35.74"), 2408)


def test_two_charges_for_lateness_at_one_rate_are_both_taken() -> None:
    late = fee("逾期管理费", "0.1%", "at-default", per="day")
    made = card(*LOAN, rate("0.1", "day", role="overdue"), late)
    assert dict(made.extras)["晚还一天"].endswith("同时收是 2.14 元")


def test_a_charge_paid_beside_the_loan_is_no_contradiction_to_what_arrives() -> None:
    card_, check = fee("尊享卡", 199, "upfront"), fee("审查费", 300, "upfront")
    made = card(*LOAN, card_, check, amount("received", 11700))
    assert (made.received, made.conflicts) == (11501, ())
    assert len(card(*LOAN, card_, check, amount("received", 11600)).conflicts) == 1


def test_what_the_lender_would_pay_is_no_cost_of_the_borrower() -> None:
    theirs = Fact("fee", "违约金", D("0.02"), "percent", "day", "未放金额", "at-default", "borrower", span=HERE)
    made = card(*LOAN, theirs, rate(18, role="overdue"))
    (late,) = [text for name, text in made.extras if name == "晚还一天"]
    assert "0.02%" not in late


def test_one_rate_for_lateness_told_by_the_year_and_by_the_day_is_counted_once() -> None:
    made = card(*LOAN, rate("11.76", role="overdue"), rate("0.033", "day", role="overdue"))
    assert dict(made.extras)["晚还一天"] == "0.34 元：逾期的第 1 期 1,066.19 元 × 年 11.76% ÷ 365"


@pytest.mark.parametrize(
    "extra",
    [
        fee("逾期管理费", 60, "at-default"),
        fee("提前还款违约金", "3%", "on-prepayment"),
        fee("展期服务费", "10%", "upfront"),
        fee("续期费", 200),
        fee("上门催收费", 800),
        fee("律师费", "15%", base="欠款总额"),
        fee("账户管理费", 0, "monthly"),
        fee("服务费下限", 100),
    ],
    ids=lambda fact: fact.role,
)
def test_what_is_only_paid_when_something_happens_is_no_cost_of_paying_on_time(extra: Fact) -> None:
    assert simple(*LOAN, extra) == 12


def test_what_has_no_number_is_not_guessed_but_said() -> None:
    made = card(*LOAN, fee("信用评估费", None), fee("保险费", "2%", base="车辆评估价"), fee("服务费上限", "3%"))
    told = "".join(made.assumptions)
    assert made.simple is not None
    assert round(made.simple, 2) == 12
    assert "信用评估费没有写明金额" in told
    assert "车辆评估价" in told
    assert "服务费只写了上限 3%" in told


def test_percent_and_yuan_of_one_fee_are_one_fee() -> None:
    one = card(*LOAN, fee("服务费", "3%", "upfront"), fee("服务费", 360, "upfront"))
    assert one.received == 11640
    assert one.conflicts == ()
    two = card(*LOAN, fee("服务费", "3%", "upfront"), fee("服务费", 400, "upfront"))
    assert two.received == 11600
    assert "服务费写了两个数" in two.conflicts[0]


def test_a_fee_by_the_year_or_on_what_is_left() -> None:
    yearly = card(*LOAN, fee("担保费", "2.4%", "monthly", per="year"))
    assert {row.fees for row in yearly.rows[1:]} == {D(24)}  # 12,000 × 2.4 % / 12
    left = card(*LOAN, fee("担保费", "0.2%", "monthly", per="month", base="剩余本金"))
    assert left.rows[1].fees == 24
    assert left.rows[-1].fees < 3
    assert round(left.simple or 0, 1) == D("14.4")  # 12 % + 12 × 0.2 % on the same base


def test_a_monthly_fee_taken_in_advance_is_the_sum_of_its_months() -> None:
    assert card(*LOAN, fee("管理费", 50, "upfront", per="month")).received == 12000 - 600


def test_an_open_time_of_payment_is_told_with_its_effect() -> None:
    made = card(*LOAN, fee("服务费", 600))
    assert made.received == 12000
    told = next(sentence for sentence in made.assumptions if "服务费" in sentence)
    assert "随第一期" in told
    upfront = simple(*LOAN, fee("服务费", 600, "upfront"))
    assert f"真实年化是 {upfront:.2f}%" in told


def test_a_deposit_comes_back_and_the_other_case_is_told() -> None:
    made = card(*LOAN, fee("履约保证金", "10%", "upfront"))
    assert made.received == 10800
    assert made.rows[-1].fees == -1200
    kept = simple(*LOAN, fee("费用", "10%", "upfront"))
    assert f"如果不退，真实年化是 {kept:.2f}%" in "".join(made.assumptions)


def test_money_that_does_not_arrive_counts_as_withheld() -> None:
    made = card(*LOAN, amount("received", 11000))
    assert made.received == 11000
    assert [share.name for share in made.shares] == ["利息", "放款时少到账"]
    named = card(*LOAN, amount("received", 11000), fee("服务费", 1000, "upfront"))
    assert [share.name for share in named.shares] == ["利息", "服务费"]
    assert named.simple == made.simple


def test_interest_kept_back_is_not_paid_twice() -> None:
    """10,000 for 3 months at 2 %, 200 kept back: 0, 200, 10,200 are still to pay."""
    made = card(amount("principal", 10000), amount("received", 9800), months(3), rate(2, "month"), method("先息后本"))
    assert [row.paid for row in made.rows] == [200, 0, 200, 10200]
    assert any("如果以后还要再付" in sentence for sentence in made.assumptions)


def test_interest_that_may_have_been_kept_back_is_told_with_its_effect() -> None:
    """100,000 for 6 months at 3 %, 9,000 of interest written: kept back, three instalments are paid already."""
    loan = (amount("principal", 100000), months(6), rate(3, "month"), method("先息后本"))
    told = "".join(card(*loan, amount("interest", 9000)).assumptions)
    kept = simple(*loan, amount("received", 91000))
    assert f"如果是放款时先扣的，真实年化是 {kept:.2f}%" in told
    assert "先扣" not in "".join(card(*loan, amount("interest", 18000)).assumptions)


@pytest.mark.parametrize(
    ("facts", "question"),
    [
        ((months(12), rate(12)), "借款金额是多少"),
        ((amount("principal", 12000), rate(12)), "借款期限是几个月"),
        ((amount("principal", 12000), months(12)), "年利率是多少"),
        ((amount("principal", 12000), amount("principal", 10000), months(12), rate(12)), "借款金额到底是哪一个"),
        ((amount("principal", 12000), months(12), months(6), rate(12)), "期限到底是几个月"),
        ((amount("principal", 10**14), months(12), rate(12)), "不合常理"),
        ((amount("principal", 4800), months(36), rate(9), fee("安装费", 1200, "monthly")), "可能认错了金额"),
        ((amount("principal", 5000), fee("服务费", 5000, "upfront"), months(3), rate(9)), "不比借款金额少"),
        ((amount("principal", 5000), days(100), rate(9), method("等额本息")), "每隔多少天|每期隔多少天"),
    ],
)
def test_what_is_missing_is_asked_and_nothing_is_made_up(facts: tuple[Fact, ...], question: str) -> None:
    made = card(*facts)
    assert (made.simple, made.received, made.rows, made.lines) == (None, None, (), ())
    assert any(part in "；".join(made.needed) for part in question.split("|"))


def test_what_stands_twice_outweighs_what_stands_once() -> None:
    made = card(*LOAN, amount("principal", 12000), amount("principal", 500))
    assert made.rows[0].balance == 12000
    assert "500.00 元" in made.conflicts[0]


def test_without_a_method_there_is_a_range() -> None:
    made = card(*LOAN[:3])
    assert made.low is not None
    assert made.high is not None
    assert round(made.low, 2) == 12
    assert round(made.high, 2) == D("21.46")  # 1 % a month on the whole principal throughout
    assert any("没有写还款方式" in sentence for sentence in made.assumptions)


def test_the_instalment_settles_the_method() -> None:
    flat = card(*LOAN[:3], amount("instalment", 1120))
    assert flat.low is None
    assert round(flat.simple or 0, 2) == D("21.46")
    assert round(card(*LOAN[:3], amount("instalment", LEVEL)).simple or 0, 2) == 12


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ((*LOAN, amount("instalment", 1120)), "合同写每期还 1,120.00 元"),
        ((*LOAN, amount("total", 13440)), "合同写还款总额 13,440.00 元"),
        ((*LOAN, day("start", "2026-01-10"), day("end", "2026-07-10")), "是 6 个月"),
        ((*LOAN, parts(7)), "却写分 7 期"),
        ((*LOAN, rate(1.5, "month")), "折算成年利率不止一个"),
    ],
)
def test_figures_that_cannot_both_be_true_are_named(facts: tuple[Fact, ...], says: str) -> None:
    assert says in "".join(card(*facts).conflicts)


@pytest.mark.parametrize(
    "extra",
    [
        rate(1, "month"),
        rate("0.0333", "day"),
        rate("0.03288", "day"),
        amount("instalment", LEVEL),
        amount("total", LEVEL * 12),
        parts(12),
    ],
    ids=str,
)
def test_figures_that_say_the_same_are_no_contradiction(extra: Fact) -> None:
    made = card(*LOAN, extra)
    assert made.conflicts == ()
    assert round(made.simple or 0, 2) == 12


def test_several_rates_give_a_range_and_the_highest_is_shown() -> None:
    made = card(*LOAN, rate(1.5, "month"))
    assert (round(made.low or 0, 2), round(made.high or 0, 2)) == (12, 18)
    assert made.simple == made.high


def test_only_a_range_of_rates_is_told_as_one() -> None:
    made = card(*LOAN[:2], LOAN[3], rate(8, role="contract-min"), rate(24, role="contract-max"))
    assert (round(made.low or 0, 2), round(made.high or 0, 2)) == (8, 24)
    assert "没有写你的利率" in "".join(made.assumptions)


def test_the_day_count_of_the_contract_is_used_else_365_and_said() -> None:
    loan = (amount("principal", 10000), days(90), method("一次性还本付息"), rate("0.05", "day"))
    assert simple(*loan, basis(360)) == 18
    assert card(*loan, basis(360)).total_paid == 10450  # 10,000 × 0.0005 × 90
    assert simple(*loan) == D("18.25")
    assert "365" in "".join(card(*loan).assumptions)


def test_a_floating_rate_follows_the_lpr_of_the_day() -> None:
    loan = (amount("principal", 10000), months(12), method("先息后本"), spread(120))
    made = card(*loan, lpr="3.0")
    assert round(made.simple or 0, 2) == D("4.20")
    assert "LPR 3%" in "".join(made.assumptions)
    assert card(*loan).needed != ()
    assert card(*loan, rate("4.2"), rate("3.0"), lpr="3.5").stated == D("4.2")  # the result that the contract states


def test_no_card_for_a_line_drawn_on_at_will() -> None:
    made = card(amount("principal", 10000), rate("0.04", "day"), method("随借随还"))
    assert "随借随还" in made.reason
    assert made.simple is None


def test_quarterly_instalments() -> None:
    made = card(amount("principal", 12000), months(12), parts(4), rate(12), method("先息后本"))
    assert [row.interest for row in made.rows[1:]] == [360] * 4
    assert round(made.simple or 0, 2) == 12


@pytest.mark.parametrize(
    ("start", "end", "whole"),
    [
        ("2026-01-31", "2026-02-28", 1),
        ("2026-09-20", "2027-09-20", 12),
        ("2026-09-20", "2027-09-19", 12),
        ("2026-09-20", "2027-09-10", 0),
        ("2026-09-20", "2026-09-20", 0),
        ("2026-09-20", "2025-09-20", 0),
    ],
)
def test_whole_months_between_dates(start: str, end: str, whole: int) -> None:
    first, last = day("start", start).value, day("end", end).value
    assert months_between(first, last) == whole  # type: ignore[arg-type]


def test_the_points_of_the_charges_add_up() -> None:
    made = card(*LOAN, fee("服务费", 600, "upfront"), fee("担保费", "0.3%", "monthly", per="month"))
    assert [share.name for share in made.shares] == ["利息", "服务费", "担保费"]
    assert round(sum((share.points for share in made.shares), D(0)), 8) == round(made.simple or D(0), 8)
    assert sum(share.amount for share in made.shares) == made.total_cost


@pytest.mark.parametrize(
    ("fact", "one_day", "thirty"),
    [
        (rate("0.1", "day", "overdue"), "1.07 元", "31.99 元"),  # 1,066.19 × 0.1 %
        (rate(50, "", "overdue", "合同利率"), "0.53 元", "15.77 元"),  # 18 % a year
        (rate(24, "year", "overdue"), "0.70 元", "21.03 元"),
        (rate("0.1", "day", "overdue", "借款总额"), "12.00 元", "360.00 元"),
        (fee("滞纳金", "0.1%", "at-default", per="day"), "1.07 元", "31.99 元"),
    ],
)
def test_what_a_late_day_costs(fact: Fact, one_day: str, thirty: str) -> None:
    extras = dict(card(*LOAN, fact).extras)
    assert extras["晚还一天"].startswith(one_day)
    assert extras["晚还 30 天"].startswith(thirty)


def test_two_charges_for_one_delay_are_told_apart_and_together() -> None:
    both = (rate("0.1", "day", "overdue"), rate("0.05", "day", "overdue"), fee("催收费", 200, "at-default"))
    extras = dict(card(*LOAN, *both).extras)
    assert "同时收是 1.60 元" in extras["晚还一天"]
    assert extras["逾期另收"] == "催收费 200.00 元"


def test_what_leaving_early_costs() -> None:
    extras = dict(card(*LOAN, fee("提前还款违约金", "3%", "on-prepayment", base="剩余本金")).extras)
    half = card(*LOAN).rows[6].balance
    assert f"要付 {half * 3 / 100:,.2f} 元" in extras["提前还清"]


@pytest.mark.parametrize(
    ("income", "says"), [(10000, "余下"), (3000, "三成以上"), (1500, "超过一半"), (900, "还不上这一期")]
)
def test_the_burden_in_words(income: int, says: str) -> None:
    assert says in card(*LOAN, income=income).burden[0]
    assert card(*LOAN).burden == ()


NUMBERS = st.one_of(st.decimals(allow_nan=True, allow_infinity=True), st.integers(-5, 10**16).map(Decimal))
VALUES = st.one_of(st.none(), NUMBERS, st.text(max_size=3))
ROLES = ("principal", "received", "contract", "overdue", "loan", "interest", "lpr-spread", "服务费", "")
ANY = st.builds(
    Fact,
    kind=st.sampled_from(["amount", "rate", "fee", "term", "repayment-method", "day-count"]),
    role=st.sampled_from(ROLES),
    value=VALUES,
    unit=st.sampled_from(["percent", "yuan", "month", "day", "bp", "instalment", ""]),
    per=st.sampled_from(["day", "month", "year", "instalment", "once", ""]),
    base=st.sampled_from(["", "LPR", "合同利率", "剩余本金", "借款总额", "车价"]),
    timing=st.sampled_from(["upfront", "monthly", "once", "at-default", "on-prepayment", ""]),
    span=st.just(LOAN[0].span),
)


@settings(max_examples=400, deadline=None)
@hypothesis_given(st.lists(ANY, max_size=6), st.booleans())
def test_no_facts_whatever_break_the_estimate(facts: list[Fact], whole: bool) -> None:
    made = card(*(LOAN if whole else ()), *facts, lpr="3.0", income=5000)
    assert bool(made.reason) + bool(made.needed) + (made.simple is not None) == 1
