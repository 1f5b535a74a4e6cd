"""Repayment plans: which tables and lists are plans, what each cell says, what does not add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from contract_scan.facts.plan_table import find_plans
from contract_scan.model import Fact

from .reading import read as facts_in

D = Decimal
TABLE = """期数 | 还款日 | 应还本金 | 应还利息 | 担保费 | 应还总额 | 剩余本金
1 | 2026-10-15 | 1,000.00 | 20.00 | 5.00 | 1,025.00 | 1,000.00
2 | 2026-11-15 | 1,000.00 | 10.00 | 5.00 | 1,015.00 | 0.00
合计 | 2,000.00 | 30.00 | 10.00 | 2,040.00
"""


def cells(text: str) -> list[tuple[str, str, object]]:
    """(instalment, column, value) of every cell."""
    return [(cell.base, cell.role, cell.value) for plan in find_plans(text) for cell in plan.cells]


def test_a_table_gives_every_cell_its_column_and_instalment() -> None:
    assert cells(TABLE)[:7] == [
        ("1", "due", date(2026, 10, 15)),
        ("1", "principal", D("1000.00")),
        ("1", "interest", D("20.00")),
        ("1", "担保费", D("5.00")),
        ("1", "paid", D("1025.00")),
        ("1", "balance", D("1000.00")),
        ("2", "due", date(2026, 11, 15)),
    ]
    assert [(total.role, total.value) for total in find_plans(TABLE)[0].totals][-1] == ("paid", D("2040.00"))


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("期次 应还金额\n1 500\n2 500\n", ["500", "500"]),
        ("期次还款日 本金利息月供\n1 2026-10-15 90 10 100\n2 2026-11-15 95 5 100\n", ["100", "100"]),
        (
            "期号 | 还款日期 | 还款金额(元)\n第1期 | 2026年10月1日 | ¥1,200.50元\n第2期 | 2026年11月1日 | 1200元",
            ["1200.50", "1200"],
        ),
        ("序号 | 本金 | 利息 | 合计\n0 | 0 | 0 | 0\n1 | 10 | 1 | 11\n2 | 10 | - | 10", ["11", "10"]),
        ("期数 | 合计\n1 | 500\n2 | 500\n合计 | 1000\n", ["500", "500"]),
        ("第1期：2026年10月15日还款1,200元；第2期：2026年11月15日还款1,300.5元。", ["1200", "1300.5"]),
        ("第一期应还500元，第二期应还600元，第三期应还700元", ["500", "600", "700"]),
    ],
)  # fmt: skip
def test_plans_come_in_many_shapes(text: str, paid: list[str]) -> None:
    assert [value for _, role, value in cells(text) if role == "paid"] == [D(amount) for amount in paid]


@pytest.mark.parametrize(
    "text",
    [
        "期数 | 费率\n3 | 1.2%\n6 | 1.1%\n12 | 1.0%",
        "期数 | 金额\n3 | 1200\n6 | 1100\n12 | 1000",  # what may be chosen, not what is due
        "期数 | 还款日 | 应还总额\n1 | 2026-10-15 | 1,000\n3 | 2026-12-15 | 1,000",
        "期数 | 应还总额\n1 | ____\n2 | ____",
        "序号 | 资料 | 金额\n1 | 身份证 | 1\n2 | 户口本 | 2",
        "第1期违约金500元。第二条 第2次逾期罚款600元。",
        "姓名 | 金额\n1 | 500\n2 | 600",
    ],
)
def test_other_tables_are_no_plans(text: str) -> None:
    assert cells(text) == []


def test_the_numbers_of_a_table_are_nothing_else() -> None:
    read = facts_in(f"借款本金2,000元。\n{TABLE}")
    assert {fact.kind for fact in read if fact.span} == {"amount", "schedule"}


def apart(text: str) -> list[object]:
    return [fact.value for fact in facts_in(text) if fact.kind == "difference" and fact.role == "plan-total"]


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        ("", "", None),
        ("| 1,025.00 |", "| 1,035.00 |", "10.00"),  # a row that asks for more than its parts
        ("合计 | 2,000.00", "合计 | 2,500.00", "500.00"),  # a total that is not the sum
        ("借款本金2,000元", "借款本金1,800元", "200.00"),  # a plan that repays more than was lent
    ],
)
def test_a_plan_that_does_not_add_up_is_told(old: str, new: str, value: str | None) -> None:
    text = f"借款本金2,000元。\n{TABLE}"
    assert apart(text.replace(old, new) if old else text) == ([D(value)] if value else [])


def test_every_cell_stands_where_it_says() -> None:
    for plan in find_plans(TABLE):
        assert all(_same(cell, TABLE) for cell in (*plan.cells, *plan.totals))


def _same(cell: Fact, text: str) -> bool:
    assert cell.span is not None
    written = cell.span.of(text).replace(",", "")
    return written == str(cell.value)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "还本计划：2026年12月31日归还本金30万元；2027年6月30日归还本金70万元。",
            [("300000", "", date(2026, 12, 31)), ("700000", "", date(2027, 6, 30))],
        ),
        ("第6个月末归还50,000元，第十二个月末归还本金80,000元。", [("50000", "6", None), ("80000", "12", None)]),
        ("2026年12月31日归还本金30万元。", []),
        ("2026年12月31日支付设备款30万元；2027年6月30日支付设备款70万元。", []),
    ],
)
def test_the_principal_in_parts_on_days_of_their_own(text: str, parts: list[tuple[str, str, date | None]]) -> None:
    cells = [fact for fact in facts_in(text, "schedule") if fact.role.startswith("repaid")]
    days = {fact.base: fact.value for fact in cells if fact.role == "repaid-on"}
    found = [(fact.value, fact.timing, days.get(fact.base)) for fact in cells if fact.role == "repaid"]
    assert found == [(Decimal(value), timing, day) for value, timing, day in parts]
