"""Reads the facts of a short text: sentences end at 。；or a line end, parties are the usual three."""

from __future__ import annotations

import re

from contract_scan.facts import read_facts
from contract_scan.model import Document, Fact, Party, Role, Sentence, Source, Span

PARTIES = (
    Party(Role.LENDER, ("甲方",)),
    Party(Role.BORROWER, ("乙方",)),
    Party(Role.PLATFORM, ("丙方",)),
    Party(Role.GUARANTOR, ("丁方",)),
)


def document_of(text: str) -> Document:
    return Document(Source("text", "0", "text", text), text, range(len(text)))


def sentences_of(text: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(Span(*m.span()), "") for m in re.finditer(r"[^。；\n]+[。；\n]?", text) if m.group().strip())


def read(text: str, *kinds: str) -> list[Fact]:
    """The facts of the given kinds (all, if none is given), in order."""
    facts = read_facts(document_of(text), sentences_of(text), PARTIES)
    return [fact for fact in facts if not kinds or fact.kind in kinds]
