"""What is paid when: the schedule of a loan from its terms. Amounts in CNY, rounded to the fen in each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

FEN = Decimal("0.01")


class Method(StrEnum):
    """How the principal and the interest come back."""

    EQUAL_INSTALMENT = "等额本息"
    EQUAL_PRINCIPAL = "等额本金"
    INTEREST_ONLY = "先息后本"
    BULLET = "一次性还本付息"
    FLAT = "等本等息"


class Timing(StrEnum):
    """When a fee is paid. FIRST is one-off with the first instalment (t = 1); UPFRONT is withheld (t = 0)."""

    UPFRONT = "upfront"
    FIRST = "once"
    MONTHLY = "monthly"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Fee:
    """A charge besides interest: its name, the amount each time (CNY) and when."""

    name: str
    amount: Decimal
    timing: Timing


@dataclass(frozen=True, slots=True)
class Terms:
    """A loan: principal as written (CNY), yearly rate (per cent, simple), number of months, method, fees.

    ``withheld`` is interest or principal kept back at disbursement besides the fees (CNY).
    """

    principal: Decimal
    rate: Decimal
    months: int
    method: Method
    fees: tuple[Fee, ...] = ()
    withheld: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if self.principal <= 0 or self.months < 1 or self.rate < 0:
            raise ValueError("a loan needs a positive principal, at least one month and no negative rate")


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the schedule (CNY): 0 is the day the money arrives."""

    period: int
    principal: Decimal
    interest: Decimal
    fees: Decimal
    balance: Decimal

    @property
    def paid(self) -> Decimal:
        """What the borrower pays in this period."""
        return self.principal + self.interest + self.fees


def schedule(terms: Terms) -> tuple[Row, ...]:
    """Every period from 0 (disbursement; only withheld fees) to the last; the last clears the balance."""
    rows = [Row(0, Decimal(0), Decimal(0), _fees(terms, 0), terms.principal)]
    balance = terms.principal
    for period in range(1, terms.months + 1):
        interest = _interest(terms, balance, period)
        repaid = balance if period == terms.months else min(_principal(terms, interest), balance)
        balance -= repaid
        rows.append(Row(period, repaid, interest, _fees(terms, period), balance))
    return tuple(rows)


def flows(terms: Terms, rows: Sequence[Row]) -> tuple[Decimal, ...]:
    """The borrower's flows: + what arrives at t = 0, − what is paid in each period."""
    arrives = terms.principal - terms.withheld - rows[0].fees
    return (arrives, *(-row.paid for row in rows[1:]))


def instalment(principal: Decimal, rate: Decimal, months: int) -> Decimal:
    """The level monthly payment (CNY, to the fen) at a yearly rate in per cent."""
    monthly = rate / 1200
    if not monthly:
        return _fen(principal / months)
    return _fen(principal * monthly / (1 - (1 + monthly) ** -months))


def _interest(terms: Terms, balance: Decimal, period: int) -> Decimal:
    if terms.method is Method.BULLET:
        whole = terms.principal * terms.rate * terms.months / 1200
        return _fen(whole) if period == terms.months else Decimal(0)
    base = terms.principal if terms.method is Method.FLAT else balance
    return _fen(base * terms.rate / 1200)


def _principal(terms: Terms, interest: Decimal) -> Decimal:
    if terms.method is Method.EQUAL_INSTALMENT:
        return instalment(terms.principal, terms.rate, terms.months) - interest
    if terms.method in (Method.EQUAL_PRINCIPAL, Method.FLAT):
        return _fen(terms.principal / terms.months)
    return Decimal(0)


def _fees(terms: Terms, period: int) -> Decimal:
    due = {Timing.MONTHLY} if period else {Timing.UPFRONT}
    if period == 1:
        due.add(Timing.FIRST)
    if period == terms.months:
        due.add(Timing.LAST)
    return sum((fee.amount for fee in terms.fees if fee.timing in due), Decimal(0))


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP)
