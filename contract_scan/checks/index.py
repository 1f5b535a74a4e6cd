"""One pass over the text finds every lexicon word; checks then look only where their words are.

Positions are document positions. Cost is O(text + hits), whatever the number of rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile
from operator import itemgetter
from typing import NamedTuple

from contract_scan.checks.bits import as_bits
from contract_scan.model import Contract, Fact, Party, Role, Sentence, Span
from contract_scan.rulebook.lexicon import Lexicon
from contract_scan.rulebook.phrase import Element
from contract_scan.rulebook.regex import Regex, windows
from contract_scan.rulebook.schema import Rule, patterns_of

#: A phrase resolved: for each sequence its elements, for each element the index names and the gap before it.
Sequences = Sequence[Sequence[tuple[tuple[str, ...], int]]]
TILDE = 8
_STOP = re.compile("[。；，\n]")
#: 被保险人 is not the 保险人, 非借款人 is not the 借款人, 担保方式 is not the 担保方.
_ONLY_THE_PARTY = "(?<![被非]){}(?!式)"
#: Names that may stand for several roles where the contract does not define them: each is possible, none is certain.
_SYMBOL = re.compile("[甲乙丙丁戊己]方")


class Hit(NamedTuple):
    """A word found: where, and whether who it stands for is only assumed."""

    start: int
    end: int
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An automaton over all words of a rulebook, built once; ``names[i]`` says what pattern *i* counts for."""

    automaton: object
    names: tuple[tuple[str, ...], ...]
    tails: tuple[tuple[tuple[str, str], ...], ...]  # (name, rest) for words with ~
    concepts: Mapping[str, Sequence[Regex]] = field(repr=False)
    costly: frozenset[str]  # the concepts that have an expression without an anchor: it runs over the whole text
    named: dict[tuple[str, str], Sequences] = field(default_factory=dict, repr=False)  # filled as phrases are asked for


def build_vocabulary(lexicon: Lexicon, rules: Iterable[Rule]) -> Vocabulary:
    """Every word of every concept and every literal of every phrase, in one automaton."""
    import ahocorasick_rs

    rules = tuple(rules)
    words: dict[str, list[str]] = {}
    tails: dict[str, list[tuple[str, str]]] = {}
    for name, listed in _named_words(lexicon, rules):
        for word in listed:
            head, tilde, rest = word.partition("~")
            if tilde:
                tails.setdefault(head, []).append((name, rest))
                words.setdefault(head, [])
            elif word:
                words.setdefault(word, []).append(name)
    for word in {word for regex in _regexes(lexicon, rules) if regex.anchor for word in regex.anchor.words}:
        words.setdefault(word, []).append(f"#{word}")
    heads = list(words)
    automaton = ahocorasick_rs.AhoCorasick(heads, matchkind=ahocorasick_rs.MatchKind.Standard)
    return Vocabulary(
        automaton,
        tuple(tuple(dict.fromkeys(words[head])) for head in heads),
        tuple(tuple(tails.get(head, ())) for head in heads),
        lexicon.patterns,
        frozenset(name for name, listed in lexicon.patterns.items() if not all(regex.anchor for regex in listed)),
    )


def _regexes(lexicon: Lexicon, rules: Iterable[Rule]) -> Iterator[Regex]:
    for listed in lexicon.patterns.values():
        yield from listed
    yield from (pattern.regex for rule in rules for pattern in patterns_of(rule) if pattern.regex)


