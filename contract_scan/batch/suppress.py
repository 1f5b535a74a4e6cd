"""Problems an adviser has decided not to see, each with a reason: a small YAML file beside the contracts.

    - rule: penalty-double          # or "*"
      scope: 合同-2026Q3/张三*       # file names (wildcards), or a lender's name, or "*"
      who: 李律师
      reason: 已由对方书面撤回
      until: 2027-01-01             # the last day it holds

What is suppressed is counted and listed with its reason, never silently gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from contract_scan.errors import RuleError
from contract_scan.rulebook.reading import closed, day, mapping, read_yaml, text

#: Found without being asked for in each folder that is checked.
FILE = "contract-scan-ignore.yaml"
KEYS = ("rule", "scope", "who", "reason", "until")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One decision: which rule in which contracts, by whom, why, and until when (that day included)."""

    rule: str
    scope: str
    who: str
    reason: str
    until: date

    def covers(self, rule: str, names: Iterable[str], lender: str) -> bool:
        """Whether a problem of a contract falls under it (all of the contract's files count)."""
        if self.rule not in ("*", rule):
            return False
        return self.scope == lender or any(fnmatchcase(name, self.scope) for name in names)

    def __str__(self) -> str:
        return f"{self.reason}（{self.who}，至 {self.until}）"


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """The decisions in a file. Raises RuleError that names entry, key and remedy."""
    raw = read_yaml(path) or []
    if not isinstance(raw, list):
        raise RuleError(f"{path.name}：应是以“- ”开头的若干项。")
    return tuple(_entry(item, f"{path.name} 第 {number} 项") for number, item in enumerate(raw, 1))


def _entry(raw: object, where: str) -> Suppression:
    entry = mapping(raw, where)
    closed(entry, KEYS, where)
    until = day(entry, "until", where)
    if until is None:
        raise RuleError(f"{where}：缺少 until。请写到哪一天为止，如 until: 2027-01-01。")
    rule, scope, who, reason = (text(entry, key, where) for key in KEYS[:4])
    return Suppression(rule, scope, who, reason, until)


def packed(suppressions: Iterable[Suppression]) -> str:
    """For the store."""
    return json.dumps([{**asdict(item), "until": item.until.isoformat()} for item in suppressions], ensure_ascii=False)


def unpacked(content: str | None) -> tuple[Suppression, ...]:
    """From the store."""
    entries = json.loads(content or "[]")
    return tuple(Suppression(**{**entry, "until": date.fromisoformat(entry["until"])}) for entry in entries)
