"""Figures that the recogniser is not sure of: one wrong digit changes what a loan costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contract_scan.model import Span

DIGITS = "0-9０-９零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億两貳參陸"
FIGURE = re.compile(rf"[{DIGITS}][{DIGITS}.,，．/%％‰ ]*")
UNSURE = 0.9  # confidence of a digit below which the whole figure is doubtful


def doubtful_spans(text: str, confidences: Sequence[float]) -> Iterator[Span]:
    """The figures of a page with a digit, point or sign that is not sure; nothing where nothing was recognised."""
    for match in FIGURE.finditer(text) if confidences else ():
        figure = match.group().rstrip(" ,，.．/")
        span = Span(match.start(), match.start() + len(figure))
        if min(confidences[span.start : span.end], default=1.0) < UNSURE:
            yield span