def _named_words(lexicon: Lexicon, rules: Iterable[Rule]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from lexicon.words.items()
    literals: dict[str, None] = {}
    for rule in rules:
        yield from ((local(rule, term), words) for term, words in rule.terms.items())
        for element in elements_of(rule):
            literals.update(dict.fromkeys(element.words))
    yield from ((f"={word}", (word,)) for word in literals)


def local(rule: Rule, term: str) -> str:
    """The index name of a rule's local term."""
    return f"{rule.id}:{term}"


def elements_of(rule: Rule) -> Iterator[Element]:
    """Every element of every phrase a rule speaks of."""
    for pattern in patterns_of(rule):
        if pattern.phrase:
            for sequence in pattern.phrase.sequences:
                yield from sequence


@dataclass(slots=True)
class TextIndex:
    """Where each name occurs in one contract; ``sentences`` are its units of judgement.

    ``items[s]`` are the list items that sentence *s* governs as their lead-in; ``runs[s]`` the sentences of its clause.
    """

    contract: Contract
    text: str
    hits: dict[str, list[Hit]]
    sentences: tuple[Sentence, ...]
    numbers: list[int]  # for each character, the sentence that holds it (the one before it, between sentences)
    items: list[list[int]]
    runs: list[range]
    pending: dict[str, Sequence[Regex]]
    governing: frozenset[int]  # the sentences that have items
    vocabulary: Vocabulary
    facts: list[tuple[int, int, Fact]]  # those that stand in the text, by their start
    said: dict[tuple[str, str], bool] = field(default_factory=dict)  # patterns asked of the whole text
    _places: dict[str, list[Hit]] = field(default_factory=dict)
    _reach: dict[tuple[tuple[str, ...], str], int] = field(default_factory=dict)

    def hits_of(self, name: str) -> list[Hit]:
        """All hits of a name, in order; the regular expressions of a concept run when it is first asked for."""
        if name in self.pending:
            found = self.hits.setdefault(name, [])
            for pattern in self.pending.pop(name):
                found.extend(Hit(*m.span()) for m in self.search(pattern) if m.end() > m.start())
            found.sort()
        return self.hits.get(name, [])

    def may_occur(self, names: Iterable[str]) -> bool:
        """False where the contract certainly holds none of the names."""
        return any(name in self.hits or name in self.pending for name in names)

    def is_costly(self, name: str) -> bool:
        """Whether finding all hits of a name means running an expression over the whole text."""
        return name in self.pending and name in self.vocabulary.costly

    def sentence_at(self, position: int) -> int:
        """The index of the sentence that holds a position (the one before it, between sentences)."""
        return self.numbers[min(position, len(self.numbers) - 1)]

    def within(self, names: Iterable[str], start: int, end: int) -> list[Hit]:
        """Hits of any of the names that lie inside [start, end), in order."""
        found: list[Hit] = []
        for name in names:
            if name in self.pending:
                if name in self.vocabulary.costly:
                    found += self._local(name, start, end)
                else:
                    self.hits_of(name)
            if hits := self.hits.get(name):
                at = bisect_left(hits, (start,))
                while at < len(hits) and hits[at].start < end:
                    if hits[at].end <= end:
                        found.append(hits[at])
                    at += 1
        return sorted(found) if len(found) > 1 else found

    def facts_within(self, span: Span) -> list[Fact]:
        """The facts that stand wholly inside a stretch of the text."""
        first = bisect_left(self.facts, (span.start,))
        inside = takewhile(lambda placed: placed[0] < span.end, islice(self.facts, first, None))
        return [fact for _, end, fact in inside if end <= span.end]

    def _local(self, name: str, start: int, end: int) -> list[Hit]:
        """A concept's regular expressions, run on one stretch only (they still see what stands before it)."""
        patterns = self.pending[name]
        return [Hit(*m.span()) for p in patterns for m in self.search(p, start, end) if m.end() > m.start()]

    def search(self, pattern: Regex, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches of a regular expression in text[start:end], which it is run on only where its anchor stands."""
        if end is not None:
            if self._may_hold(pattern, start, end):
                yield from pattern.compiled.finditer(self.text, start, end)
        elif pattern.anchor is None:
            yield from pattern.compiled.finditer(self.text, start)
        else:
            around = ((hit.start, hit.end) for hit in self._anchors(pattern))
            for first, last in windows(around, pattern.anchor.reach):
                yield from pattern.compiled.finditer(self.text, first, last)

    def holds(self, pattern: Regex, start: int, end: int) -> bool:
        """Whether the expression matches somewhere in text[start:end]."""
        return self._may_hold(pattern, start, end) and pattern.compiled.search(self.text, start, end) is not None

    def _may_hold(self, pattern: Regex, start: int, end: int) -> bool:
        if pattern.anchor is None:
            return True
        places = self._anchors(pattern)
        at = bisect_left(places, (start,))
        return at < len(places) and places[at].start < end

    def _anchors(self, pattern: Regex) -> list[Hit]:
        places = self._places.get(pattern.source)
        if places is None:
            words = pattern.anchor.words if pattern.anchor else ()
            places = sorted(hit for word in words for hit in self.hits.get(f"#{word}", ()))
            self._places[pattern.source] = places
        return places

    def reach(self, names: tuple[str, ...], within: str) -> int:
        """The sentences whose unit of that size could hold one of the names, in itself or in its lead-in; as bits."""
        key = (names, within)
        if key not in self._reach:
            found = 0
            for name in names:
                found |= self._reach_of(name, within)
            self._reach[key] = found
        return self._reach[key]

    def _reach_of(self, name: str, within: str) -> int:
        key = ((name,), within)
        if key not in self._reach:
            numbers: Iterable[int] = {self.numbers[hit[0]] for hit in self.hits_of(name)}
            if within not in ("half", "sentence") or not self.governing.isdisjoint(numbers):
                numbers = (n for number in numbers for n in self._around(number, within))
            self._reach[key] = as_bits(numbers, len(self.sentences) + 1)
        return self._reach[key]

    def _around(self, number: int, within: str) -> Iterator[int]:
        near: Iterable[int] = (number,)
        if within == "pair":
            near = (number - 1, number) if number else (number,)
        elif within == "clause":
            near = self.runs[number]
        yield from near
        yield from self.items[number]
        if within in ("pair", "clause"):
            for item in self.items[number]:
                yield from self.runs[item] if within == "clause" else (max(item - 1, 0),)


def build_index(contract: Contract, vocabulary: Vocabulary) -> TextIndex:
    """Find all words, patterns and party names of one contract."""
    text = contract.document.text
    hits: dict[str, list[Hit]] = {}
    automaton = vocabulary.automaton
    for which, start, end in automaton.find_matches_as_indexes(text, overlapping=True):  # type: ignore[attr-defined]
        if vocabulary.names[which]:
            hit = Hit(start, end)
            for name in vocabulary.names[which]:
                hits.setdefault(name, []).append(hit)
        for name, rest in vocabulary.tails[which]:
            at = text.find(rest, end, end + TILDE + len(rest))
            if at >= 0 and not _STOP.search(text, end, at):
                hits.setdefault(name, []).append(Hit(start, at + len(rest)))
    _add_parties(hits, contract.parties, text)
    for found in hits.values():
        found.sort()
    sentences = contract.sentences
    numbers = _numbers(sentences, len(text))
    pending = dict(vocabulary.concepts)
    items = _items(sentences, numbers)
    governing = frozenset(number for number, governed in enumerate(items) if governed)
    facts = sorted(((f.span.start, f.span.end, f) for f in contract.facts if f.span), key=itemgetter(0, 1))
    return TextIndex(
        contract, text, hits, sentences, numbers, items, _runs(sentences), pending, governing, vocabulary, facts
    )


def _numbers(sentences: Sequence[Sentence], length: int) -> list[int]:
    edges = [0, *(sentence.span.start for sentence in sentences[1:]), length + 1]
    return [number for number, (start, end) in enumerate(pairwise(edges)) for _ in range(start, end)]


def _items(sentences: Sequence[Sentence], numbers: list[int]) -> list[list[int]]:
    """For each sentence, the list items whose lead-in lies in it."""
    out: list[list[int]] = [[] for _ in sentences]
    for number, sentence in enumerate(sentences):
        if sentence.lead_in:
            first, last = numbers[sentence.lead_in.start], numbers[sentence.lead_in.end - 1]
            for governing in range(first, last + 1):
                if governing != number:
                    out[governing].append(number)
    return out


def _runs(sentences: Sequence[Sentence]) -> list[range]:
    """For each sentence, the neighbours of the same clause (at most twelve either way)."""
    edges = [
        0,
        *(i for i in range(1, len(sentences)) if sentences[i].clause != sentences[i - 1].clause),
        len(sentences),
    ]
    out: list[range] = []
    for first, last in pairwise(edges):
        out += [range(max(first, number - 12), min(last, number + 13)) for number in range(first, last)]
    return out


def _add_parties(hits: dict[str, list[Hit]], parties: Sequence[Party], text: str) -> None:
    known: list[tuple[str, Span]] = []
    for party in parties:
        within = party.within or Span(0, len(text))
        names = [party.role.value, "party"]
        if party.role in (Role.LENDER, Role.PLATFORM, Role.SERVICER, Role.GUARANTOR):
            names.append("drafter")
        for alias in party.aliases:
            known.append((alias, within))
            pattern = re.compile(_ONLY_THE_PARTY.format(re.escape(alias)))
            for match in pattern.finditer(text, within.start, within.end):
                for name in names:
                    hits.setdefault(name, []).append(Hit(*match.span()))
    for match in _SYMBOL.finditer(text):
        if not any(match.group() == alias and within.contains(Span(*match.span())) for alias, within in known):
            for name in ("lender", "borrower", "drafter", "party", "platform"):
                hits.setdefault(name, []).append(Hit(*match.span(), assumed=True))
