"""A rule's examples are its tests: run one, and say what matched and what was expected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contract_scan.checks import Engine, judge
from contract_scan.model import ContractKind, LenderType, Options, Party, Role, Source, Verdict
from contract_scan.pipeline import read_contract
from contract_scan.rulebook.schema import Example, Rule

#: Unless an example says otherwise, 甲方 lends, 乙方 borrows, 丙方 runs the platform, signed on this day.
SIGNED_ON = date(2026, 9, 1)
PARTIES = (
    Party(Role.LENDER, ("甲方",)),
    Party(Role.BORROWER, ("乙方",)),
    Party(Role.PLATFORM, ("丙方",)),
    Party(Role.GUARANTOR, ("丁方",)),
)


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example run: what came out, what was quoted, and whether both are as the rule's author wrote."""

    rule: Rule
    example: Example
    verdict: Verdict
    quotes: tuple[str, ...]
    expected_quotes: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """The verdict is right and, where words are marked, exactly those are quoted."""
        marked = not self.expected_quotes or self.quotes == self.expected_quotes
        return self.verdict is self.example.expect and marked


def run_examples(engine: Engine, only: str | None = None) -> Iterator[ExampleResult]:
    """Every example of every rule (or of one)."""
    for rule in engine.rulebook.rules:
        if only in (None, rule.id):
            for example in rule.examples:
                yield run_example(rule, example, engine)


def run_example(rule: Rule, example: Example, engine: Engine) -> ExampleResult:
    """Judge one example by its own rule."""
    digest = hashlib.sha256(example.text.encode()).hexdigest()
    source = Source("例子", digest, "text", example.text, unread=(1,) if example.unread else ())
    lender = example.lender_type or next(iter(rule.applies.lender_type), LenderType.BANK)
    kind = example.kind or next(iter(rule.applies.kind), ContractKind.LOAN)
    borrower = example.borrower_type or next(iter(rule.applies.borrower_type), None)
    signed_on = example.signed_on or SIGNED_ON
    options = Options(signed_on, kind, lender, borrower, signed_on)
    contract = read_contract(source, engine.rulebook, options, parties=PARTIES)
    outcome = next(outcome for _, outcome in judge(contract, engine, only={rule.id}))
    quotes = tuple(contract.document.quote(span) for span in outcome.evidence)
    expected = tuple(example.text[start:end] for start, end in example.marked)
    return ExampleResult(rule, example, outcome.verdict, quotes, expected)
