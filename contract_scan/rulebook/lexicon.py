"""Concept → words. Shared by all rules: one new word helps every rule that speaks of the concept.

A word may hold ``~`` (up to eight characters, none of them 。；，) and may include another concept as ``<other>``.
A concept may also have ``patterns``: regular expressions for what is no word (a percentage, a blank).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from contract_scan.errors import RuleError
from contract_scan.model import Role
from contract_scan.rulebook.reading import closed, read_yaml
from contract_scan.rulebook.regex import Regex, read_regex

#: Concepts whose words come from the contract itself (its parties), not from the lexicon.
DYNAMIC = (*(role.value for role in Role), "drafter", "party")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts with their words (``~`` unexpanded) and patterns."""

    words: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[Regex, ...]]

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept a phrase may name, the dynamic ones included."""
        return frozenset(self.words) | frozenset(self.patterns) | frozenset(DYNAMIC)

    def with_terms(self, terms: Mapping[str, tuple[str, ...]]) -> Lexicon:
        """The lexicon with a rule's local terms added."""
        return Lexicon({**self.words, **terms}, self.patterns) if terms else self


def load_lexicon(folder: Traversable) -> Lexicon:
    """Read ``lexicon/*.yaml``; a concept may be extended in several files. Raises RuleError."""
    raw: dict[str, list[str]] = {}
    patterns: dict[str, list[Regex]] = {}
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name):
        content = read_yaml(file)
        if not isinstance(content, dict):
            raise RuleError(f"{file.name}：应是“concepts:”加上概念表。")
        closed(content, ("concepts",), file.name)
        for concept, entry in content["concepts"].items():
            words, found = _entry(entry, f"{file.name} 的 {concept}")
            raw.setdefault(concept, []).extend(words)
            patterns.setdefault(concept, []).extend(found)
    expanded = {concept: expand(concept, raw) for concept in raw}
    return Lexicon(expanded, {concept: tuple(found) for concept, found in patterns.items() if found})


def expand(concept: str, raw: Mapping[str, Iterable[str]], seen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The words of a concept with ``<other>`` replaced by that concept's words; RuleError on a cycle."""
    if concept in seen:
        raise RuleError(f"词典里概念互相包含：{' → '.join((*seen, concept))}。请去掉其中一个。")
    out: dict[str, None] = {}
    for word in raw[concept]:
        other = re.fullmatch(r"<([a-z][a-z0-9-]*)>", word)
        if not other:
            out[word] = None
        elif other.group(1) in raw:
            out.update(dict.fromkeys(expand(other.group(1), raw, (*seen, concept))))
        elif other.group(1) not in DYNAMIC:
            raise RuleError(f"词典的 {concept} 提到没有的概念 {word}。")
    return tuple(out)


def _entry(entry: object, where: str) -> tuple[list[str], list[Regex]]:
    if isinstance(entry, list):
        return [str(word) for word in entry], []
    if isinstance(entry, dict):
        closed(entry, ("words", "patterns"), where)
        return [str(w) for w in entry.get("words", [])], [read_regex(str(p), where) for p in entry.get("patterns", [])]
    raise RuleError(f"{where}：应是词的列表，或 words/patterns 两个键。")
