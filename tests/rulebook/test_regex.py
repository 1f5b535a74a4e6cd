"""An expression run only around its anchors finds exactly what it finds in the whole text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from contract_scan.checks import Engine
from contract_scan.checks.index import build_index, patterns_of
from contract_scan.extract import extract
from contract_scan.model import Options
from contract_scan.pipeline import read_contract
from contract_scan.rulebook.regex import anchor_of

SAMPLES = sorted(Path(__file__).parents[2].glob("samples/*/contract.txt"))


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("提前.{0,9}(?:还款|还清)", {"提前"}),
        ("(?:年|月)利率", {"年利率", "月利率"}),
        ("每[日天]", {"每日", "每天"}),
        ("(?:罚息|复利)?利率", {"利率"}),
        ("(?<!不)(?:收取){1,3}费", {"收取"}),
        ("[0-9]{1,3}%", {"%"}),
        ("收取[0-9]+元", None),  # as wide as you like
        ("甲方|[0-9]+", None),
        ("(?i)lpr", None),
    ],
)
def test_what_every_match_must_contain(expression: str, words: set[str] | None) -> None:
    anchor = anchor_of(re.compile(expression))
    assert (set(anchor.words) if anchor else None) == words


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_anchors_lose_nothing(path: Path, engine: Engine) -> None:
    contract = read_contract(extract(path), engine.rulebook, Options(date(2026, 11, 25)))
    index = build_index(contract, engine.vocabulary)
    regexes = {p.regex for rule in engine.rulebook.rules for p in patterns_of(rule) if p.regex}
    regexes.update(regex for listed in engine.vocabulary.concepts.values() for regex in listed)
    lost = [r.source for r in regexes if [*map(str, index.search(r))] != [*map(str, r.compiled.finditer(index.text))]]
    assert not lost
