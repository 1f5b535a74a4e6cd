"""The desk as one page: counts, lenders and problems, templates, every contract. Works from ``file://``, 5,000 rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from statistics import median, quantiles
from typing import TYPE_CHECKING

from contract_scan.batch.groups import Template, find_templates, find_twins
from contract_scan.batch.overview_rows import table_row
from contract_scan.batch.records import ORDER, Case, Desk, Problem
from contract_scan.batch.run import report_path
from contract_scan.batch.store import Store
from contract_scan.model import LenderType
from contract_scan.render import words
from contract_scan.render.html import css, css_hash, environment

if TYPE_CHECKING:
    from markupsafe import Markup

STYLE = ("report.css", "overview.css")
#: Columns of the matrix, lenders with a row of their own, templates told one by one.
PROBLEMS, LENDERS, TEMPLATES = 10, 40, 40
PRIVATE, UNNAMED = "个人出借", "未写明"
#: The histogram: bars of two points each; the last holds everything from here on.
STEP, LAST = 2, 50


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of a lender's contracts have a problem: the count, the share in per cent, the shade 0 to 4."""

    count: int
    share: int
    applies: bool

    @property
    def shade(self) -> int:
        """0 for none, then 1 to 4 in steps of 20 per cent."""
        return 0 if not self.count else min(self.share // 20 + 1, 4)


@dataclass(frozen=True, slots=True)
class Spread:
    """The true yearly rates of some contracts, per cent: least, quarter, median, three quarters, most."""

    low: Decimal
    quarter: Decimal
    middle: Decimal
    three_quarters: Decimal
    high: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class LenderRow:
    """One lender: its contracts (the worst first), the cells of the matrix, the spread of rates."""

    name: str
    type_name: str
    cases: tuple[Case, ...]
    cells: tuple[Cell, ...]
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line in law and how the contracts stand to it."""

    title: str
    value: Decimal
    above: int
    near: int
    open: int


def write_overview(desk: Desk, store: Store) -> str:
    """The page; same desk, same bytes."""
    style, script = css(*STYLE), _script()
    templates = find_templates(desk.cases, store)
    rules = common_rules(desk.cases)
    lenders = lender_rows(desk.cases, store, rules)
    return environment().get_template("overview.html.j2").render(
        desk=desk,
        tally=[(level, sum(case.level is level for case in desk.cases)) for level in ORDER],
        spread=spread(desk.cases),
        bars=bars(desk.cases),
        lines=lines(desk.cases, store),
        rules=rules,
        lenders=lenders[:LENDERS],
        other_lenders=len(lenders[LENDERS:]),
        templates=templates[:TEMPLATES],
        in_templates=sum(len(one.cases) for one in templates),
        template_count=len(templates),
        twins=find_twins(templates, store),
        doubles=sum(len(case.names) - 1 for case in desk.cases),
        link=report_path,
        lender_label=lender_label,
        numbers={level: number for number, level in enumerate(ORDER)},
        unconfirmed=sum(not problem.confirmed for case in desk.cases for problem in case.counted),
        suppressed=sum(bool(problem.suppressed) for case in desk.cases for problem in case.problems),
        hits=hits,
        rows=_rows(desk, lenders[:LENDERS], rules, templates),
        css=style,
        css_hash=css_hash(style),
        script=script,
        script_hash=css_hash(script),
    )  # fmt: skip


def lender_label(case: Case) -> str:
    """Who lends, as the overview groups it: persons together, never by name."""
    if case.lender_type is LenderType.PRIVATE:
        return PRIVATE
    return case.lender or UNNAMED


def common_rules(cases: Sequence[Case]) -> tuple[Problem, ...]:
    """One problem of each of the most frequent rules, the most frequent first."""
    one: dict[str, Problem] = {}
    counts: Counter[str] = Counter()
    for case in cases:
        found = {problem.rule: problem for problem in case.counted}
        counts.update(found.keys())
        one.update(found)
    ordered = sorted(counts, key=lambda rule: (-counts[rule], rule))
    return tuple(one[rule] for rule in ordered[:PROBLEMS])


def lender_rows(cases: Sequence[Case], store: Store, rules: Sequence[Problem]) -> tuple[LenderRow, ...]:
    """Every lender, those with the most contracts first."""
    not_applicable = {
        (row["key"], row["rule"])
        for row in store.rows("SELECT key, rule FROM unjudged WHERE verdict = 'not_applicable'")
    }
    groups: defaultdict[tuple[str, LenderType], list[Case]] = defaultdict(list)
    for case in cases:
        groups[(lender_label(case), case.lender_type)].append(case)
    rows = []
    for (name, kind), group in groups.items():
        cells = tuple(_cell(group, problem.rule, not_applicable) for problem in rules)
        rows.append(LenderRow(name, words.LENDER[kind], tuple(group), cells, spread(group)))
    return tuple(sorted(rows, key=lambda row: (-len(row.cases), row.name, row.type_name)))


def _cell(group: Sequence[Case], rule: str, not_applicable: set[tuple[str, str]]) -> Cell:
    count = sum(any(problem.rule == rule for problem in case.counted) for case in group)
    applies = any((case.key, rule) not in not_applicable for case in group)
    return Cell(count, 100 * count // len(group), applies)


def hits(row: LenderRow, rule: str) -> str:
    """An SVG path over the lender's contracts: a mark one wide and one high at each that has the problem."""
    return "".join(
        f"M{number} 0h1v1h-1z"
        for number, case in enumerate(row.cases)
        if any(problem.rule == rule for problem in case.counted)
    )


def spread(cases: Sequence[Case]) -> Spread | None:
    """How the known rates lie; None where none is known."""
    rates = sorted(case.rate for case in cases if case.rate is not None)
    if not rates:
        return None
    cuts = quantiles(rates, n=4, method="inclusive") if len(rates) > 1 else [rates[0]] * 3
    return Spread(rates[0], Decimal(cuts[0]), median(rates), Decimal(cuts[2]), rates[-1], len(rates))


def bars(cases: Sequence[Case]) -> tuple[tuple[int, int], ...]:
    """(from per cent, how many) for every bar of the histogram."""
    counts = Counter(min(max(int(case.rate // STEP) * STEP, 0), LAST) for case in cases if case.rate is not None)
    return tuple((start, counts[start]) for start in range(0, LAST + 1, STEP))


def lines(cases: Sequence[Case], store: Store) -> tuple[Line, ...]:
    """The lines in law that the reports measure rates against."""
    keys = {case.key for case in cases}
    standings: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in store.rows("SELECT key, title, value, standing FROM line"):
        if row["key"] in keys:
            standings[(row["title"], row["value"])][row["standing"]] += 1
    found = [
        Line(title, Decimal(value), counts["above"], counts["near"], counts["open"])
        for (title, value), counts in standings.items()
    ]
    return tuple(sorted(found, key=lambda line: (-line.above, line.value, line.title)))


def _rows(desk: Desk, lenders: Sequence[LenderRow], rules: Sequence[Problem], templates: Sequence[Template]) -> Markup:
    from markupsafe import Markup

    numbers = {problem.rule: number for number, problem in enumerate(rules, 1)}
    of_lender = {case.key: number for number, row in enumerate(lenders, 1) for case in row.cases}
    of_template = {case.key: number for number, one in enumerate(templates, 1) for case in one.cases}
    rows = (
        table_row(
            case,
            lender=(of_lender.get(case.key, 0), lender_label(case)),
            template=of_template.get(case.key, 0),
            rules=numbers,
        )
        for case in desk.cases
    )
    return Markup("\n".join(rows))  # noqa: S704 (table_row escapes every text)


@cache
def _script() -> Markup:
    from markupsafe import Markup

    path = files("contract_scan.render").joinpath("templates", "overview.js")
    return Markup(path.read_text("utf-8"))  # noqa: S704 (our own file)
