"""One amount written twice, in words and in figures: 壹拾万元整（小写：¥100,000.00）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from contract_scan.facts.money import Money
from contract_scan.model import Fact, Span

_LINK = re.compile(r"[\s，,；;：:]{0,2}[（(/／]?\s?(?:人民[币幣])?(?:[（(]?[大小][写寫](?:金额)?)?[）)：:\s]{0,3}")
_CLEAR = re.compile("[（(/／写寫]")
_END = re.compile(r"\s?(?:[整正]|[）)，。；\n]|$)")


def written_differences(text: str, amounts: Sequence[Money]) -> Iterator[Fact]:
    """Neighbouring amounts that say the same thing in two ways and do not agree."""
    for one, other in pairwise(amounts):
        if one.value is None or other.value is None or not _same_thing(text, one, other):
            continue
        apart = abs(one.value - other.value)
        if apart:
            yield Fact("difference", "words-figures", apart, "yuan", span=Span(one.span.start, other.span.end))


def _same_thing(text: str, one: Money, other: Money) -> bool:
    between = text[one.span.end : other.span.start]
    if _figures(text, one) == _figures(text, other) or not _LINK.fullmatch(between):
        return False
    if one.currency and other.currency and one.currency != other.currency:
        return False
    joined = between + text[other.span.start : other.span.start + 4]
    if _CLEAR.search(joined):
        return True
    return "¥" in joined and _END.match(text, other.span.end) is not None


def _figures(text: str, money: Money) -> bool:
    return any("0" <= char <= "9" for char in money.span.of(text))
