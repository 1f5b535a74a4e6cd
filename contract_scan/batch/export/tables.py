"""The rows that XLSX and CSV share: typed cells, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from contract_scan.batch.records import Desk
from contract_scan.batch.store import Store
from contract_scan.model import Confidence, ContractKind, Effect, Severity
from contract_scan.render import words
from contract_scan.render.safe import visible

#: A cell: text, a number (money, rates, counts) or a day; None is an empty cell, which means "not known".
Cell = str | Decimal | int | date | None
UNCONFIRMED = "程序初筛，未经人工核实"

CASES = (
    "文件", "结论", "原因", "合同种类", "标题", "出借人", "出借人类型", "签订日期", "借款金额", "真实年化%", "严重",
    "较重", "中等", "轻微", "已忽略", "没读出的页", "相同文件", "sha256",
)  # fmt: skip
PROBLEMS = (
    "文件", "出借人", "级别", "问题", "规则", "类别", "法律效果", "把握", "原话", "条款", "页", "处数", "为什么",
    "可以问", "核实", "已忽略的原因", "指纹",
)  # fmt: skip
COSTS = (
    "文件", "出借人", "借款金额", "到手金额", "总共要还", "总成本", "真实年化%", "年化下限%", "年化上限%", "复利年化%",
    "合同写的年化%", "算不出的原因",
)  # fmt: skip
TERMS = ("文件", "出借人", "要素", "角色", "数值", "单位", "周期", "基数", "时点", "原话")
FAILED = ("文件", "原因和下一步")


def case_rows(desk: Desk) -> Iterator[tuple[Cell, ...]]:
    """One row for each contract."""
    for case in desk.cases:
        yield (
            case.names[0], words.LEVEL[case.level], case.reason, words.KIND[ContractKind(case.kind)], case.title,
            case.lender, words.LENDER[case.lender_type], day(case.signed_on), case.principal, rounded(case.rate),
            *(case.count(severity) for severity in Severity), len(case.problems) - len(case.counted), case.unread,
            "\n".join(case.names[1:]), case.sha256,
        )  # fmt: skip


def problem_rows(desk: Desk) -> Iterator[tuple[Cell, ...]]:
    """One row for each problem, the suppressed ones with their reason."""
    for case in desk.cases:
        for one in case.problems:
            yield (
                case.names[0], case.lender, words.SEVERITY[one.severity], one.title, one.rule,
                words.category(one.category), words.EFFECT[Effect(one.effect)][0],
                words.CONFIDENCE[Confidence(one.confidence)], one.quote, one.clause, one.page, one.places, one.message,
                one.ask, one.confirmed or UNCONFIRMED, one.suppressed, one.fingerprint,
            )  # fmt: skip


def cost_rows(desk: Desk) -> Iterator[tuple[Cell, ...]]:
    """One row for each contract: what it costs, or why that is not known."""
    for case in desk.cases:
        yield (
            case.names[0], case.lender, case.principal, case.received, case.total_paid, case.total_cost,
            rounded(case.rate), rounded(case.rate_low), rounded(case.rate_high), rounded(case.compound),
            rounded(case.stated), "" if case.rate is not None else case.no_cost,
        )  # fmt: skip


def term_rows(desk: Desk, store: Store) -> Iterator[tuple[Cell, ...]]:
    """One row for each fact that a contract states."""
    for case in desk.cases:
        for row in store.rows("SELECT * FROM fact WHERE key = ? AND NOT derived ORDER BY number", (case.key,)):
            if row["kind"] not in words.FACT:
                continue
            yield (
                case.names[0], case.lender, words.FACT[row["kind"]], row["role"], _value(row["value"]),
                words.UNIT.get(row["unit"], row["unit"]), words.PER.get(row["per"], row["per"]), row["base"],
                row["timing"], row["quote"],
            )  # fmt: skip


def failed_rows(desk: Desk) -> Iterator[tuple[Cell, ...]]:
    """One row for each file without a report."""
    for one in desk.failed:
        for name in one.names:
            yield name, one.reason


def shown(text: str) -> str:
    """Text without control characters or anything that reorders what is read."""
    return visible(text)


def day(text: str) -> date | None:
    """A day, or None where there is none."""
    return date.fromisoformat(text) if text else None


def rounded(rate: Decimal | None) -> Decimal | None:
    """A rate with two decimals, as reports show it."""
    return None if rate is None else round(rate, 2)


def _value(text: str | None) -> Cell:
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if text[4:5] == "-" else Decimal(text)
    except (ValueError, ArithmeticError):
        return text
