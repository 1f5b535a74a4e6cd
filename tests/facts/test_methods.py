"""Repayment methods and day counts."""

from __future__ import annotations

import pytest

from contract_scan.facts.methods import find_day_counts, find_methods


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("还款方式：等额本息", "等额本息"),
        ("按月本息平均攤還", "等额本息"),
        ("每月等额还本付息", "等额本息"),
        ("以等额本金方式归还", "等额本金"),
        ("按月等额还本", "等额本金"),
        ("还款方式为：按月等本等息", "等本等息"),
        ("先息后本", "先息后本"),
        ("按月付息，到期还本", "先息后本"),
        ("每 30 天付息1次，到期归还本金", "先息后本"),
        ("按季结息、到期一次性还本", "先息后本"),
        ("按月付息，到期利随本清", "先息后本"),
        ("到期一次性还本付息", "一次性还本付息"),
        ("到期一次还本付息", "一次性还本付息"),
        ("利随本清", "一次性还本付息"),
        ("到期一次性偿还借款本金和利息", "一次性还本付息"),
        ("随借随还，按日计息", "随借随还"),
        ("□等额本息 ☑先息后本", "先息后本"),
        ("按月等额偿还", "等额本息"),
        ("分十二期，按期等额归还本息", "等额本息"),
        ("每月15日归还本金2,500元，利息按余额另付", "等额本金"),
        ("每期归还本金900元，另付资金使用费81元", "等本等息"),
        ("到期一次还本、按季付息", "先息后本"),
        ("每月5日付息，本金到期一次还清", "先息后本"),
        ("每月付清当月利息，期满归还本金", "先息后本"),
        ("利息与本金在到期日一并支付", "一次性还本付息"),
        ("利息于赎当时随当金一次付清", "一次性还本付息"),
        ("各期利息不因本金归还而减少", "等本等息"),
        ("息费于赎当时一并付清", "一次性还本付息"),
        ("每半年付息一次，到期还本", "先息后本"),
        ("利息按月支付，本金到期一次性归还", "先息后本"),
        ("按季结息，结息日为每季末月20日，贷款到期一次性归还本金", "先息后本"),
        ("每月8日付清当月利息。到期归还本金。", "先息后本"),
    ],
)
def test_methods(text: str, method: str) -> None:
    assert [found.value for found in find_methods(text)] == [method]


@pytest.mark.parametrize(
    "text",
    [
        "当还款方式为等额本息时，每期金额相同",
        "等额本息是指每期还款额相同的还款方式",
        "采用等额本息/等额本金还款方式的",
        "如选择等额本金还款",
        "乙方按照下列第__种方式还款：\n（1）等额本息\n（2）等额本金",
        "以等额本息还款、期限一年为例",
        "一次性支付余下的所有本金、利息",
        "到期后应一次性支付全部款项",
        "每月付息",
        "利息不随本金减少",
    ],
)
def test_methods_the_contract_does_not_settle_on(text: str) -> None:
    assert list(find_methods(text)) == []


def test_boxes_nobody_ticked_are_one_blank() -> None:
    assert [found.value for found in find_methods("还款方式：□等额本息 □先息后本")] == [None]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("日利率=年利率÷360", 360),
        ("日利息=本金*年利率/360天", 360),
        ("一年按365天计算", 365),
        ("每年按360日计", 360),
        ("以三百六十五日為計息基礎", 365),
        ("再除以三百六十", 360),
        ("365天/年", 365),
        ("应付利息=本金×利率×天数/365", 365),
    ],
)
def test_day_counts(text: str, days: int) -> None:
    assert [found.value for found in find_day_counts(text)] == [days]


@pytest.mark.parametrize("text", ["期限365天", "手续费360元", "自放款后第360天", "编号365"])
def test_what_is_no_day_count(text: str) -> None:
    assert list(find_day_counts(text)) == []
