"""Figures recognised in a picture that are not sure, and what may still be concluded from them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from contract_scan.model import Contract, Document, Fact, Span


def doubtful_figures(document: Document, facts: Sequence[Fact]) -> tuple[Span, ...]:
    """The places of stated facts that rest on a doubtful figure, unless a clear one elsewhere states the same.

    An amount in words beside the figures, the same rate in another clause, the total of a plan: two readings that
    agree are no misreading.
    """
    marked = [found for span in document.source.doubtful if len(found := _in_document(document, span))]
    if not marked:
        return ()
    placed = [fact for fact in facts if fact.span is not None]
    clear = {_said(fact) for fact in placed if not _touches(fact.span, marked)}
    unsure = (fact.span for fact in placed if _touches(fact.span, marked) and _said(fact) not in clear)
    return tuple(sorted({span for span in unsure if span is not None}))


def doubt_sentence(contract: Contract) -> str:
    """What the reader has to compare with the original; "" where there is nothing."""
    figures = dict.fromkeys(contract.document.quote(span).strip() for span in contract.doubtful)
    if not figures:
        return ""
    shown = "、".join(f"“{figure[:20]}”" for figure in list(figures)[:6])
    more = f"等 {len(figures)} 处" if len(figures) > 6 else ""
    return f"{shown}{more}是从图片识别的，看不太清：请对照原件，数字不对则依据它的结论都不对。"


def _said(fact: Fact) -> tuple[str, object, str, str]:
    return fact.kind, fact.value, fact.unit, fact.per


def _touches(span: Span | None, marked: Sequence[Span]) -> bool:
    return span is not None and any(span.overlaps(one) for one in marked)


def _in_document(document: Document, span: Span) -> Span:
    """The document span of a source span."""
    start = bisect_left(document.homes, span.start)
    return Span(start, max(start, bisect_right(document.homes, span.end - 1)))
