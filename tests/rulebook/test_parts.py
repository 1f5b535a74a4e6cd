"""The parts of a money sentence that rules share: referred to by id, given other words, or written out."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_scan.errors import RuleError
from contract_scan.rulebook import load_rulebook
from contract_scan.rulebook.lint import lint
from contract_scan.rulebook.parts import load_parts, read_lacks
from contract_scan.rulebook.schema import Part

SHARED = """
payee: {name: 付给谁, ask: 付给谁（全称）, shown: ["<lender>"]}
cap: {name: 最多多少, ask: 最多收多少, shown: ["<money-cap>"]}
"""
OWN = {"name": "凭什么算", "ask": "凭哪些票据算", "shown": ["票据"]}

#: what a rule writes under parts, and the (name, ask) that come of it
WRITTEN: list[tuple[list[object], list[tuple[str, str]]]] = [
    (["payee", "cap"], [("付给谁", "付给谁（全称）"), ("最多多少", "最多收多少")]),
    ([{"part": "cap", "ask": "一次最多收多少"}], [("最多多少", "一次最多收多少")]),
    ([{"part": "cap", "name": "上限"}], [("上限", "最多收多少")]),
    (["payee", OWN], [("付给谁", "付给谁（全称）"), ("凭什么算", "凭哪些票据算")]),
]

#: what is wrong, and what the message must say
MISTAKES: list[tuple[object, str]] = [
    ("pay", "没有共用的部分“pay”，可用：payee、cap（rules/parts.yaml）"),
    ({"part": "cap", "shown": ["<money>"]}, "shown"),
    ({"part": "cap", "aks": "最多多少"}, "是不是想写 ask"),
    (7, "这里应当是"),
]


@pytest.fixture
def shared(tmp_path: Path) -> dict[str, Part]:
    (tmp_path / "parts.yaml").write_text(SHARED, "utf-8")
    return load_parts(tmp_path / "parts.yaml")


@pytest.mark.parametrize(("parts", "read"), WRITTEN)
def test_a_rule_refers_to_a_part_or_writes_it_out(
    parts: list[object], read: list[tuple[str, str]], shared: dict[str, Part]
) -> None:
    check = read_lacks({"kind": "lacks", "parts": parts}, "x.yaml", shared)
    assert [(part.name, part.ask) for part in check.parts] == read


def test_other_words_change_nothing_of_what_shows_a_part(shared: dict[str, Part]) -> None:
    (part,) = read_lacks({"parts": [{"part": "cap", "ask": "最多"}]}, "x.yaml", shared).parts
    assert (part.shown, part.facts, part.when) == (shared["cap"].shown, shared["cap"].facts, shared["cap"].when)


@pytest.mark.parametrize(("part", "told"), MISTAKES)
def test_a_mistaken_reference_is_explained(part: object, told: str, shared: dict[str, Part]) -> None:
    with pytest.raises(RuleError) as caught:
        read_lacks({"parts": [part]}, "x.yaml", shared)
    assert "x.yaml" in str(caught.value)
    assert told in str(caught.value)


def test_a_mistake_in_the_shared_parts_names_the_part(tmp_path: Path) -> None:
    (tmp_path / "parts.yaml").write_text("cap: {name: 最多多少, ask: 最多收多少}\n", "utf-8")
    with pytest.raises(RuleError, match=r"parts\.yaml 的 cap.*看到什么就算写明了"):
        load_parts(tmp_path / "parts.yaml")


def test_a_rulebook_without_shared_parts_has_none(tmp_path: Path) -> None:
    assert load_parts(tmp_path / "parts.yaml") == {}


def test_a_shared_part_that_no_rule_refers_to_is_a_complaint(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    (rules).mkdir()
    for item in (Path(__file__).resolve().parents[2] / "rules").iterdir():
        if item.name != "parts.yaml":
            (rules / item.name).symlink_to(item)
    text = (Path(__file__).resolve().parents[2] / "rules" / "parts.yaml").read_text("utf-8")
    (rules / "parts.yaml").write_text(text + "vat: {name: 含不含税, ask: 含不含税, shown: [含税]}\n", "utf-8")
    assert lint(load_rulebook(rules)) == ["parts.yaml 的 vat 没有规则用到。"]
