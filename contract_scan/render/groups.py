"""Findings by what they do to the reader: the groups of the report, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from contract_scan.model import Effect, Finding
from contract_scan.render.view import Item

#: Group → (its name, what it means to the reader).
GROUPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pay": ("要你多付钱", "这些写法让你实际付出的比以为的多。"),
        "stuck": ("让你难以退出", "提前还清、换一家、拿回押的东西，或者让担保人脱身，会变难或变贵。"),
        "power": ("对方可以随便改", "这些地方由对方一方说了算，你签的时候不知道以后会变成什么样。"),
        "rights": ("你的信息和权利", "你的个人信息怎么用，出了争议你还能不能说理、到哪里说理。"),
        "unclear": ("没写清楚", "空着、互相矛盾，或者只写了一半。写清楚之前，不知道签的是什么。"),
        "other": ("其他", "不属于上面几类。"),
    }
)
#: Rule category → group.
CATEGORY: Mapping[str, str] = MappingProxyType(
    {
        "upfront-deduction": "pay",
        "rate-ambiguity": "pay",
        "hidden-fees": "pay",
        "default-charges": "pay",
        "bundling": "pay",
        "prepayment": "stuck",
        "security": "stuck",
        "unilateral-power": "power",
        "rights-waiver": "rights",
        "data-and-collection": "rights",
        "disputes": "rights",
        "formation": "rights",
        "fraud-signals": "rights",
        "blanks-and-missing": "unclear",
    }
)
#: Rules that do something else to the reader than their category.
RULE: Mapping[str, str] = MappingProxyType(
    {
        "accelerate-on-any-breach": "power",
        "accelerate-subjective": "power",
        "acceleration-without-fault": "power",
        "fee-amount-unspecified": "unclear",
        "fee-by-unnamed-third-party": "unclear",
        "fee-disclosure-table-missing": "unclear",
        "guarantee-mode-unclear": "unclear",
        "penalty-rate-missing": "unclear",
        "rate-annual-not-stated": "unclear",
        "rate-as-money-per-day": "unclear",
        "rate-internal-conflict": "unclear",
        "rate-lpr-terms-missing": "unclear",
        "rate-range-only": "unclear",
        "rate-see-system-or-page": "unclear",
        "rate-simple-or-irr-unstated": "unclear",
        "rate-unit-ambiguous": "unclear",
    }
)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one group in reading order; never empty."""

    id: str
    name: str
    lead: str
    items: tuple[Item, ...]


def group_of(finding: Finding) -> str:
    """The key in :data:`GROUPS`; rules of categories we do not know stand under 其他."""
    return RULE.get(finding.rule) or CATEGORY.get(finding.category, "other")


def grouped(items: Iterable[Item]) -> tuple[Group, ...]:
    """All findings but the fraud signals, which have a place of their own."""
    found: dict[str, list[Item]] = {id: [] for id in GROUPS}
    for item in items:
        if item.finding.effect is not Effect.SIGNAL:
            found[group_of(item.finding)].append(item)
    return tuple(Group(id, *GROUPS[id], tuple(some)) for id, some in found.items() if some)
