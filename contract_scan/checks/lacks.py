"""lacks: sentences that make the borrower pay and leave out who, how much, of what, how often, when, or at most."""

from __future__ import annotations

from collections.abc import Sequence

from contract_scan.checks.facts import fits
from contract_scan.checks.match import Unit, find, present, unit_at
from contract_scan.checks.negation import is_negated
from contract_scan.checks.phrase import Tools, in_context
from contract_scan.checks.quote import halves, merged, quote
from contract_scan.model import Fact, Lack, Outcome, Span, Verdict
from contract_scan.rulebook.schema import LacksCheck, Part, PartFact, Pattern, Rule


def check_lacks(check: LacksCheck, rule: Rule, tools: Tools) -> Outcome:
    """HIT with the sentences that tell none of the parts they must; CLEAR where the check only names."""
    needed = [part for part in check.parts if part.name in check.must]
    spans = [
        quote(tools.index.text, match, "half")
        for pattern in check.any
        for match in find(tools.index, pattern, rule)
        if not is_negated(tools.index, match)
        and in_context(check, match, rule, tools)
        and all(_left_out(part, match.span, match.unit, rule=rule, tools=tools) for part in needed)
    ]
    return Outcome(Verdict.HIT, merged(spans), confidence=rule.confidence) if spans else Outcome(Verdict.CLEAR)


def lacks_of(check: LacksCheck, rule: Rule, tools: Tools, evidence: Sequence[Span]) -> tuple[Lack, ...]:
    """What the sentences around the quoted words leave out, in the order of the parts."""
    units = {span: unit_at(tools.index, tools.index.sentence_at(span.start), "sentence") for span in evidence}
    found = []
    for part in check.parts:
        if places := tuple(s for s, unit in units.items() if _left_out(part, s, unit, rule=rule, tools=tools)):
            found.append(Lack(part.name, part.ask, places))
    return tuple(found)


def _left_out(part: Part, quoted: Span, unit: Unit, *, rule: Rule, tools: Tools) -> bool:
    """Whether the sentence should tell this part and does not (``parts``: not beside the quoted words)."""
    near = Unit(halves(tools.index.text, quoted, unit.span), None, unit.sentence)

    def stands(pattern: Pattern) -> bool:
        return present(tools.index, pattern, rule, near if pattern.within == "parts" else unit)

    if (part.when and not any(map(stands, part.when))) or any(map(stands, part.shown)):
        return False
    if not part.facts:
        return True
    facts = tools.index.facts_within(unit.span)
    return not any(_shows(wanted, fact) for wanted in part.facts for fact in facts)


def _shows(wanted: PartFact, fact: Fact) -> bool:
    told = {
        "value": fact.value is not None, "per": bool(fact.per), "base": bool(fact.base),
        "timing": bool(fact.timing), "payee": bool(fact.payee),
    }  # fmt: skip
    return fits(fact, wanted.fact) and told[wanted.attribute]
