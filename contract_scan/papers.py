"""Several papers read together (a bundle of one deal): who is who and what is stated, paper by paper.

甲方 lends in the contract and borrows in the service agreement, so parties and facts belong to their own paper.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contract_scan.facts import read_facts
from contract_scan.model import ContractKind, Document, Fact, Party, RoleWords, Sentence, Span
from contract_scan.outline import Nature, read_parties

#: Which paper says what kind of deal this is: the first of the first kind that is there.
_LEADING = (
    ContractKind.LOAN, ContractKind.SERVICE, ContractKind.GUARANTEE, ContractKind.AUTHORIZATION, ContractKind.UNKNOWN,
)  # fmt: skip


def papers_of(document: Document) -> tuple[Span, ...]:
    """The document spans of its papers; one for everything that is a single paper, such as photos of one contract."""
    parts = document.source.parts
    if len({part.format for part in parts}) < 2 and all(part.format == "image" for part in parts):
        return (Span(0, len(document.text)),)
    edges = [bisect_left(document.homes, part.span.start) for part in parts[1:]]
    return tuple(Span(a, b) for a, b in zip([0, *edges], [*edges, len(document.text)], strict=True))


def read_all_parties(document: Document, words: RoleWords) -> tuple[Party, ...]:
    """The parties of every paper; with ``within`` set where there are several."""
    papers = papers_of(document)
    if len(papers) == 1:
        return read_parties(document.text, words)
    return tuple(
        replace(party, within=paper) for paper in papers for party in read_parties(paper.of(document.text), words)
    )


def parties_in(parties: Sequence[Party], paper: Span) -> tuple[Party, ...]:
    """Those that are named in a paper."""
    return tuple(party for party in parties if party.within in (None, paper))


def leading(natures: Sequence[Nature]) -> Nature:
    """What the deal is: the nature of its loan contract, if there is one."""
    return min(natures, key=lambda nature: _LEADING.index(nature.kind) if nature.kind in _LEADING else len(_LEADING))


def read_all_facts(document: Document, sentences: tuple[Sentence, ...], parties: tuple[Party, ...]) -> tuple[Fact, ...]:
    """The facts of every paper, in order."""
    papers = papers_of(document)
    if len(papers) == 1:
        return read_facts(document, sentences, parties)
    return tuple(fact for paper in papers for fact in _facts_in(paper, document, sentences, parties))


def _facts_in(
    paper: Span, document: Document, sentences: Sequence[Sentence], parties: Sequence[Party]
) -> Iterator[Fact]:
    own = Document(document.source, paper.of(document.text), document.homes[paper.start : paper.end])
    inside = tuple(_sentence(s, paper) for s in sentences if paper.contains(s.span))
    for fact in read_facts(own, inside, parties_in(parties, paper)):
        yield _moved(fact, paper.start)


def _sentence(sentence: Sentence, paper: Span) -> Sentence:
    lead_in = sentence.lead_in
    own = Span(lead_in.start - paper.start, lead_in.end - paper.start) if lead_in and paper.contains(lead_in) else None
    span = Span(sentence.span.start - paper.start, sentence.span.end - paper.start)
    return replace(sentence, span=span, lead_in=own)


def _moved(fact: Fact, by: int) -> Fact:
    span = Span(fact.span.start + by, fact.span.end + by) if fact.span else None
    return replace(fact, span=span, derived_from=tuple(_moved(source, by) for source in fact.derived_from))
