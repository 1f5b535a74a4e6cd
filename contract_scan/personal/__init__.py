"""Where a text names a person or tells how to find one: identity numbers, telephones, accounts, names, addresses.

Found by shape and by the label in front ("户名", "住址："), so something may be missed: whoever shares a masked text
is told to look once more. Public service numbers (400, 95xxx, 12378) belong to nobody and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contract_scan.model import Span
from contract_scan.personal import shapes
from contract_scan.personal.shapes import ACCOUNT, ADDRESS, IDENTITY, MAIL, NAME, TELEPHONE
from contract_scan.personal.words import NO_NAMES

__all__ = [
    "ACCOUNT",
    "ADDRESS",
    "IDENTITY",
    "KINDS",
    "MAIL",
    "NAME",
    "TELEPHONE",
    "Personal",
    "find_names",
    "find_personal",
    "is_person",
    "occurrences",
]

KINDS = (NAME, IDENTITY, TELEPHONE, ACCOUNT, MAIL, ADDRESS)
LONGEST = 20_000  # characters of a line; the rest is looked at apart, so that no expression can run away

#: Full-width figures, letters and signs as half-width ones, one for one: positions stay. Dots and crosses hide digits.
_NARROW = {0xFF01 + index: 0x21 + index for index in range(94)}
_NARROW |= {0x3000: 0x20, 0xA0: 0x20, 0x2014: 0x2D, 0x2013: 0x2D, 0x2022: 0x2A, 0xD7: 0x2A, 0x25CF: 0x2A}


@dataclass(frozen=True, slots=True, order=True)
class Personal:
    """A place in a text, and which of :data:`KINDS` stands there."""

    span: Span
    kind: str


def find_personal(text: str, names: Iterable[str] = ()) -> tuple[Personal, ...]:
    """Everything personal in a text, in order; *names* are more persons to look for. Places may overlap."""
    narrow = text.translate(_NARROW)
    found = set(_particulars(narrow))
    known = find_names(text) | {name.translate(_NARROW) for name in names}
    found.update(Personal(span, NAME) for span in occurrences(narrow, known))
    return tuple(sorted(found))


def find_names(text: str) -> frozenset[str]:
    """Names of natural persons that the text introduces as such (never names of organisations)."""
    narrow = text.translate(_NARROW)
    groups = (match.group(1) for shape in shapes.NAMES for match in shape.finditer(narrow))
    return frozenset(name.strip() for group in groups for name in shapes.AND.split(group) if _is_name(name))


def occurrences(text: str, words: Iterable[str]) -> Iterator[Span]:
    """Every place where one of some words stands; the longest word counts where several begin."""
    ordered = sorted(filter(None, words), key=lambda word: (-len(word), word))
    if ordered:
        for match in re.finditer("|".join(map(re.escape, ordered)), text):
            yield Span(*match.span())


def is_person(name: str) -> bool:
    """Whether a party's name is that of a natural person, as far as its shape tells."""
    return re.fullmatch(shapes.PERSON, name) is not None and _is_name(name)


def _is_name(name: str) -> bool:
    plain = name.replace(" ", "")
    if len(plain) < 2 or plain[:2] in NO_NAMES or plain.endswith(shapes.NO_END):
        return False
    return not shapes.ORGANISATION.search(plain)


def _particulars(text: str) -> Iterator[Personal]:
    at = 0
    for line in text.split("\n"):
        for start in range(0, len(line), LONGEST):
            yield from _in_line(line[start : start + LONGEST], at + start)
        at += len(line) + 1


def _in_line(line: str, at: int) -> Iterator[Personal]:
    for kind, expressions in shapes.PARTICULARS.items():
        for expression in expressions:
            for match in expression.finditer(line):
                if kind != ADDRESS or shapes.PLACE.search(match.group(1)):
                    yield Personal(Span(at + match.start(1), at + match.end(1)), kind)
