"""Facts written down by hand, as a contract would state them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from contract_scan.model import Fact, Span

D = Decimal
HERE = Span(0, 1)


def amount(role: str, value: object) -> Fact:
    return Fact("amount", role, D(str(value)), "yuan", span=HERE)


def months(value: int) -> Fact:
    return Fact("term", "loan", D(value), "month", span=HERE)


def days(value: int) -> Fact:
    return Fact("term", "loan", D(value), "day", span=HERE)


def parts(value: int) -> Fact:
    return Fact("term", "loan", D(value), "instalment", span=HERE)


def rate(value: object, per: str = "year", role: str = "contract", base: str = "") -> Fact:
    return Fact("rate", role, D(str(value)), "percent", per, base, span=HERE)


def spread(points: int) -> Fact:
    return Fact("rate", "lpr-spread", D(points), "bp", "", "LPR", span=HERE)


def basis(value: int) -> Fact:
    return Fact("day-count", "", D(value), "day", "year", span=HERE)


def method(name: str) -> Fact:
    return Fact("repayment-method", "", name, span=HERE)


def day(role: str, value: str) -> Fact:
    return Fact("date", role, date.fromisoformat(value), span=HERE)


def fee(name: str, value: object, timing: str = "", *, per: str = "", base: str = "") -> Fact:
    """*value* ends in % for a percentage, is None where the contract leaves it open."""
    text = str(value)
    number = None if value is None else D(text.removesuffix("%"))
    return Fact("fee", name, number, "percent" if text.endswith("%") else "yuan", per, base, timing, span=HERE)
