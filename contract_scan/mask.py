"""Report → the same report with what names or locates a person covered by stars, character for character.

Every span, box and clause stays where it was, so any renderer works on a masked report unchanged: ``mask_report`` for
everything that is rendered from a report, ``mask_text`` for a text of any other origin (a file name, a message).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from operator import is_

from contract_scan.model import Basis, Channel, Document, Finding, Page, Report, Source, Span, VerifyStep, Versions
from contract_scan.model.report import fingerprint
from contract_scan.personal import KINDS, NAME, Personal, find_names, find_personal, is_person, occurrences

STAR, WIDE_STAR = "*", "＊"
#: Ours, not the contract's: hotlines and laws are never covered.
_OURS = (Basis, Channel, VerifyStep, Versions, Span, Page)
_SHORTEST = 4  # characters of a number that is covered wherever else it stands


def mask_text(text: str, names: Collection[str] = ()) -> str:
    """A text of the same length in which everything personal, and each of *names*, is covered."""
    spans = [found.span for found in find_personal(text)]
    return _covered(text, _positions([*spans, *occurrences(text, names)]))


def mask_report(report: Report) -> Report:
    """The report with identity numbers, telephones, accounts, mail, names and addresses of persons covered.

    Adds a note that says how many were found and that some may be left. Same report in, same report out.
    """
    document = report.contract.document
    secrets = _Secrets.of(report)
    source = _masked_source(document.source, secrets)
    masked = replace(document, source=source, text=_covered(document.text, secrets.in_document(document)))
    # what was derived from the contract: words only, positions stand
    rest = _Walk(secrets.values, {id(document): masked}).over(report)
    assert isinstance(rest, Report)
    coverage = replace(rest.coverage, notes=(*rest.coverage.notes, secrets.note()))
    return replace(rest, findings=tuple(_requoted(finding, source) for finding in rest.findings), coverage=coverage)


@dataclass(frozen=True, slots=True)
class _Secrets:
    """What to cover: positions in the source, and the words themselves for everything that repeats them."""

    positions: frozenset[int]
    values: tuple[str, ...]
    counts: Mapping[str, int]

    @staticmethod
    def of(report: Report) -> _Secrets:
        """All that is personal in the contract as written and as normalised, where a number is whole again."""
        document = report.contract.document
        source = document.source
        names = find_names(document.text) | find_names(source.text)
        names |= {party.name for party in report.contract.parties if is_person(party.name)}
        written, read = _everything(source.text, names), _everything(document.text, names)
        spans = [found.span for found in written]
        spans += [home for found in read for home in _homes(document, found.span)]
        values = {found.span.of(source.text) for found in written} | {found.span.of(document.text) for found in read}
        counts = Counter(kind for kind, _ in {(found.kind, found.span.of(document.text)) for found in read})
        return _Secrets(_positions(spans), tuple(sorted(filter(_is_worth, values | names))), counts)

    def in_document(self, document: Document) -> frozenset[int]:
        """The positions of the normalised text whose homes are covered."""
        return frozenset(index for index, home in enumerate(document.homes) if home in self.positions)

    def note(self) -> str:
        """How much was covered, and that the reader should look once more."""
        counted = "、".join(f"{kind} {self.counts[kind]} 个" for kind in KINDS if self.counts.get(kind))
        found = f"个人信息已用星号遮盖：{counted}。" if counted else "没有找到要遮盖的个人信息。"
        return f"{found}遮盖靠文字的样子来找，可能有漏：发给别人之前，请自己再看一遍。"


class _Walk:
    """Copies a value with some words covered in every text; positions, numbers and laws as they were.

    ``known`` holds copies that are made already, by the id of their originals; originals outlive the walk.
    """

    def __init__(self, words: Iterable[str], known: Mapping[int, object]) -> None:
        ordered = sorted(words, key=lambda word: (-len(word), word))
        self._words = re.compile("|".join(map(re.escape, ordered))) if ordered else None
        self._known = dict(known)

    def over(self, value: object) -> object:
        """The copy; the value itself where nothing in it is covered."""
        if type(value) is str:
            return self._words.sub(lambda match: _stars(match.group()), value) if self._words else value
        if isinstance(value, _OURS) or not (isinstance(value, tuple) or is_dataclass(value)):
            return value
        if id(value) not in self._known:
            self._known[id(value)] = self._copy(value)
        return self._known[id(value)]

    def _copy(self, value: object) -> object:
        if isinstance(value, tuple):
            items = tuple(map(self.over, value))
            return value if all(map(is_, items, value)) else items
        assert is_dataclass(value)
        assert not isinstance(value, type)
        changed: dict[str, object] = {}
        for field in fields(value):
            old: object = getattr(value, field.name)
            if (new := self.over(old)) is not old:
                changed[field.name] = new
        return replace(value, **changed) if changed else value


def _masked_source(source: Source, secrets: _Secrets) -> Source:
    words = _Walk(secrets.values, {})
    names = [value for value in secrets.values if len(value) < 20]
    parts = tuple(replace(part, name=mask_text(part.name, names)) for part in source.parts)
    text = _covered(source.text, secrets.positions)
    notes = words.over(source.notes)
    assert isinstance(notes, tuple)
    return replace(source, text=text, name=mask_text(source.name, names), parts=parts, notes=notes)


def _everything(text: str, names: Iterable[str]) -> tuple[Personal, ...]:
    found = [*find_personal(text), *(Personal(span, NAME) for span in occurrences(text, names))]
    return tuple(sorted(set(found)))


def _homes(document: Document, span: Span) -> list[Span]:
    """The characters of a document span in the source, without what normalisation took out between them."""
    return [Span(home, home + 1) for home in document.homes[span.start : span.end]]


def _positions(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(position for span in spans for position in range(span.start, span.end))


def _covered(text: str, positions: Collection[int]) -> str:
    if not positions:
        return text
    return "".join(_star(char) if index in positions else char for index, char in enumerate(text))


def _stars(text: str) -> str:
    return "".join(map(_star, text))


def _star(char: str) -> str:
    """Spaces and line ends stay, so that lines break as before."""
    if char.isspace():
        return char
    return STAR if char.isascii() else WIDE_STAR


def _is_worth(value: str) -> bool:
    """Whether a word can be covered wherever it stands: a two-letter name can, "12" cannot."""
    return len(value) >= (2 if not value.isascii() else _SHORTEST) and value.strip(f"{STAR}{WIDE_STAR} ") != ""


def _requoted(finding: Finding, source: Source) -> Finding:
    """Every quotation is again exactly what stands at its place; a fingerprint of covered words is made of the stars.

    A number could be guessed from the fingerprint of the sentence around it.
    """
    evidence = tuple(replace(each, quote=each.span.of(source.text)) for each in finding.evidence)
    if not any(STAR in each.quote or WIDE_STAR in each.quote for each in evidence):
        return finding
    words = "".join(each.quote for each in evidence)
    return replace(finding, evidence=evidence, fingerprint=fingerprint(finding.rule, words))
