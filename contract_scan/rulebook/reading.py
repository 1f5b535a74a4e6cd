"""Small typed readers for YAML: every complaint names the file, the key and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from contract_scan.errors import RuleError

if TYPE_CHECKING:
    from yaml.nodes import Node


def read_yaml(file: Traversable) -> object:
    """The content of a YAML file (C loader where there is one); RuleError with file, line and column."""
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(file.read_text("utf-8"))
        node = loader.get_single_node()
        _refuse_duplicates(node, file.name)
        return loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "某处"
        raise RuleError(f"{file.name} {place}：YAML 写法有错（{error.problem}）。") from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise RuleError(f"{file.name}：不是 UTF-8 的 YAML 文件，或日期不存在（{error}）。") from error


def _refuse_duplicates(node: Node | None, name: str) -> None:
    """YAML lets the second of two equal keys win without a word; a rule file must not."""
    from yaml.nodes import MappingNode, SequenceNode

    if isinstance(node, MappingNode):
        seen = set()
        for key, value in node.value:
            if str(key.value) in seen:
                raise RuleError(f"{name} 第 {key.start_mark.line + 1} 行：键 {key.value} 写了两次。请删去一个。")
            seen.add(str(key.value))
            _refuse_duplicates(value, name)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            _refuse_duplicates(value, name)


def yaml_files(folder: Traversable) -> tuple[Traversable, ...]:
    """The ``*.yaml`` files directly in a folder, by name."""
    found = (item for item in folder.iterdir() if item.name.endswith(".yaml"))
    return tuple(sorted(found, key=lambda item: item.name))


def closed(raw: Mapping[str, object], allowed: Collection[str], where: str) -> None:
    """Refuse keys we do not know; guess what the author meant."""
    for key in raw:
        if key not in allowed:
            near = difflib.get_close_matches(str(key), list(allowed), n=1)
            hint = f"是不是想写 {near[0]}？" if near else f"可用的键：{'、'.join(sorted(allowed))}。"
            raise RuleError(f"{where}：不认识的键 {key}。{hint}")


def mapping(raw: object, where: str) -> dict[str, object]:
    """*raw* as a mapping with string keys."""
    if not isinstance(raw, dict):
        raise RuleError(f"{where}：这里应当是“键: 值”。")
    return {str(key): value for key, value in raw.items()}


def text(raw: Mapping[str, object], key: str, where: str, *, default: str | None = None) -> str:
    """A string; RuleError when it is missing (and there is no default) or something else."""
    value = raw.get(key, default)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or (not value.strip() and default is None):
        raise RuleError(f"{where}：缺少 {key}，或它不是文字。")
    return value.strip()


def texts(raw: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    """A list of strings; a single string counts as a list of one, a missing key as none."""
    value = raw.get(key, [])
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in items):
        raise RuleError(f"{where}：{key} 应是文字的列表。")
    return tuple(str(item) for item in items)


def day(raw: Mapping[str, object], key: str, where: str) -> date | None:
    """A date (YYYY-MM-DD), or None when the key is missing or null."""
    value = raw.get(key)
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise RuleError(f"{where}：{key} 应写成 2026-08-01 这样的日期，现在是“{value}”。") from error


def items(raw: Mapping[str, object], key: str, where: str) -> list[object]:
    """A list that is there and not empty."""
    value = raw.get(key)
    if not isinstance(value, list) or not value:
        raise RuleError(f"{where}：缺少 {key}，或它不是列表。请写成以“- ”开头的若干项。")
    return value


def number(raw: Mapping[str, object], key: str, where: str) -> Decimal:
    """A decimal number, exactly as written; quote it in the YAML (``"4.25"``) to keep its digits."""
    value = raw.get(key)
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("nan")
    if isinstance(value, bool) or not found.is_finite():
        raise RuleError(f"{where}：{key} 应是数字，现在是“{value}”。")
    return found
