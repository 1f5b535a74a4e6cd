"""Finding a phrase: a sequence of words with bounded gaps, inside one unit of the contract.

A unit is a half-sentence, a sentence, two sentences or a clause, seen together with the lead-in that governs
it: in "甲方有权：（1）调整利率；" the item is a power of 甲方. At least one word must stand in the item itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contract_scan.checks.bits import from_bits
from contract_scan.checks.index import Hit, Sequences, TextIndex, local
from contract_scan.model import Span
from contract_scan.rulebook.phrase import Element
from contract_scan.rulebook.schema import Pattern, Rule

MAX_TRIES = 400
FEW = 12  # a set of sentences is small when it is less than one in so many
_HALF = re.compile("[，：；。\n]")
_BREAK = re.compile("[，。；：\n]")
_ASIDE = re.compile("（[^（）\n]{6,240}）")  # an enumeration in brackets does not part the words around it


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text judged at once; ``lead_in`` is a sentence elsewhere that governs it."""

    span: Span
    lead_in: Span | None
    sentence: int


@dataclass(frozen=True, slots=True)
class Match:
    """The words found, in order; those of the lead-in among them."""

    hits: tuple[Hit, ...]
    unit: Unit

    @property
    def own(self) -> tuple[Hit, ...]:
        """The words that stand in the unit itself."""
        return tuple(hit for hit in self.hits if hit.start >= self.unit.span.start and hit.end <= self.unit.span.end)

    @property
    def span(self) -> Span:
        """From the first to the last word inside the unit."""
        own = self.own
        return Span(min(hit.start for hit in own), max(hit.end for hit in own))

    @property
    def assumed(self) -> bool:
        """Whether it rests on a guess about who 甲方 or 乙方 is."""
        return any(hit.assumed for hit in self.hits)


def names_of(element: Element, rule: Rule) -> tuple[str, ...]:
    """The index names that satisfy an element: concepts (local terms first) and literals."""
    concepts = (local(rule, c) if c in rule.terms else c for c in element.concepts)
    return (*concepts, *(f"={word}" for word in element.words))


def find(index: TextIndex, pattern: Pattern, rule: Rule) -> Iterator[Match]:
    """Every unit in which the pattern occurs, one match each, in the order of the text."""
    if pattern.regex is not None:
        yield from _regex_matches(index, pattern)
        return
    assert pattern.phrase is not None
    named = _named(index, pattern, rule)
    if not _may_occur(index, named):
        return
    for unit in _candidates(index, [names for sequence in named for names, _ in sequence], pattern.within):
        match = match_unit(index, unit, named)
        if match:
            yield match


def again(index: TextIndex, pattern: Pattern, rule: Rule, unit: Unit, barred: frozenset[Hit]) -> Match | None:
    """The pattern's match in a unit that uses none of the *barred* hits."""
    return match_unit(index, unit, _named(index, pattern, rule), barred=barred)


def _named(index: TextIndex, pattern: Pattern, rule: Rule) -> Sequences:
    """The pattern with the index names of its elements and the gaps before them, resolved once for all contracts."""
    assert pattern.phrase is not None
    key = (rule.id, pattern.phrase.written)
    if key not in index.vocabulary.named:
        index.vocabulary.named[key] = [
            [(names_of(e, rule), e.gap) for e in sequence] for sequence in pattern.phrase.sequences
        ]
    return index.vocabulary.named[key]


def present(index: TextIndex, pattern: Pattern, rule: Rule, unit: Unit) -> bool:
    """Whether the pattern occurs in the stretch around *unit* that its ``within`` names."""
    if pattern.within == "document":
        return _anywhere(index, pattern, rule)
    wider = unit if pattern.within in ("half", "parts") else unit_at(index, unit.sentence, pattern.within)
    if pattern.regex is not None:
        stretches = (wider.span, wider.lead_in) if wider.lead_in else (wider.span,)
        return any(index.holds(pattern.regex, span.start, span.end) for span in stretches)
    assert pattern.phrase is not None
    named = _named(index, pattern, rule)
    return _may_occur(index, named) and match_unit(index, wider, named, anywhere=True) is not None


def _anywhere(index: TextIndex, pattern: Pattern, rule: Rule) -> bool:
    """Whether a pattern stands somewhere in the contract; looked up once for all the places that ask."""
    key = (rule.id, pattern.regex.source if pattern.regex else pattern.phrase.written if pattern.phrase else "")
    if key not in index.said:
        if pattern.regex is not None:
            index.said[key] = index.holds(pattern.regex, 0, len(index.text))
        else:
            index.said[key] = next(find(index, replace(pattern, within="sentence"), rule), None) is not None
    return index.said[key]


def _may_occur(index: TextIndex, phrase: Sequences) -> bool:
    return all(index.may_occur(names) for sequence in phrase for names, _ in sequence)


