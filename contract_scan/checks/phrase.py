"""phrase and regex: words that are there and should not be."""

from __future__ import annotations

from dataclasses import dataclass

from contract_scan.checks.index import Hit, TextIndex
from contract_scan.checks.match import Match, Unit, again, find, present
from contract_scan.checks.negation import is_negated, is_renounced
from contract_scan.checks.quote import halves, merged, quote
from contract_scan.model import Confidence, Outcome, Span, Verdict
from contract_scan.rulebook.schema import LacksCheck, Pattern, PhraseCheck, Rule
from contract_scan.segment import Segmenter


@dataclass(frozen=True, slots=True)
class Tools:
    """What checks work with besides the contract: the words found, and the judge of word borders."""

    index: TextIndex
    segmenter: Segmenter


def check_phrase(check: PhraseCheck, rule: Rule, tools: Tools) -> Outcome:
    """HIT with the words to quote, or CLEAR."""
    spans: list[Span] = []
    confidences: list[Confidence] = []
    for pattern in check.any:
        for found in find(tools.index, pattern, rule):
            match = _of_whole_words(found, pattern, rule, tools)
            if match and _counts(check, pattern, match, rule, tools):
                spans.append(quote(tools.index.text, match, check.quote))
                confidences.append(_confidence(rule, pattern, match))
        if spans and check.first_only:
            break
    if not spans:
        return Outcome(Verdict.CLEAR)
    evidence = merged(spans)
    return Outcome(
        Verdict.HIT,
        evidence[:1] if check.first_only else evidence,
        "",
        min(confidences, key=lambda c: c.rank),
    )


def _counts(check: PhraseCheck, pattern: Pattern, match: Match, rule: Rule, tools: Tools) -> bool:
    if pattern.phrase and (is_negated if check.negation else is_renounced)(tools.index, match):
        return False
    return in_context(check, match, rule, tools)


def in_context(check: PhraseCheck | LacksCheck, match: Match, rule: Rule, tools: Tools) -> bool:
    """Whether nothing excuses the match and all that must be given is there."""
    if any(present(tools.index, excuse, rule, around(excuse, match, tools)) for excuse in check.unless):
        return False
    return all(present(tools.index, context, rule, around(context, match, tools)) for context in check.given)


def around(pattern: Pattern, match: Match, tools: Tools) -> Unit:
    """Where an excuse is looked for: with ``parts`` only in the comma-to-comma parts that hold the match."""
    if pattern.within != "parts":
        return match.unit
    return Unit(halves(tools.index.text, match.span, match.unit.span), None, match.unit.sentence)


def _of_whole_words(match: Match, pattern: Pattern, rule: Rule, tools: Tools) -> Match | None:
    """The match, or the next one in its unit without words that only arise across two others."""
    barred: frozenset[Hit] = frozenset()
    found: Match | None = match
    while found and pattern.phrase:
        accidents = [hit for hit in found.own if hit not in barred and _is_accident(hit, tools)]
        if not accidents:
            return found
        barred = barred.union(accidents)
        found = again(tools.index, pattern, rule, match.unit, barred)
    return found


def _is_accident(hit: Hit, tools: Tools) -> bool:
    """Whether a two-character word only arises across two ordinary words."""
    if hit.end - hit.start != 2:
        return False
    sentence = tools.index.sentences[tools.index.sentence_at(hit.start)].span
    return hit.end <= sentence.end and tools.segmenter.is_accident(
        sentence.of(tools.index.text), hit.start - sentence.start, hit.end - sentence.start
    )


def _confidence(rule: Rule, pattern: Pattern, match: Match) -> Confidence:
    stated = pattern.confidence or rule.confidence
    return Confidence.CHECK if match.assumed else stated
