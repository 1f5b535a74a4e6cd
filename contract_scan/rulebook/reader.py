"""YAML → Rule. A closed schema: an unknown key, a rule without examples or without a basis does not load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import TypeVar

from contract_scan.errors import RuleError
from contract_scan.model import BorrowerType, Confidence, ContractKind, Effect, LenderType, Severity, Verdict
from contract_scan.rulebook.phrase import parse_phrase
from contract_scan.rulebook.reading import closed, day, items, mapping, read_yaml, text, texts
from contract_scan.rulebook.regex import read_regex
from contract_scan.rulebook.schema import (
    WITHIN,
    Applies,
    Check,
    CompareCheck,
    ConflictCheck,
    Example,
    LacksCheck,
    Limit,
    MissingCheck,
    NeededCheck,
    Part,
    PartFact,
    Pattern,
    PhraseCheck,
    Rule,
    Selector,
)

RULE_KEYS = (
    "id", "title", "severity", "effect", "confidence", "applies", "terms", "check", "why", "ask", "basis",
    "examples", "overrides",
)  # fmt: skip
E = TypeVar("E", bound=StrEnum)


def read_rule(file: Traversable, category: str) -> Rule:
    """One rule from its file; the file name must be its id. Raises RuleError."""
    where = f"{category}/{file.name}"
    raw = mapping(read_yaml(file), where)
    closed(raw, RULE_KEYS, where)
    rule_id = text(raw, "id", where)
    if file.name != f"{rule_id}.yaml":
        raise RuleError(f"{where}：id 是 {rule_id}，文件名就应是 {rule_id}.yaml。")
    checks = raw.get("check")
    rule = Rule(
        id=rule_id,
        category=category,
        title=text(raw, "title", where),
        severity=choice(Severity, raw, "severity", where),
        effect=choice(Effect, raw, "effect", where),
        confidence=choice(Confidence, raw, "confidence", where, default="likely"),
        applies=_applies(mapping(raw.get("applies", {}), where), where),
        checks=tuple(_check(mapping(c, where), where) for c in (checks if isinstance(checks, list) else [checks])),
        why=text(raw, "why", where),
        ask=text(raw, "ask", where),
        basis=texts(raw, "basis", where),
        examples=_examples(mapping(raw.get("examples", {}), where), where),
        file=where,
        terms={key: tuple(map(str, words)) for key, words in _terms(raw, where).items()},
    )
    _complete(rule)
    return rule


def choice(kind: type[E], raw: Mapping[str, object], key: str, where: str, *, default: str | None = None) -> E:
    """One value of an enumeration; RuleError lists what is allowed."""
    written = text(raw, key, where, default=default)
    try:
        return kind(written)
    except ValueError as error:
        raise RuleError(f"{where}：{key} 不能是“{written}”，可用：{'、'.join(kind)}。") from error


def _complete(rule: Rule) -> None:
    if not rule.basis:
        raise RuleError(f"{rule.file}：没有法律依据 basis，不能载入。")
    needed = all(isinstance(check, NeededCheck) for check in rule.checks)
    found = {example.expect for example in rule.examples}
    if not needed and not {Verdict.HIT, Verdict.CLEAR} <= found:
        raise RuleError(f"{rule.file}：examples 里至少要有一个 hit 和一个 clear。")


def _terms(raw: Mapping[str, object], where: str) -> dict[str, list[object]]:
    terms = mapping(raw.get("terms", {}), where)
    for key, words in terms.items():
        if not re.fullmatch(r"[a-z][a-z0-9-]*", key) or not isinstance(words, list):
            raise RuleError(f"{where}：terms 的 {key} 应是“英文名: [词, 词]”。")
    return {key: list(words) for key, words in terms.items() if isinstance(words, list)}


def _applies(raw: Mapping[str, object], where: str) -> Applies:
    closed(raw, ("lender_type", "borrower_type", "kind", "signed_from", "signed_until"), f"{where} 的 applies")
    return Applies(
        _several(LenderType, raw, "lender_type", where),
        _several(BorrowerType, raw, "borrower_type", where),
        _several(ContractKind, raw, "kind", where),
        day(raw, "signed_from", where),
        day(raw, "signed_until", where),
    )


def _several(kind: type[E], raw: Mapping[str, object], key: str, where: str) -> tuple[E, ...]:
    return tuple(choice(kind, {key: value}, key, where) for value in texts(raw, key, where) if value != "any")


_CHECK_KEYS = {
    "phrase": ("kind", "any", "given", "unless", "within", "negation", "quote", "first_only"),
    "regex": ("kind", "any", "given", "unless", "within", "negation", "quote", "first_only"),
    "missing": ("kind", "expects", "unless", "given", "applies", "least"),
    "compare": ("kind", "fact", "op", "limit", "annual", "absent", "absent_reason", "unless", "given", "applies"),
    "conflict": ("kind", "fact", "same", "within", "tolerance", "share", "annual", "unless"),
    "lacks": ("kind", "parts", "any", "given", "unless", "must", "ask_only"),
    "needed": ("kind", "needs"),
}
_ATTRIBUTES = ("value", "per", "base", "timing", "payee")


def _check(raw: Mapping[str, object], where: str) -> Check:
    kind = text(raw, "kind", where)
    if kind not in _CHECK_KEYS:
        raise RuleError(f"{where}：没有“{kind}”这种检查，可用：{'、'.join(_CHECK_KEYS)}。")
    closed(raw, _CHECK_KEYS[kind], f"{where} 的 check")
    if kind in ("phrase", "regex"):
        return _phrase_check(raw, kind, where)
    if kind == "missing":
        return _missing_check(raw, where)
    if kind == "compare":
        return _compare_check(raw, where)
    if kind == "conflict":
        return _conflict_check(raw, where)
    if kind == "lacks":
        return _lacks_check(raw, where)
    return NeededCheck(text(raw, "needs", where))


def _phrase_check(raw: Mapping[str, object], kind: str, where: str) -> PhraseCheck:
    within = text(raw, "within", where, default="sentence")
    check = PhraseCheck(
        any=_patterns(raw, "any", where, kind=kind, within=within),
        given=_patterns(raw, "given", where, kind="phrase", within="sentence"),
        unless=_patterns(raw, "unless", where, kind="phrase", within="sentence"),
        negation=raw.get("negation", kind == "phrase") is True,
        quote=text(raw, "quote", where, default="half"),
        first_only=raw.get("first_only") is True,
    )
    if not check.any or check.quote not in ("half", "match", "sentence"):
        raise RuleError(f"{where}：any 不能空；quote 只能是 half、match 或 sentence。")
    return check


def _patterns(raw: Mapping[str, object], key: str, where: str, *, kind: str, within: str) -> tuple[Pattern, ...]:
    found = raw.get(key, [])
    listed = found if isinstance(found, list) else [found]
    return tuple(_pattern(item, f"{where} 的 {key}", kind, within) for item in listed)


def _pattern(item: object, where: str, kind: str, within: str) -> Pattern:
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


def _missing_check(raw: Mapping[str, object], where: str) -> MissingCheck:
    expects = raw.get("expects", [])
    listed = [
        mapping(i, where) if not isinstance(i, str) else {"phrase": i}
        for i in (expects if isinstance(expects, list) else [expects])
    ]
    facts = tuple(_selector(item["fact"], where) for item in listed if "fact" in item)
    rest = [item for item in listed if "fact" not in item]
    if not listed:
        raise RuleError(f"{where}：missing 要写 expects：期望看到的事实或短语。")
    return MissingCheck(
        facts,
        tuple(_pattern(item, where, "phrase", "sentence") for item in rest),
        _patterns(raw, "unless", where, kind="phrase", within="sentence"),
        _patterns(raw, "given", where, kind="phrase", within="sentence"),
        _applies(mapping(raw.get("applies", {}), where), where),
        int(_decimal(raw.get("least", 0), where)),
    )


def _conflict_check(raw: Mapping[str, object], where: str) -> ConflictCheck:
    return ConflictCheck(
        _selector(raw.get("fact"), where),
        texts(raw, "same", where),
        text(raw, "within", where, default="document"),
        _decimal(raw.get("tolerance", 0), where),
        _decimal(raw.get("share", 0), where),
        raw.get("annual") is True,
        _patterns(raw, "unless", where, kind="phrase", within="sentence"),
    )


def _lacks_check(raw: Mapping[str, object], where: str) -> LacksCheck:
    check = LacksCheck(
        tuple(_part(mapping(item, f"{where} 的 parts"), f"{where} 的 parts") for item in items(raw, "parts", where)),
        _patterns(raw, "any", where, kind="phrase", within="sentence"),
        _patterns(raw, "given", where, kind="phrase", within="sentence"),
        _patterns(raw, "unless", where, kind="phrase", within="sentence"),
        texts(raw, "must", where),
        raw.get("ask_only", True) is True,
    )
    unknown = set(check.must) - {part.name for part in check.parts}
    if unknown or bool(check.any) != bool(check.must):
        raise RuleError(f"{where}：lacks 的 any 和 must 要一起写；must 里只能是 parts 里的 name。")
    return check


def _part(raw: Mapping[str, object], where: str) -> Part:
    closed(raw, ("name", "ask", "shown", "facts", "when"), where)
    facts = items(raw, "facts", where) if "facts" in raw else []
    part = Part(
        text(raw, "name", where),
        text(raw, "ask", where),
        _patterns(raw, "shown", where, kind="phrase", within="sentence"),
        tuple(_part_fact(mapping(item, where), where) for item in facts),
        _patterns(raw, "when", where, kind="phrase", within="sentence"),
    )
    if not (part.shown or part.facts):
        raise RuleError(f"{where}：{part.name} 要写 shown 或 facts：看到什么就算写明了。")
    return part


def _part_fact(raw: Mapping[str, object], where: str) -> PartFact:
    closed(raw, ("fact", "attribute"), where)
    attribute = text(raw, "attribute", where, default="value")
    if attribute not in _ATTRIBUTES:
        raise RuleError(f"{where}：attribute 可用：{'、'.join(_ATTRIBUTES)}。")
    return PartFact(_selector(raw.get("fact"), where), attribute)


def _compare_check(raw: Mapping[str, object], where: str) -> CompareCheck:
    limit = raw.get("limit")
    if isinstance(limit, dict):
        closed(limit, ("parameter", "times"), f"{where} 的 limit")
        bound = Limit(None, text(limit, "parameter", where), _decimal(limit.get("times", 1), where))
    else:
        bound = Limit(_decimal(limit, where))
    op = text(raw, "op", where)
    if op not in (">", ">=", "<", "<="):
        raise RuleError(f"{where}：op 可用 >、>=、<、<=。")
    absent = choice(Verdict, raw, "absent", where, default="clear")
    reason = text(raw, "absent_reason", where, default="合同里没有找到要比较的数字。")
    return CompareCheck(
        _selector(raw.get("fact"), where),
        op,
        bound,
        raw.get("annual") is True,
        absent,
        reason,
        _patterns(raw, "unless", where, kind="phrase", within="sentence"),
        _patterns(raw, "given", where, kind="phrase", within="sentence"),
        _applies(mapping(raw.get("applies", {}), where), where),
    )


def _selector(raw: object, where: str) -> Selector:
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


def _decimal(raw: object, where: str) -> Decimal:
    try:
        return Decimal(str(raw))
    except InvalidOperation as error:
        raise RuleError(f"{where}：“{raw}”不是数字。") from error


def _examples(raw: Mapping[str, object], where: str) -> tuple[Example, ...]:
    closed(raw, tuple(v.value for v in Verdict), f"{where} 的 examples")
    out = []
    for verdict in Verdict:
        listed = raw.get(verdict.value, [])
        out += [_example(item, verdict, where) for item in (listed if isinstance(listed, list) else [listed])]
    return tuple(out)


def _example(item: object, expect: Verdict, where: str) -> Example:
    raw = {"text": item} if isinstance(item, str) else mapping(item, f"{where} 的 examples")
    closed(
        raw,
        ("text", "lender_type", "borrower_type", "kind", "signed_on", "unread_pages"),
        f"{where} 的 examples",
    )
    plain, marked = unmark(text(raw, "text", where))
    return Example(
        plain,
        marked,
        expect,
        choice(LenderType, raw, "lender_type", where) if "lender_type" in raw else None,
        choice(BorrowerType, raw, "borrower_type", where) if "borrower_type" in raw else None,
        choice(ContractKind, raw, "kind", where) if "kind" in raw else None,
        day(raw, "signed_on", where),
        bool(raw.get("unread_pages")),
    )


def unmark(written: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Strip ⟦ ⟧ and give the positions of what they held."""
    plain: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    for char in written:
        if char == "⟦":
            starts.append(len(plain))
        elif char == "⟧":
            spans.append((starts.pop(), len(plain)))
        else:
            plain.append(char)
    return "".join(plain), tuple(spans)
