"""Two offers: what is said to be cheaper, and when nothing is said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contract_scan.checks import Engine
from contract_scan.compare import compare_offers
from contract_scan.render.compare_view import rows, statements
from tests.compare.reading import loan, report

PLAIN = loan()
DEAR = loan(rate="年利率15%，按月等额本息还款。")
FEE = loan(fee="乙方在放款时向甲方一次性支付服务费600元，从借款本金中扣除。")
OPEN = loan(rate="年利率12%。")
LONG = loan(amount="借款金额为人民币12,000元，借款期限24个月。")
FRAUD = loan(other="乙方须先向客服指定的个人账户转账2000元验证金，验证还款能力后放款。")

#: left, right, points between the true rates (None: cannot be told), whether totals may be compared
TABLE = [
    (PLAIN, PLAIN, Decimal("0.00"), True),
    (PLAIN, DEAR, Decimal("3.00"), True),
    (DEAR, PLAIN, Decimal("-3.00"), True),
    (PLAIN, LONG, Decimal("0.00"), False),
    (PLAIN, loan(rate=""), None, False),
]


@pytest.mark.parametrize(("left", "right", "difference", "alike"), TABLE)
def test_the_difference(left: str, right: str, difference: Decimal | None, alike: bool, engine: Engine) -> None:
    offers = compare_offers(report(left, engine), report(right, engine))
    assert (offers.difference, offers.alike) == (difference, alike)
    assert bool(offers.reason) == (difference is None)


def test_a_fee_makes_the_lower_rate_dearer(engine: Engine) -> None:
    offers = compare_offers(report(FEE, engine), report(loan(rate="年利率14%，按月等额本息还款。"), engine))
    assert offers.difference is not None
    assert offers.difference < 0  # 12 % with 600 of 12,000 kept back costs more than 14 %
    assert {row.label: row.less for row in rows(offers)}["真实年化"] == "right"
    assert not offers.alike  # not the same money arrives


def test_ranges_that_overlap_are_not_decided(engine: Engine) -> None:
    """Without a method 12 % is anything from 12 % to 21.46 %: more or less than 12.5 %, but less than 30 %."""
    near = compare_offers(report(OPEN, engine), report(loan(rate="年利率12.5%，按月等额本息还款。"), engine))
    assert near.difference is None
    assert "重叠" in near.reason
    far = compare_offers(report(OPEN, engine), report(loan(rate="年利率30%，按月等额本息还款。"), engine))
    assert far.difference == Decimal("8.54")  # 30 − 21.46
    assert "至少" in statements(far)[0]


def test_the_same_rate_is_not_told_as_lower(engine: Engine) -> None:
    offers = compare_offers(report(PLAIN, engine), report(PLAIN, engine))
    assert "差不多" in statements(offers)[0]
    assert not any(row.less for row in rows(offers))


def test_findings_of_each_side_and_of_both(engine: Engine) -> None:
    ours = loan(transfer="甲方转让债权的，无需通知乙方。")
    offers = compare_offers(report(ours, engine), report(PLAIN, engine))
    assert [finding.rule for finding in offers.only_left] == ["assignment-without-notice"]
    assert offers.only_right == ()
    again = compare_offers(report(ours, engine), report(ours, engine))
    assert [left.rule for left, _ in again.both] == [right.rule for _, right in again.both]
    assert again.only_left == again.only_right == ()


def test_signs_of_fraud_are_said_before_any_rate(engine: Engine) -> None:
    offers = compare_offers(report(DEAR, engine), report(FRAUD, engine))
    assert any(finding.effect.value == "signal" for finding in offers.right.findings)
    assert "诈骗常见信号" in statements(offers)[0]
    assert {row.label: row.less for row in rows(offers)}["真实年化"] == ""  # no mark recommends it


def test_what_cannot_be_told_is_not_told(engine: Engine) -> None:
    offers = compare_offers(report(PLAIN, engine), report(loan(rate=""), engine))
    assert statements(offers)[0] == "B 的真实年化算不出，不能比较哪份便宜。"
