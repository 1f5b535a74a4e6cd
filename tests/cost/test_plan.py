"""A contract with a repayment plan: computed by the plan, compared with rate and method, whatever file it came from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from contract_scan import load_engine, scan
from contract_scan.checks import Engine
from contract_scan.cost import estimate
from contract_scan.model import CostCard, Fact, Options, Report
from tests.extract import make

from .given import HERE, D, amount, day, fee, method, months, rate

TODAY = date(2026, 11, 25)
LOAN = (amount("principal", 12000), months(4), rate(12), method("等额本息"))
#: 12,000 at 1 % a month in 4: 12,000 × 1 % / (1 − 1.01^−4) = 3,075.37; interest 120.00, 90.45, 60.60, 30.44.
LEVEL = ((2955.37, 120.00), (2984.92, 90.45), (3014.77, 60.60), (3044.94, 30.44))
#: The same loan as its shop would rather have it: 3,000 of principal and 180 of "interest" a month (1.5 % flat).
FLAT = ((3000, 180),) * 4


def plan(rows: object, **columns: object) -> tuple[Fact, ...]:
    """The cells of a plan of (principal, interest); further columns hold the same amount in each instalment."""
    out = []
    for number, (principal, interest) in enumerate(rows, 1):  # type: ignore[call-overload]
        parts = {"principal": principal, "interest": interest, **columns}
        for role, value in parts.items():
            out.append(Fact("schedule", role, D(str(value)), "yuan", "instalment", str(number), span=HERE))
    return tuple(out)


def totals(*paid: object) -> tuple[Fact, ...]:
    return tuple(
        Fact("schedule", "paid", D(str(value)), "yuan", "instalment", str(number), span=HERE)
        for number, value in enumerate(paid, 1)
    )


def card(*facts: Fact) -> CostCard:
    return estimate(facts).card


def simple(*facts: Fact) -> Decimal:
    made = card(*facts)
    assert made.simple is not None, made.needed
    return round(made.simple, 2)


def test_a_plan_that_fits_is_confirmed() -> None:
    made = card(*LOAN, *plan(LEVEL))
    assert simple(*LOAN, *plan(LEVEL)) == 12
    assert made.conflicts == ()
    assert dict(made.inputs)["核对还款计划表"].endswith("相差 0.01 元")  # each rounds its own way
    assert [row.interest for row in made.rows] == [0, D("120.0"), D("90.45"), D("60.6"), D("30.44")]


def test_a_plan_that_does_not_fit_is_computed_and_the_difference_told() -> None:
    found = estimate((*LOAN, *plan(FLAT)))
    assert round(found.card.simple or 0, 2) == D("28.47")  # 12,000 against 4 × 3,180: i = 2.3722 %
    told = found.card.conflicts[0]
    assert "逐期加起来是 12,720.00 元（真实年化 28.47%）" in told
    assert "算是 12,301.50 元（真实年化 12.00%），它多 418.50 元" in told
    assert [(fact.role, fact.value) for fact in found.differences] == [("plan-terms", D("418.50"))]


@pytest.mark.parametrize(
    "days_interest",
    [(118, 91, 61, 31), (122, 92, 60, 30)],
)
def test_counting_days_instead_of_months_is_no_contradiction(days_interest: tuple[int, ...]) -> None:
    rows = tuple((principal, interest) for (principal, _), interest in zip(LEVEL, days_interest, strict=True))
    assert estimate((*LOAN, *plan(rows))).differences == ()


def test_without_a_rate_the_plan_tells_it() -> None:
    """10,000 against 12 × 1,000: the well-known 35.07 %."""
    made = card(amount("principal", 10000), *totals(*[1000] * 12))
    assert round(made.simple or 0, 2) == D("35.07")
    assert "利息按还款计划表倒推" in "".join(made.assumptions)
    assert sum(row.principal for row in made.rows) == 10000


def test_charges_in_the_plan_are_not_counted_twice() -> None:
    charged = fee("担保费", 60, "monthly")
    inside = card(*LOAN, charged, *plan(LEVEL, 担保费=60))
    assert inside.rows[1].fees == 60
    beside = card(*LOAN, charged, *plan(LEVEL))
    assert beside.rows[1].fees == 60
    assert round(inside.simple or 0, 4) == round(beside.simple or 0, 4)
    only_sums = card(*LOAN, charged, *totals("3135.37", "3135.37", "3135.37", "3135.38"))
    assert round(only_sums.simple or 0, 2) == round(inside.simple or 0, 2)


def test_what_is_kept_back_comes_on_top_of_the_plan() -> None:
    made = card(*LOAN, fee("服务费", 600, "upfront"), *plan(LEVEL))
    assert made.received == 11400
    assert round(made.simple or 0, 2) == simple(*LOAN, fee("服务费", 600, "upfront"))


def test_a_plan_with_more_instalments_than_the_term_is_named() -> None:
    made = card(*LOAN, *plan(FLAT + FLAT))
    assert "还款计划表却有 8 期" in made.conflicts[0]


def test_weekly_instalments_are_weeks() -> None:
    days = [day("x", f"2026-10-{number:02d}") for number in (8, 15, 22, 29)]
    due = [Fact("schedule", "due", fact.value, base=str(number), span=HERE) for number, fact in enumerate(days, 1)]
    made = card(amount("principal", 1000), *totals(260, 260, 260, 260), *due)
    assert "每周一期" in dict(made.inputs)["期限"]
    assert made.simple is not None
    assert round(made.simple / 52, 2) == D("1.59")  # Σ 260 / 1.0159^t = 1,000


def test_a_plan_below_the_loan_is_asked_about() -> None:
    made = card(*LOAN, *totals(2000, 2000, 2000, 2000))
    assert made.simple is None
    assert "还款计划表加起来比借款金额还少" in made.needed[0]


ROWS = (
    ("期数", "还款日", "应还本金", "应还利息", "应还总额"),
    ("1", "2026-11-15", "3,000.00", "180.00", "3,180.00"),
    ("2", "2026-12-15", "3,000.00", "180.00", "3,180.00"),
    ("3", "2027-01-15", "3,000.00", "180.00", "3,180.00"),
    ("4", "2027-02-15", "3,000.00", "180.00", "3,180.00"),
    ("合计", "", "12,000.00", "720.00", "12,720.00"),
)
TERMS = (
    "借款合同",
    "甲方（贷款人）：榆桥小额贷款有限公司",
    "乙方（借款人）：周砚",
    "一、借款金额：人民币12,000元；借款期限：4个月。",
    "二、年利率12%，按等额本息方式还款。",
    "三、还款计划表如下：",
)


@lru_cache
def engine() -> Engine:
    return load_engine()


def as_text() -> bytes:
    return "\n".join([*TERMS, *("\t".join(row) for row in ROWS)]).encode()


def as_docx() -> bytes:
    table = make.table(*[[make.p(cell) for cell in row] for row in ROWS])
    return make.docx("".join(make.p(line) for line in TERMS) + table)


def as_pdf() -> bytes:
    return make.pdf(make.together(make.written(TERMS), make.ruled(ROWS, top=300, width=90)))


@pytest.fixture(params=[("txt", as_text), ("docx", as_docx), ("pdf", as_pdf)], ids=lambda pair: pair[0])
def scanned(request: pytest.FixtureRequest, tmp_path: Path) -> Report:
    suffix, made = request.param
    file = tmp_path / f"合同.{suffix}"
    file.write_bytes(made())
    return scan(file, engine(), Options(as_of=TODAY))


def test_the_plan_is_read_from_every_kind_of_file(scanned: Report) -> None:
    assert scanned.cost.simple is not None, scanned.cost.needed
    assert round(scanned.cost.simple, 2) == D("28.47")
    assert [row.paid for row in scanned.cost.rows[1:]] == [D(3180)] * 4


def test_the_contradiction_is_a_finding_that_quotes_both_sides(scanned: Report) -> None:
    found = next(finding for finding in scanned.findings if finding.rule == "plan-total-conflict")
    quotes = "".join(evidence.quote for evidence in found.evidence)
    assert "年利率12%" in quotes
    assert "180.00" in quotes
