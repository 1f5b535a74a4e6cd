"""What a reader of one rule cannot see: dead concepts, patterns that can never match, words too strong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_scan.rulebook import Rulebook
from contract_scan.rulebook.lexicon import DYNAMIC
from contract_scan.rulebook.schema import LacksCheck, Pattern, Rule, patterns_of

#: (a+)+ and the like: time can explode on hostile text.
_NESTED = re.compile(r"\((?:[^()]*[^\\])?[+*][^()]*\)[+*]|\((?:[^()]*[^\\])?[+*][^()]*\)\{\d+,\}")
_UNBOUNDED = re.compile(r"(?<!\\)(?:\.|\[\^[^\]]*\])[*+]")


def lint(rulebook: Rulebook) -> list[str]:
    """One Chinese sentence per complaint; an empty list when all is well."""
    rules = (line for rule in rulebook.rules for line in _rule(rule, rulebook))
    return [*rules, *_lexicon(rulebook), *_parts(rulebook)]


def _rule(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    known = rulebook.lexicon.concepts | frozenset(rule.terms)
    for pattern in patterns_of(rule):
        for concept in _concepts(pattern):
            if concept not in known:
                yield f"{rule.file}：概念 <{concept}> 不在词典里，这个短语永远不会命中：{_written(pattern)}"
        if pattern.regex and (_NESTED.search(pattern.regex.source) or _UNBOUNDED.search(pattern.regex.source)):
            yield f"{rule.file}：正则没有限长，可能非常慢：{pattern.regex.source}。请写成 {{0,30}} 这样的有限重复。"
    for cited in rule.basis:
        if cited not in rulebook.law.ids():
            yield f"{rule.file}：法律依据 {cited} 不在 rules/law/ 里。"
    for word in rulebook.effects[rule.effect].forbidden:
        if word in rule.why + rule.ask + rule.title:
            yield f"{rule.file}：法律后果是 {rule.effect.value}，不能写“{word}”。"
    for term in rule.terms:
        if not any(term in _concepts(pattern) for pattern in patterns_of(rule)):
            yield f"{rule.file}：terms 里的 {term} 没有用到。"


def _concepts(pattern: Pattern) -> set[str]:
    return {c for e in pattern.phrase.elements for c in e.concepts} if pattern.phrase else set()


def _written(pattern: Pattern) -> str:
    return pattern.phrase.written if pattern.phrase else ""


def _lexicon(rulebook: Rulebook) -> Iterator[str]:
    for concept, words in rulebook.lexicon.words.items():
        if not words and concept not in rulebook.lexicon.patterns and concept not in DYNAMIC:
            yield f"词典的 {concept} 是空的。"


def _parts(rulebook: Rulebook) -> Iterator[str]:
    """A rule may give a shared part its own words, so it is known by what shows it."""
    checks = (check for rule in rulebook.rules for check in rule.checks if isinstance(check, LacksCheck))
    used = {(part.shown, part.facts, part.when) for check in checks for part in check.parts}
    for id, part in rulebook.parts.items():
        if (part.shown, part.facts, part.when) not in used:
            yield f"parts.yaml 的 {id} 没有规则用到。"