def unit_at(index: TextIndex, sentence: int, within: str) -> Unit:
    """The unit of the asked size around a sentence."""
    items = index.sentences
    first = last = sentence
    if within == "pair":
        last = min(sentence + 1, len(items) - 1)
    elif within == "clause":
        first, last = index.runs[sentence][0], index.runs[sentence][-1]
    return Unit(Span(items[first].span.start, items[last].span.end), items[sentence].lead_in, sentence)


def _candidates(index: TextIndex, elements: Sequence[tuple[str, ...]], within: str) -> Iterator[Unit]:
    """Units that could hold every element."""
    possible: int | None = None
    for costly, names in sorted((any(map(index.is_costly, names)), names) for names in elements):
        if costly and possible is not None and possible.bit_count() * FEW < len(index.sentences):
            continue  # cheaper to look for it in the few units that are left
        reach = index.reach(names, within)
        possible = reach if possible is None else possible & reach
        if not possible:
            return
    done: set[tuple[int, int]] = set()
    for number in from_bits(possible or 0):
        if index.sentences[number].heading:
            continue
        for unit in _sized(index, number, within):
            key = (unit.span.start, unit.span.end)
            if key not in done:
                done.add(key)
                yield unit


def _sized(index: TextIndex, number: int, within: str) -> Iterator[Unit]:
    if within != "half":
        yield unit_at(index, number, within)
        return
    sentence = index.sentences[number]
    start = sentence.span.start
    for mark in _HALF.finditer(index.text, sentence.span.start, sentence.span.end):
        yield Unit(Span(start, mark.end()), sentence.lead_in, number)
        start = mark.end()
    if start < sentence.span.end:
        yield Unit(Span(start, sentence.span.end), sentence.lead_in, number)


def match_unit(
    index: TextIndex,
    unit: Unit,
    sequences: Sequences,
    *,
    anywhere: bool = False,
    barred: frozenset[Hit] = frozenset(),
) -> Match | None:
    """The match of all sequences in a unit; with *anywhere* it may stand wholly in the lead-in."""
    found: list[Hit] = []
    for sequence in sequences:
        options: list[list[Hit]] = []
        for names, _ in sequence:
            hits = index.within(names, unit.span.start, unit.span.end)
            if not options and len(sequence) > 1:
                hits.reverse()  # later starts give tighter matches
            if unit.lead_in:
                hits = hits + index.within(names, unit.lead_in.start, unit.lead_in.end)
            if barred:
                hits = [hit for hit in hits if hit not in barred]
            if not hits:
                return None
            options.append(hits)
        own = len(sequences) == 1 and not anywhere
        chosen = _choose(index.text, unit, options, [gap for _, gap in sequence], own=own)
        if chosen is None:
            return None
        found.extend(chosen)
    match = Match(tuple(found), unit)
    return match if anywhere or match.own else None


def _choose(text: str, unit: Unit, options: list[list[Hit]], gaps: list[int], *, own: bool) -> list[Hit] | None:
    """One hit per element, in order and within the gaps; with *own* at least one inside the unit."""
    tries = 0
    lead_end = unit.lead_in.end if unit.lead_in and unit.lead_in.start < unit.span.start else -1

    def fits(before: Hit, after: Hit, gap: int) -> bool:
        if before.end <= lead_end <= after.start:  # the lead-in governs the whole item
            return gap > 8 or lead_end - before.end + after.start - unit.span.start <= gap + 1  # 1: its ：
        between = after.start - before.end
        if gap > 8 and gap < between <= gap + 480:
            between -= sum(len(aside) for aside in _ASIDE.findall(text, before.end, after.start))
        if not 0 <= between <= gap:
            return False
        return gap > 8 or between == 0 or not _BREAK.search(text, before.end, after.start)

    def extend(chosen: list[Hit]) -> list[Hit] | None:
        nonlocal tries
        if len(chosen) == len(options):
            return chosen if not own or _has_own(chosen, unit) else None
        for hit in options[len(chosen)]:
            tries += 1
            if tries > MAX_TRIES:
                return None
            fitting = not chosen or fits(chosen[-1], hit, gaps[len(chosen)])
            if fitting and (result := extend([*chosen, hit])):
                return result
        return None

    return extend([])


def _has_own(hits: Sequence[Hit], unit: Unit) -> bool:
    return any(unit.span.start <= hit.start and hit.end <= unit.span.end for hit in hits)


def _regex_matches(index: TextIndex, pattern: Pattern) -> Iterator[Match]:
    assert pattern.regex is not None
    for found in index.search(pattern.regex):
        start, end = found.span("q") if "q" in found.re.groupindex and found.group("q") else found.span()
        if start == end:
            continue
        number = index.sentence_at(start)
        if number < len(index.sentences) and not index.sentences[number].heading:
            last = index.sentence_at(end - 1)
            span = Span(min(index.sentences[number].span.start, start), max(index.sentences[last].span.end, end))
            yield Match((Hit(start, end),), Unit(span, index.sentences[number].lead_in, number))
