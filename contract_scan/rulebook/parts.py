"""kind lacks in YAML, and the parts of a money sentence that rules share (``parts.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from types import MappingProxyType

from contract_scan.errors import RuleError
from contract_scan.rulebook.patterns import patterns, selector
from contract_scan.rulebook.reading import closed, items, mapping, read_yaml, text, texts
from contract_scan.rulebook.schema import LacksCheck, Part, PartFact

NO_PARTS: Mapping[str, Part] = MappingProxyType({})
_ATTRIBUTES = ("value", "per", "base", "timing", "payee")
_KEYS = ("name", "ask", "shown", "facts", "when")


def load_parts(file: Traversable) -> dict[str, Part]:
    """The shared parts by their id; empty where there is no such file. Raises RuleError."""
    if not file.is_file():
        return {}
    raw = mapping(read_yaml(file), file.name)
    return {id: _part(mapping(entry, file.name), f"{file.name} 的 {id}") for id, entry in raw.items()}


def read_lacks(raw: Mapping[str, object], where: str, shared: Mapping[str, Part]) -> LacksCheck:
    """A check of kind lacks; its parts are ids of *shared* ones, or written out. Raises RuleError."""
    check = LacksCheck(
        tuple(_shared_or_own(item, f"{where} 的 parts", shared) for item in items(raw, "parts", where)),
        patterns(raw, "any", where, kind="phrase", within="sentence"),
        patterns(raw, "given", where, kind="phrase", within="sentence"),
        patterns(raw, "unless", where, kind="phrase", within="sentence"),
        texts(raw, "must", where),
        raw.get("ask_only", True) is True,
    )
    unknown = set(check.must) - {part.name for part in check.parts}
    if unknown or bool(check.any) != bool(check.must):
        raise RuleError(f"{where}：lacks 的 any 和 must 要一起写；must 里只能是 parts 里的 name。")
    return check


def _shared_or_own(item: object, where: str, shared: Mapping[str, Part]) -> Part:
    """``payee``: a shared part; ``{part: payee, ask: …}``: the same with its own question; else one written out."""
    raw = {"part": item} if isinstance(item, str) else mapping(item, where)
    if "part" not in raw:
        return _part(raw, where)
    closed(raw, ("part", "name", "ask"), where)
    id = text(raw, "part", where)
    if id not in shared:
        raise RuleError(f"{where}：没有共用的部分“{id}”，可用：{'、'.join(shared)}（rules/parts.yaml）。")
    part = shared[id]
    name, ask = text(raw, "name", where, default=part.name), text(raw, "ask", where, default=part.ask)
    return replace(part, name=name, ask=ask)


def _part(raw: Mapping[str, object], where: str) -> Part:
    closed(raw, _KEYS, where)
    facts = items(raw, "facts", where) if "facts" in raw else []
    part = Part(
        text(raw, "name", where),
        text(raw, "ask", where),
        patterns(raw, "shown", where, kind="phrase", within="sentence"),
        tuple(_part_fact(mapping(item, where), where) for item in facts),
        patterns(raw, "when", where, kind="phrase", within="sentence"),
    )
    if not (part.shown or part.facts):
        raise RuleError(f"{where}：{part.name} 要写 shown 或 facts：看到什么就算写明了。")
    return part


def _part_fact(raw: Mapping[str, object], where: str) -> PartFact:
    closed(raw, ("fact", "attribute"), where)
    attribute = text(raw, "attribute", where, default="value")
    if attribute not in _ATTRIBUTES:
        raise RuleError(f"{where}：attribute 可用：{'、'.join(_ATTRIBUTES)}。")
    return PartFact(selector(raw.get("fact"), where), attribute)
