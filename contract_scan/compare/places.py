"""Words of a contract as evidence, and its sentences by what they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from contract_scan.model import Contract, Evidence, Fact, Report, Span

LONGEST = 90
_BREAK = re.compile("[，；。！？\n]")


def cite(contract: Contract, span: Span) -> Evidence:
    """The words at a document span, with clause and page, in source positions."""
    document = contract.document
    home = document.to_source(span)
    page = document.source.page_at(home.start)
    starts = [sentence.span.start for sentence in contract.sentences]
    index = bisect_right(starts, span.start) - 1
    clause = contract.sentences[index].clause if index >= 0 else ""
    return Evidence(home, home.of(document.source.text), clause, page.number if page else None)


def around(text: str, span: Span) -> Span:
    """The comma-to-comma part of *text* that holds a span, without blanks at its ends."""
    start = 0
    for mark in _BREAK.finditer(text, max(span.start - LONGEST, 0), span.start):
        start = mark.end()
    start = max(start, span.start - LONGEST)
    stop = _BREAK.search(text, span.end, span.end + LONGEST)
    end = stop.start() if stop else min(len(text), span.end + LONGEST)
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def quotes(report: Report, facts: tuple[Fact, ...]) -> tuple[Evidence, ...]:
    """The places of facts that were read, each once: the sentence where it is short, else its part."""
    contract = report.contract
    spans = [_told_at(contract, fact.span) for fact in facts if fact.span is not None]
    return tuple(cite(contract, span) for span in dict.fromkeys(spans))


def _told_at(contract: Contract, span: Span) -> Span:
    index = bisect_right([sentence.span.start for sentence in contract.sentences], span.start) - 1
    whole = contract.sentences[index].span if index >= 0 else span
    if whole.contains(span) and len(whole) <= LONGEST:
        return whole
    return around(contract.document.text, span)


def sentences(report: Report, pattern: re.Pattern[str]) -> Iterator[tuple[str, Evidence]]:
    """(text, evidence) of the sentences, headings aside, in which a pattern occurs."""
    contract = report.contract
    text = contract.document.text
    for sentence in contract.sentences:
        if not sentence.heading and pattern.search(text, sentence.span.start, sentence.span.end):
            yield sentence.span.of(text), cite(contract, sentence.span)
