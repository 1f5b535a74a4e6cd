"""Contracts that belong together: the same text in several files, and contracts from one template."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from contract_scan.batch.records import Case
from contract_scan.batch.store import Store
from contract_scan.sketch import likeness, parts

#: From this share of common text on, two contracts come from one template (61 % is what two private notes share).
TEMPLATE = 0.7
#: From this share on, and with the same facts and lender, two files are one contract (another scan, another format).
SAME = 0.9
#: A leader must share this many of the smallest hashes before it is compared (a quarter of what a twin shares).
PROBES, SHARED = 32, 6
#: (kind, role) of a fact → what differs; facts that are not here have no word of ours.
FACTS = {
    ("amount", "principal"): "借款金额",
    ("amount", "received"): "到账金额",
    ("amount", "instalment"): "每期还款",
    ("rate", "contract"): "利率",
    ("rate", "overdue"): "逾期利率",
    ("term", "loan"): "期限",
    ("date", "signed"): "签订日期",
    ("repayment-method", ""): "还款方式",
}
FEE = "费率"


@dataclass(frozen=True, slots=True)
class Template:
    """Contracts of one template: the first is the one to read; ``alike`` is the least common text (0 to 1)."""

    cases: tuple[Case, ...]
    alike: float
    differs: tuple[str, ...]

    @property
    def lender(self) -> str:
        """The lender most of them name, "" where they name none."""
        return Counter(case.lender for case in self.cases).most_common(1)[0][0]

    @property
    def rates(self) -> tuple[Decimal, ...]:
        """The true yearly rates that are known, ascending."""
        return tuple(sorted(case.rate for case in self.cases if case.rate is not None))

    @property
    def middle(self) -> Decimal | None:
        """Their median."""
        return median(self.rates) if self.rates else None

    def common(self, most: int = 3) -> tuple[tuple[str, int], ...]:
        """The most frequent problems and how many contracts have them."""
        counts = Counter(title for case in self.cases for title in {problem.title for problem in case.counted})
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])


def find_templates(cases: Iterable[Case], store: Store) -> tuple[Template, ...]:
    """The templates with at least two contracts, the largest first; same cases in, same templates out."""
    facts = facts_of(store)
    found = []
    for group, alike in _clusters(sorted(cases, key=lambda case: case.key)):
        if len(group) > 1:
            found.append(Template(tuple(sorted(group, key=lambda c: c.names)), alike, _differing(group, facts)))
    return tuple(sorted(found, key=lambda template: (-len(template.cases), template.cases[0].names)))


def find_twins(templates: Iterable[Template], store: Store) -> tuple[tuple[Case, ...], ...]:
    """Cases that are one contract in another file: nearly the same text, the same facts, the same lender."""
    facts = facts_of(store)
    twins = []
    for template in templates:
        alike: defaultdict[object, list[Case]] = defaultdict(list)
        for case in template.cases:
            alike[(case.lender, facts.get(case.key, frozenset()))].append(case)
        for group in alike.values():
            first = parts(group[0].sketch)
            same = [case for case in group if likeness(first, parts(case.sketch)) >= SAME]
            if len(same) > 1 and facts.get(group[0].key):
                twins.append(tuple(same))
    return tuple(twins)


def facts_of(store: Store) -> Mapping[str, frozenset[tuple[str, str, str]]]:
    """What each contract states with a value: (kind, role, value with unit)."""
    found: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    query = "SELECT key, kind, role, value, unit, per FROM fact WHERE value IS NOT NULL AND NOT derived"
    for row in store.rows(query):
        value = format(Decimal(row["value"]).normalize(), "f") if row["unit"] else row["value"]
        found[row["key"]].add((row["kind"], row["role"], f"{value} {row['unit']} {row['per']}"))
    return {key: frozenset(facts) for key, facts in found.items()}


def _clusters(cases: Iterable[Case]) -> Iterable[tuple[list[Case], float]]:
    """Leader clustering: a case joins the leader it is most like, or becomes one. Never all pairs."""
    leaders: list[tuple[tuple[str, ...], list[Case], list[float]]] = []
    index: defaultdict[str, list[int]] = defaultdict(list)
    for case in cases:
        mine = parts(case.sketch)
        near = Counter(number for part in mine[:PROBES] for number in index[part])
        rated = [(likeness(mine, leaders[n][0]), -n) for n, shared in near.items() if shared >= min(SHARED, len(mine))]
        best, number = max(rated, default=(0.0, 0))
        if best >= TEMPLATE:
            leaders[-number][1].append(case)
            leaders[-number][2].append(best)
        else:
            for part in mine[:PROBES]:
                index[part].append(len(leaders))
            leaders.append((mine, [case], []))
    return [(group, min(alike, default=1.0)) for _, group, alike in leaders]


def _differing(group: list[Case], facts: Mapping[str, frozenset[tuple[str, str, str]]]) -> tuple[str, ...]:
    """Which stated values are not the same in all contracts of a group."""
    stated = [_stated(facts.get(case.key, frozenset())) for case in group]
    words = [*dict.fromkeys(FACTS.values()), FEE]
    names = ["出借人"] if len({case.lender for case in group}) > 1 else []
    return (*names, *(word for word in words if len({frozenset(one[word]) for one in stated}) > 1))


def _stated(facts: Iterable[tuple[str, str, str]]) -> defaultdict[str, set[str]]:
    """The values by our word for them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for kind, role, value in facts:
        word = FEE if kind == "fee" else FACTS.get((kind, role))
        if word:
            found[word].add(f"{role} {value}")
    return found
