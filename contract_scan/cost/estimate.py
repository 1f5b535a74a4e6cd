"""Facts → cost card: the loan computed, every assumption with its effect, contradictions named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from contract_scan.cost.annualise import NoRate, compounding, ledger
from contract_scan.cost.cashflow import ZERO, Fee, Method, Row, Terms, Timing, schedule
from contract_scan.cost.extras import burden, read_extras
from contract_scan.cost.figures import Figures, is_revolving, read_figures
from contract_scan.cost.notes import Notes, readable, yuan
from contract_scan.cost.planned import by_plan
from contract_scan.cost.solve import Solved, at_the_end, solve
from contract_scan.cost.steps import told_methods, told_rates
from contract_scan.cost.told import VISIBLE, alternatives, contradictions, formula, how, inputs, written
from contract_scan.model import CostCard, CostRow, CostShare, Fact

#: Digits of a rate after the point; far more than anybody reads, far fewer than noise.
PLACES = 10
_REVOLVING = "随借随还：每次借多少、用几天由你决定，没有固定的还款计划，算不出一个数。请按你打算用的金额和天数另算。"


@dataclass(frozen=True, slots=True)
class Estimate:
    """The card, without the lines in law, the facts its rate rests on, and contradictions that rules may speak of."""

    card: CostCard
    used: tuple[Fact, ...] = ()
    differences: tuple[Fact, ...] = ()


def estimate(facts: Sequence[Fact], *, lpr: Decimal | None = None, income: Decimal | None = None) -> Estimate:
    """The cost card of a contract; ``card.needed`` says what to ask where it cannot be computed.

    *lpr*: the one-year LPR of the contract's day (per cent); *income*: the borrower's income a month (CNY).
    """
    facts = readable(facts)
    own = written(facts)
    if is_revolving(facts):
        return Estimate(CostCard(reason=_REVOLVING, written=own))
    notes = Notes()
    try:
        figures = read_figures(facts, notes, lpr)
        if figures is None:
            return Estimate(_unknown(notes, own))
        _doubt(figures)
        solved = [solve(_terms(figures, rate, way)) for way, rate in product(figures.methods, figures.rates)]
        differences: tuple[Fact, ...] = ()
        if figures.plan is not None:
            one, differences = by_plan(solved, figures, notes)
            solved = [one]
        notes.assumptions += alternatives(solved[0], figures)
        if figures.plan is None:
            notes.conflicts += _conflicts(solved, figures)
        card = _card(solved[0], figures, notes)
    except NoRate as error:
        notes.needed.append(str(error).rstrip("。"))
        return Estimate(_unknown(notes, own))
    terms, rows = solved[0].terms, solved[0].rows
    extras = read_extras(facts, terms, rows, lpr=lpr, basis=figures.basis)
    card = replace(card, written=own, extras=extras, burden=burden(rows, income))
    return Estimate(_ranged(card, [round(one.simple, PLACES) for one in solved]), tuple(notes.used), differences)


def _conflicts(solved: Sequence[Solved], figures: Figures) -> Iterator[str]:
    """Stated sums that none of the possible ways gives, told of the first."""
    told = [tuple(contradictions(one, figures)) for one in solved]
    return iter(told[0] if all(told) else ())


def _doubt(figures: Figures) -> None:
    """NoRate where the fees outgrow the loan: more likely two different things were read than one such loan."""
    for read in figures.fees:
        times = figures.term.periods if read.fee.timing is Timing.PERIODIC else 1
        if read.fee.amount * times > figures.principal:
            raise NoRate(
                f"{read.fee.name}（共 {yuan(read.fee.amount * times)}）比借款金额 {yuan(figures.principal)}还多，"
                "可能认错了金额：借款金额和这项费用各是多少"
            )


def _ranged(card: CostCard, rates: Sequence[Decimal]) -> CostCard:
    low, high = min(rates), max(rates)
    return replace(card, low=low, high=high) if high - low >= VISIBLE else card


def _unknown(notes: Notes, own: tuple[tuple[str, str], ...]) -> CostCard:
    return CostCard(
        needed=tuple(dict.fromkeys(notes.needed)),
        conflicts=tuple(dict.fromkeys(told.split("；")[0].rstrip("。") + "。" for told in notes.conflicts)),
        written=own,
    )


def _terms(figures: Figures, rate: Decimal, method: Method) -> Terms:
    """The loan of one method and rate; what did not arrive is found by the amount that the contract says arrives."""
    fees = tuple(read.fee for read in figures.fees)
    terms = Terms(
        figures.principal,
        rate,
        figures.term.periods,
        method,
        fees,
        per_year=figures.term.per_year,
        rates=figures.rate_steps,
        methods=figures.method_steps,
        advance=figures.advance,
        repaid=figures.repaid,
    )
    if figures.received is None:
        return terms
    known = sum((fee.amount for fee in fees if fee.timing in (Timing.UPFRONT, Timing.DEPOSIT)), ZERO)
    short = figures.principal - figures.received - known
    if not 0 < short < figures.principal - known:
        return terms
    return replace(terms, withheld=short, prepaid=_prepaid(terms, short))


def _prepaid(terms: Terms, short: Decimal) -> int:
    """For how many periods *short* is exactly the interest, where interest is the same in each."""
    if terms.method not in (Method.INTEREST_ONLY, Method.BULLET) or not terms.rate or terms.rates or terms.methods:
        return 0
    each = terms.principal * terms.rate / 100 / terms.per_year
    count = round(short / each)
    whole = terms.method is Method.INTEREST_ONLY or count == terms.periods
    return count if whole and 1 <= count <= terms.periods and abs(short - each * count) <= 1 else 0


def _card(solved: Solved, figures: Figures, notes: Notes) -> CostCard:
    owed = (ledger if at_the_end(solved.terms, solved.moved) else compounding)(solved.moved, solved.periodic)
    return CostCard(
        conflicts=tuple(dict.fromkeys(notes.conflicts)),
        assumptions=tuple(dict.fromkeys(notes.assumptions)),
        inputs=(*inputs(solved.terms, figures), *notes.checks),
        received=solved.moved[0],
        total_paid=-sum(solved.moved[1:], ZERO),
        simple=round(solved.simple, PLACES),
        compound=round(solved.compound, PLACES),
        formula=formula(solved),
        stated=None if figures.implied or figures.rate_steps else figures.rates[0],
        rows=tuple(
            CostRow(row.period, row.principal, row.interest, row.fees, row.balance, left)
            for row, left in zip(solved.rows, owed, strict=True)
        ),
        shares=tuple(_shares(solved)),
    )


def _shares(solved: Solved) -> Iterator[CostShare]:
    """What interest and then each fee adds, cumulatively in the order of the contract, so that the points add up."""
    terms, before = solved.terms, ZERO
    plan = tuple(replace(due, fees=ZERO) for due in terms.plan)
    bare = replace(terms, fees=(), plan=plan, withheld=terms.withheld if terms.prepaid else ZERO)
    interest = sum((row.interest for row in solved.rows), ZERO)
    if interest:
        before = solve(bare).simple
        told = "按还款计划表逐期计算" if terms.plan else f"年利率 {told_rates(terms)}，{told_methods(terms)}"
        yield CostShare("利息", told, interest, before, "lender")
    step = replace(bare, plan=terms.plan)
    if planned := sum((due.fees for due in terms.plan), ZERO):
        after = solve(step).simple
        yield CostShare("计划表里的费用", "还款计划表逐期所列", planned, after - before)
        before = after
    for fee in terms.fees:
        step = replace(step, fees=(*step.fees, fee))
        after = solve(step).simple
        yield CostShare(fee.name, how(fee), _amount(fee, terms, solved.rows), after - before, fee.payee)
        before = after
    if terms.withheld and not terms.prepaid:
        yield CostShare("放款时少到账", "合同写的借款金额与实际到账之差", terms.withheld, solved.simple - before)


def _amount(fee: Fee, terms: Terms, rows: Sequence[Row]) -> Decimal:
    """What a fee takes in all (CNY)."""
    alone = schedule(replace(terms, fees=(fee,), withheld=ZERO, prepaid=0, plan=()))
    return sum((row.fees for row in alone), ZERO)
