"""What the kinds of check have in common in YAML: patterns, fact selectors, values of an enumeration."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from contract_scan.errors import RuleError
from contract_scan.model import Confidence
from contract_scan.rulebook.phrase import parse_phrase
from contract_scan.rulebook.reading import closed, mapping, text, texts
from contract_scan.rulebook.regex import read_regex
from contract_scan.rulebook.schema import WITHIN, Pattern, Selector

E = TypeVar("E", bound=StrEnum)


def choice(kind: type[E], raw: Mapping[str, object], key: str, where: str, *, default: str | None = None) -> E:
    """One value of an enumeration; RuleError lists what is allowed."""
    written = text(raw, key, where, default=default)
    try:
        return kind(written)
    except ValueError as error:
        raise RuleError(f"{where}：{key} 不能是“{written}”，可用：{'、'.join(kind)}。") from error


def patterns(raw: Mapping[str, object], key: str, where: str, *, kind: str, within: str) -> tuple[Pattern, ...]:
    """The patterns under *key*: a list or a single one; *kind* is what a bare string is. Raises RuleError."""
    found = raw.get(key, [])
    listed = found if isinstance(found, list) else [found]
    return tuple(pattern(item, f"{where} 的 {key}", kind, within) for item in listed)


def pattern(item: object, where: str, kind: str, within: str) -> Pattern:
    """One pattern: a bare string is of the given kind and reach. Raises RuleError."""
    raw = {kind: item} if isinstance(item, str) else mapping(item, where)
    closed(raw, ("phrase", "regex", "within", "confidence", "why"), where)
    reach = text(raw, "within", where, default=within)
    if reach not in WITHIN or ("phrase" in raw) == ("regex" in raw):
        raise RuleError(f"{where}：要写 phrase 或 regex 之一；within 可用：{'、'.join(WITHIN)}。")
    return Pattern(
        parse_phrase(text(raw, "phrase", where), where) if "phrase" in raw else None,
        read_regex(text(raw, "regex", where), where) if "regex" in raw else None,
        reach,
        choice(Confidence, raw, "confidence", where) if "confidence" in raw else None,
        text(raw, "why", where, default=""),
    )


def selector(raw: object, where: str) -> Selector:
    """Which facts are meant. Raises RuleError."""
    entry = mapping(raw, f"{where} 的 fact")
    closed(entry, ("kind", "role", "unit", "per", "timing", "value"), f"{where} 的 fact")
    return Selector(
        texts(entry, "kind", where),
        texts(entry, "role", where),
        texts(entry, "unit", where),
        texts(entry, "per", where),
        texts(entry, "timing", where),
        text(entry, "value", where, default="any"),
    )
