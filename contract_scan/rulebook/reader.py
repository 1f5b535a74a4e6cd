"""YAML → Rule. A closed schema: an unknown key, a rule without examples or without a basis does not load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from importlib.resources.abc import Traversable

from contract_scan.errors import RuleError
from contract_scan.model import BorrowerType, Confidence, ContractKind, Effect, LenderType, Severity, Verdict
from contract_scan.rulebook.parts import NO_PARTS, read_lacks
from contract_scan.rulebook.patterns import E, choice, pattern, patterns, selector
from contract_scan.rulebook.reading import closed, day, mapping, read_yaml, text, texts
from contract_scan.rulebook.schema import (
    Applies,
    Check,
    CompareCheck,
    ConflictCheck,
    Example,
    Limit,
    MissingCheck,
    NeededCheck,
    Part,
    PhraseCheck,
    Rule,
)

RULE_KEYS = (
    "id", "title", "severity", "effect", "confidence", "applies", "terms", "check", "why", "ask", "basis",
    "examples", "overrides",
)  # fmt: skip


def read_rule(file: Traversable, category: str, parts: Mapping[str, Part] = NO_PARTS) -> Rule:
    """One rule from its file; the file name must be its id, *parts* are those that rules share. Raises RuleError."""
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
        checks=tuple(
            _check(mapping(c, where), where, parts) for c in (checks if isinstance(checks, list) else [checks])
        ),
        why=text(raw, "why", where),
        ask=text(raw, "ask", where),
        basis=texts(raw, "basis", where),
        examples=_examples(mapping(raw.get("examples", {}), where), where),
        file=where,
        terms={key: tuple(map(str, words)) for key, words in _terms(raw, where).items()},
    )
    _complete(rule)
    return rule


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


def _check(raw: Mapping[str, object], where: str, parts: Mapping[str, Part]) -> Check:
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
        return read_lacks(raw, where, parts)
    return NeededCheck(text(raw, "needs", where))


def _phrase_check(raw: Mapping[str, object], kind: str, where: str) -> PhraseCheck:
    within = text(raw, "within", where, default="sentence")
    check = PhraseCheck(
        any=patterns(raw, "any", where, kind=kind, within=within),
        given=patterns(raw, "given", where, kind="phrase", within="sentence"),
        unless=patterns(raw, "unless", where, kind="phrase", within="sentence"),
        negation=raw.get("negation", kind == "phrase") is True,
        quote=text(raw, "quote", where, default="sentence"),
        first_only=raw.get("first_only") is True,
    )
    if not check.any or check.quote not in ("half", "match", "sentence"):
        raise RuleError(f"{where}：any 不能空；quote 只能是 half、match 或 sentence。")
    return check


def _missing_check(raw: Mapping[str, object], where: str) -> MissingCheck:
    expects = raw.get("expects", [])
    listed = [
        mapping(i, where) if not isinstance(i, str) else {"phrase": i}
        for i in (expects if isinstance(expects, list) else [expects])
    ]
    facts = tuple(selector(item["fact"], where) for item in listed if "fact" in item)
    rest = [item for item in listed if "fact" not in item]
    if not listed:
        raise RuleError(f"{where}：missing 要写 expects：期望看到的事实或短语。")
    return MissingCheck(
        facts,
        tuple(pattern(item, where, "phrase", "sentence") for item in rest),
        patterns(raw, "unless", where, kind="phrase", within="sentence"),
        patterns(raw, "given", where, kind="phrase", within="sentence"),
        _applies(mapping(raw.get("applies", {}), where), where),
        int(_decimal(raw.get("least", 0), where)),
    )


def _conflict_check(raw: Mapping[str, object], where: str) -> ConflictCheck:
    return ConflictCheck(
        selector(raw.get("fact"), where),
        texts(raw, "same", where),
        text(raw, "within", where, default="document"),
        _decimal(raw.get("tolerance", 0), where),
        _decimal(raw.get("share", 0), where),
        raw.get("annual") is True,
        patterns(raw, "unless", where, kind="phrase", within="sentence"),
    )


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
        selector(raw.get("fact"), where),
        op,
        bound,
        raw.get("annual") is True,
        absent,
        reason,
        patterns(raw, "unless", where, kind="phrase", within="sentence"),
        patterns(raw, "given", where, kind="phrase", within="sentence"),
        _applies(mapping(raw.get("applies", {}), where), where),
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
