"""Every example in every rule, and the rule library's own lint."""

from __future__ import annotations

import pytest

from contract_scan.checks import Engine
from contract_scan.examples import run_example
from contract_scan.model import Verdict
from contract_scan.rulebook import load_rulebook
from contract_scan.rulebook.lint import lint
from contract_scan.rulebook.schema import Example, NeededCheck, Rule

RULES = load_rulebook().rules
CASES = [pytest.param(r, e, id=f"{r.id}-{e.expect.value}-{i}") for r in RULES for i, e in enumerate(r.examples)]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_every_example_in_every_rule(rule: Rule, example: Example, engine: Engine) -> None:
    result = run_example(rule, example, engine)
    assert result.verdict is example.expect, f"{example.text} → {result.quotes}"
    if result.expected_quotes:
        assert result.quotes == result.expected_quotes


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_shows_both_sides(rule: Rule) -> None:
    if all(isinstance(check, NeededCheck) for check in rule.checks):
        return
    verdicts = [example.expect for example in rule.examples]
    assert verdicts.count(Verdict.HIT) >= 1
    assert verdicts.count(Verdict.CLEAR) >= 2  # an honest clause and a near miss


def test_the_rulebook_has_no_complaints(engine: Engine) -> None:
    assert lint(engine.rulebook) == []
