"""YAML → validated, compiled rules; the law, the lexicon and the dated numbers beside them."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from contract_scan.errors import RuleError
from contract_scan.model import Effect, Role, RoleWords
from contract_scan.rulebook.directory import Directory, load_directory
from contract_scan.rulebook.kept import keep_rulebook, kept_rulebook
from contract_scan.rulebook.law import LawRegistry, load_law
from contract_scan.rulebook.lexicon import Lexicon, load_lexicon
from contract_scan.rulebook.parameters import Parameters, load_parameters
from contract_scan.rulebook.parts import load_parts
from contract_scan.rulebook.reader import read_rule
from contract_scan.rulebook.reading import closed, mapping, read_yaml, text, texts
from contract_scan.rulebook.schema import Part, Rule

__all__ = ["CATEGORIES", "Rule", "Rulebook", "load_rulebook"]

#: Folder → what the category is called in reports. The order is the order of the report.
CATEGORIES: Mapping[str, str] = {
    "fraud-signals": "诈骗与虚假宣传信号",
    "upfront-deduction": "砍头息",
    "rate-ambiguity": "利率不明",
    "hidden-fees": "隐性费用",
    "default-charges": "逾期与违约金",
    "prepayment": "提前还款",
    "unilateral-power": "单方变更",
    "security": "担保",
    "rights-waiver": "免责与权利限制",
    "data-and-collection": "个人信息与催收",
    "disputes": "争议解决",
    "bundling": "搭售",
    "blanks-and-missing": "空白与缺失",
    "formation": "缔约与形式",
}


@dataclass(frozen=True, slots=True)
class EffectWords:
    """What a finding of this effect may say at most, and words its rule must not use."""

    sentence: str
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything the checks and the report need to know about rules and law."""

    rules: tuple[Rule, ...]
    lexicon: Lexicon
    roles: RoleWords
    law: LawRegistry
    parameters: Parameters
    directory: Directory
    effects: Mapping[Effect, EffectWords]
    parts: Mapping[str, Part]
    sha256: str


def load_rulebook(extra: Path | None = None) -> Rulebook:
    """The built-in rules, plus those under *extra* (category/rule.yaml); RuleError on any mistake.

    An *extra* that is a whole rulebook (it has an effects.yaml, like rules/ in a checkout) takes their place.
    """
    root: Traversable = files("contract_scan_rules")
    if extra and (extra / "effects.yaml").is_file():
        root, extra = extra, None
    sha256 = _digest([root])
    rulebook = kept_rulebook(sha256)
    if rulebook is None:
        rulebook = _read(root, sha256)
        keep_rulebook(rulebook)
    return _with_extra(rulebook, extra, _digest([root, extra])) if extra else rulebook


def _read(root: Traversable, sha256: str) -> Rulebook:
    law, parts = load_law(root / "law"), load_parts(root / "parts.yaml")
    return Rulebook(
        _sorted(_rules(root, parts), law),
        load_lexicon(root / "lexicon"),
        read_roles(root / "roles.yaml"),
        law,
        load_parameters(root / "parameters"),
        load_directory(root / "directory"),
        _effects(root / "effects.yaml"),
        parts,
        sha256,
    )


def _sorted(rules: Iterable[Rule], law: LawRegistry) -> tuple[Rule, ...]:
    """In the order of the report; RuleError where a cited article is not in the registry."""
    rules, order = tuple(rules), {name: index for index, name in enumerate(CATEGORIES)}
    for rule in rules:
        for cited in rule.basis:
            if cited not in law.ids():
                raise RuleError(f"{rule.file}：法律依据 {cited} 不在 rules/law/ 里。先在那里加上这一条。")
    return tuple(sorted(rules, key=lambda r: (order.get(r.category, 99), r.id)))


def _with_extra(rulebook: Rulebook, extra: Path, sha256: str) -> Rulebook:
    rules = {rule.id: rule for rule in rulebook.rules}
    _add(rules, extra, rulebook.parts)
    return replace(rulebook, rules=_sorted(rules.values(), rulebook.law), sha256=sha256)


def read_roles(file: Traversable) -> RoleWords:
    """The words by which contracts name their parties."""
    raw = mapping(read_yaml(file), file.name)
    closed(raw, ("words", "pronouns", "fallback", "symbols"), file.name)
    words, pronouns, fallback = (
        {Role(role): texts(group, role, file.name) for role in group}
        for group in (mapping(raw[key], file.name) for key in ("words", "pronouns", "fallback"))
    )
    return RoleWords(words, pronouns, texts(raw, "symbols", file.name), fallback)


def _effects(file: Traversable) -> dict[Effect, EffectWords]:
    raw = mapping(read_yaml(file), file.name)
    out = {}
    for effect in Effect:
        entry = mapping(raw.get(effect.value), f"{file.name} 的 {effect.value}")
        out[effect] = EffectWords(text(entry, "sentence", file.name), texts(entry, "forbidden", file.name))
    return out


def _rules(root: Traversable, parts: Mapping[str, Part]) -> Iterator[Rule]:
    for category in CATEGORIES:
        folder = root / category
        if folder.is_dir():
            for file in sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name):
                yield read_rule(file, category, parts)


def _add(rules: dict[str, Rule], extra: Path, parts: Mapping[str, Part]) -> None:
    """Rules from *extra*; one that is already known must say ``overrides: true``."""
    for file in sorted(extra.glob("*/*.yaml")):
        if file.parent.name not in CATEGORIES:
            raise RuleError(f"{file}：没有“{file.parent.name}”这个类别，可用：{'、'.join(CATEGORIES)}。")
        rule = read_rule(file, file.parent.name, parts)
        if rule.id in rules and mapping(read_yaml(file), file.name).get("overrides") is not True:
            raise RuleError(f"{file}：规则 {rule.id} 已经有了。要替换它，请写 overrides: true。")
        rules[rule.id] = rule


def _digest(roots: list[Traversable]) -> str:
    """One hash over every YAML file, in a fixed order."""
    digest = hashlib.sha256()
    for root in roots:
        for name, content in sorted(_files(root, "")):
            digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _files(item, f"{prefix}{item.name}/")
        elif item.name.endswith(".yaml"):
            yield prefix + item.name, item.read_bytes()


def describe(rulebook: Rulebook, rule_id: str) -> str:
    """A rule in words, for a person at a terminal; RuleError when there is none of that id."""
    rule = next((rule for rule in rulebook.rules if rule.id == rule_id), None)
    if rule is None:
        near = difflib.get_close_matches(rule_id, [rule.id for rule in rulebook.rules], n=1)
        hint = f"是不是想看 {near[0]}？" if near else "用 contract-scan rules list 看有哪些。"
        raise RuleError(f"没有规则 {rule_id}。{hint}")
    kept = (CATEGORIES[rule.category], rule.severity.value, rule.effect.value, rule.confidence.value)
    lines = [
        f"{rule.id}（{'，'.join(kept)}）",
        rule.title, "", f"为什么：{rule.why}", f"问什么：{rule.ask}",
        f"法律后果：{rulebook.effects[rule.effect].sentence}",
        f"依据：{'、'.join(rule.basis)}", f"文件：rules/{rule.file}", "", "例子：",
        *(f"  {example.expect.value:14s} {example.text}" for example in rule.examples),
    ]  # fmt: skip
    return "\n".join(lines)
