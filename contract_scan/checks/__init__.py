"""(rule, contract) → Outcome. One function per check kind; a crash in one rule never stops the others."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from contract_scan.checks.facts import check_compare, check_conflict, check_missing, rests_on_doubt
from contract_scan.checks.index import Vocabulary, build_index, build_vocabulary
from contract_scan.checks.lacks import check_lacks, lacks_of
from contract_scan.checks.phrase import Tools, check_phrase
from contract_scan.checks.quote import merged
from contract_scan.model import BorrowerType, Confidence, Contract, Jurisdiction, LenderType, Outcome, Verdict
from contract_scan.rulebook import Rulebook
from contract_scan.rulebook.schema import (
    Applies,
    Check,
    CompareCheck,
    ConflictCheck,
    LacksCheck,
    MissingCheck,
    NeededCheck,
    Rule,
)
from contract_scan.segment import Segmenter

__all__ = ["CIVIL_CODE_FROM", "Engine", "judge"]

CIVIL_CODE_FROM = date(2021, 1, 1)
UNSURE = "引用的话里有看不太清的数字：请对照原件。"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Engine:
    """A rulebook made ready: the automaton over its words and the segmenter, built once for many contracts."""

    rulebook: Rulebook
    vocabulary: Vocabulary
    segmenter: Segmenter

    @classmethod
    def of(cls, rulebook: Rulebook) -> Engine:
        """Build the automaton and load the dictionary (about a quarter of a second)."""
        terms = {word for words in rulebook.lexicon.words.values() for word in words if "~" not in word}
        return cls(rulebook, build_vocabulary(rulebook.lexicon, rulebook.rules), Segmenter(sorted(terms)))


def judge(contract: Contract, engine: Engine, *, only: Collection[str] = ()) -> Iterator[tuple[Rule, Outcome]]:
    """Every rule's outcome on one contract, in the order of the rulebook; *only* some rules if ids are given."""
    tools = Tools(build_index(contract, engine.vocabulary), engine.segmenter)
    for rule in engine.rulebook.rules:
        if not only or rule.id in only:
            yield rule, _run(rule, contract, tools, engine)


def _run(rule: Rule, contract: Contract, tools: Tools, engine: Engine) -> Outcome:
    if early := not_applicable(rule.applies, contract):
        return early
    try:
        outcome = _named(_combined([_check(check, rule, tools, engine) for check in rule.checks]), rule, tools)
    except Exception as error:  # the only broad except in the package: one broken rule must not silence the rest
        logger.exception("rule %s failed", rule.id)
        return Outcome(Verdict.UNDETERMINED, reason=f"规则运行出错（{type(error).__name__}），其余规则不受影响。")
    return _tempered(outcome, rule.applies, contract)


def _check(check: Check, rule: Rule, tools: Tools, engine: Engine) -> Outcome:
    """The outcome of one check, undetermined where it rests on figures that are not sure."""
    outcome = _unguarded(check, rule, tools, engine)
    doubt = rests_on_doubt(check, outcome, tools.index.contract)
    return Outcome(Verdict.UNDETERMINED, reason=doubt) if doubt else outcome


def _unguarded(check: Check, rule: Rule, tools: Tools, engine: Engine) -> Outcome:
    if isinstance(check, (MissingCheck, CompareCheck)) and not_applicable(check.applies, tools.index.contract):
        return Outcome(Verdict.CLEAR)
    if isinstance(check, MissingCheck):
        return check_missing(check, rule, tools)
    if isinstance(check, CompareCheck):
        return check_compare(check, rule, tools, engine.rulebook.parameters)
    if isinstance(check, ConflictCheck):
        return check_conflict(check, rule, tools)
    if isinstance(check, LacksCheck):
        return check_lacks(check, rule, tools)
    if isinstance(check, NeededCheck):
        return Outcome(Verdict.UNDETERMINED, reason=check.needs)
    return check_phrase(check, rule, tools)


def _combined(outcomes: list[Outcome]) -> Outcome:
    """A rule with several checks: hits together; else the first that is not clear; else clear.

    Words found beat absence: a problem that a sentence carries is not told again as missing.
    """
    hits = [outcome for outcome in outcomes if outcome.verdict is Verdict.HIT]
    quoted = [outcome for outcome in hits if outcome.evidence]
    if chosen := quoted or hits:
        evidence = merged(span for outcome in chosen for span in outcome.evidence)
        reason = "".join(dict.fromkeys(o.reason for o in chosen))
        return Outcome(Verdict.HIT, evidence, reason, min((o.confidence for o in chosen), key=lambda c: c.rank))
    return next((outcome for outcome in outcomes if outcome.verdict is not Verdict.CLEAR), outcomes[0])


def _named(outcome: Outcome, rule: Rule, tools: Tools) -> Outcome:
    """A hit with the names of what its sentences leave out, where the rule says what they must tell."""
    check = next((check for check in rule.checks if isinstance(check, LacksCheck)), None)
    if check is None or not outcome.evidence:
        return outcome
    return replace(outcome, lacks=lacks_of(check, rule, tools, outcome.evidence), ask_only=check.ask_only)


def not_applicable(applies: Applies, contract: Contract) -> Outcome | None:
    """NOT_APPLICABLE with the reason, or None where the rule speaks."""
    if contract.jurisdiction is not Jurisdiction.MAINLAND:
        return Outcome(Verdict.NOT_APPLICABLE, reason="合同看起来适用台湾或香港的法律，本工具只收录中国大陆的规则。")
    if applies.signed_from and contract.judged_on < applies.signed_from:
        return Outcome(Verdict.NOT_APPLICABLE, reason=f"只适用于 {applies.signed_from} 起签订的合同。")
    if applies.signed_until and contract.judged_on > applies.signed_until:
        return Outcome(Verdict.NOT_APPLICABLE, reason=f"只适用于 {applies.signed_until} 前签订的合同。")
    if applies.kind and contract.kind not in applies.kind:
        return Outcome(Verdict.NOT_APPLICABLE, reason="不适用于这一类文件。")
    known = contract.lender_type is not LenderType.UNKNOWN
    if applies.lender_type and known and contract.lender_type not in applies.lender_type:
        return Outcome(Verdict.NOT_APPLICABLE, reason="不适用于这一类出借方。")
    settled = contract.borrower_type is not BorrowerType.UNKNOWN
    if applies.borrower_type and settled and contract.borrower_type not in applies.borrower_type:
        return Outcome(Verdict.NOT_APPLICABLE, reason="不适用于这一类借款人。")
    return None


def _tempered(outcome: Outcome, applies: Applies, contract: Contract) -> Outcome:
    """Lower the confidence of a hit whose gate could not be checked, that old law governs, or whose words hold a
    figure that is not sure."""
    if outcome.verdict is not Verdict.HIT:
        return outcome
    if any(span.overlaps(place) for span in contract.doubtful for place in outcome.evidence):
        return replace(outcome, confidence=Confidence.CHECK, reason=outcome.reason + UNSURE)
    unknown = bool(applies.lender_type) and contract.lender_type is LenderType.UNKNOWN
    unsettled = bool(applies.borrower_type) and contract.borrower_type is BorrowerType.UNKNOWN
    if unknown or unsettled or contract.judged_on < CIVIL_CODE_FROM:
        return replace(outcome, confidence=Confidence.CHECK)
    return outcome
