"""The key terms: fixed rows in fixed order, each with the contract's own words or the word that it has none.

Rows about numbers come from the facts. Facts know nothing of prepayment rights, security and venue; there the
first sentences that speak of them are quoted, and the row says 提到, not 找到.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from contract_scan.model import Contract, Evidence, Fact, Report
from contract_scan.render import words
from contract_scan.render.view import Locator

BLANK = re.compile(r"[_＿﹍﹏]{2,}|[【\[［（(][\s\u3000_＿]*[】\]］）)]|[□☐▢]|[ \u00a0\u3000]{4,}|[×xX*]{3,}|/{2,}")
SHOWN = 3


class State(StrEnum):
    """What became of a key term."""

    FOUND = "found"
    MENTIONED = "mentioned"
    BLANK = "blank"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"
    MISSING = "missing"


LABEL = {
    State.FOUND: "找到",
    State.MENTIONED: "提到",
    State.BLANK: "空白",
    State.UNCLEAR: "没写明",
    State.UNKNOWN: "不能断定",
    State.MISSING: "没找到",
}


@dataclass(frozen=True, slots=True)
class Cite:
    """The contract's words for a term, and how we read them ("" if there is nothing to add)."""

    evidence: Evidence
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One row: ``more`` counts places found but not shown, ``note`` is ours and may be empty."""

    label: str
    state: State
    cites: tuple[Cite, ...]
    more: int
    note: str


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    wants: Callable[[Fact], bool]
    topic: re.Pattern[str] | None = None
    remark: Callable[[list[Fact]], str] = lambda facts: ""


def _amount(*roles: str) -> Callable[[Fact], bool]:
    return lambda fact: fact.kind == "amount" and fact.role in roles


def _not_a_year(facts: list[Fact]) -> str:
    """A rate a month or a day is not what the row asks for."""
    pers = {fact.per for fact in facts if fact.value is not None}
    return "没有找到年化利率，只找到按日、按月或按期的" if pers and not pers & {"year", ""} else ""


def _late(fact: Fact) -> bool:
    if fact.kind == "rate":
        return fact.role in ("overdue", "misuse", "compound", "penalty")
    return fact.kind in ("fee", "amount") and fact.timing == "at-default"


ROWS = (
    _Row("借款金额", _amount("principal")),
    _Row("实际到账", _amount("received")),
    _Row(
        "利率（年化）",
        lambda fact: fact.kind == "rate" and fact.role in ("contract", "lpr-spread", "disclosed"),
        remark=_not_a_year,
    ),
    _Row("期限", lambda fact: fact.kind == "term" and fact.role in ("loan", "")),
    _Row("还款方式", lambda fact: fact.kind == "repayment-method"),
    _Row("每期还款", lambda fact: _amount("instalment")(fact) or fact.kind == "schedule"),
    _Row("各项费用", lambda fact: fact.kind == "fee" and fact.timing not in ("at-default", "on-prepayment")),
    _Row("逾期罚息、违约金", _late),
    _Row(
        "提前还款",
        lambda fact: fact.kind == "fee" and fact.timing == "on-prepayment",
        re.compile("提前(?:还款|归还|清偿|结清|偿还|还清)"),
    ),
    _Row(
        "担保",
        lambda fact: fact.kind == "term" and fact.role == "guarantee",
        re.compile("连带责任|保证担保|保证责任|提供担保|抵押|质押|担保方式"),
    ),
    _Row("管辖、争议解决", lambda fact: False, re.compile("仲裁委员会|人民法院(?!公告)|提起诉讼|管辖|申请仲裁")),
)


def key_terms(report: Report) -> tuple[Term, ...]:
    """The eleven rows, whether or not the contract has them."""
    locator = Locator(report.contract)
    absent = any(gap.hides for gap in report.contract.gaps)
    unread = bool(report.coverage.unread or report.source.unread or absent)
    return tuple(_term(row, report.contract, locator, unread=unread) for row in ROWS)


def count(terms: tuple[Term, ...], *states: State) -> tuple[str, ...]:
    """The labels of the rows in these states."""
    return tuple(term.label for term in terms if term.state in states)


def reading(fact: Fact) -> str:
    """How a fact was read: 每月 1.5%, 20,000.00 元, 12 期; "" where there is nothing to add."""
    value = fact.value
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Decimal):
        return ""
    number = _number(value, money=fact.unit == "yuan")
    unit = words.UNIT.get(fact.unit, fact.unit)
    gap = "" if unit in ("%", "‰", "") else "\u00a0"
    parts = [words.PER.get(fact.per, ""), fact.base and f"按{fact.base}的", f"{number}{gap}{unit}"]
    return " ".join(part for part in parts if part)


def _number(value: Decimal, *, money: bool) -> str:
    """Money with two decimals, others without trailing zeros; never in exponent form, never endless."""
    if not value.is_finite() or abs(value.adjusted()) > 20:
        return "（数字过大）"
    if money:
        return f"{value:,.2f}"
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _term(row: _Row, contract: Contract, locator: Locator, *, unread: bool) -> Term:
    facts = [fact for fact in contract.facts if fact.span is not None and row.wants(fact)]
    facts = list({fact.span: fact for fact in facts}.values())
    if facts:
        cites = tuple(_cite(fact, locator) for fact in facts[:SHOWN])
        remark = row.remark(facts)
        state = State.UNCLEAR if remark else _state(facts, cites)
        return Term(row.label, state, cites, len(facts) - len(cites), remark)
    if row.topic and (quoted := tuple(map(Cite, _mentions(row.topic, contract, locator)))):
        return Term(row.label, State.MENTIONED, quoted, 0, "")
    if unread:
        return Term(row.label, State.UNKNOWN, (), 0, "读到的页里没有找到；还有页没读出，不能断定没有")
    return Term(row.label, State.MISSING, (), 0, words.NOT_FOUND)


def _cite(fact: Fact, locator: Locator) -> Cite:
    assert fact.span is not None
    name = f"{fact.role}：" if fact.kind == "fee" and fact.role else ""
    return Cite(locator.evidence(fact.span), name + reading(fact))


def _state(facts: list[Fact], cites: tuple[Cite, ...]) -> State:
    """Found if any fact has a value; a blank only where the contract leaves room for one."""
    if any(fact.value is not None for fact in facts):
        return State.FOUND
    blank = any(BLANK.search(cite.evidence.quote) for cite in cites)
    return State.BLANK if blank else State.UNCLEAR


def _mentions(topic: re.Pattern[str], contract: Contract, locator: Locator) -> Iterator[Evidence]:
    """The first two sentences, headings aside, that speak of the topic."""
    seen: set[int] = set()
    for match in topic.finditer(contract.document.text):
        index = locator.sentence_index(match.start())
        if index < 0 or index in seen or contract.sentences[index].heading:
            continue
        seen.add(index)
        yield locator.evidence(contract.sentences[index].span)
        if len(seen) == 2:
            return
