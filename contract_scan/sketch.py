"""A short fingerprint of a text, so that contracts from one template find each other without comparing all of them.

The 256 smallest hashes of all runs of eight characters (bottom-k MinHash). Digits, Chinese numerals, blanks and
punctuation are left out first: what is filled into a template does not make it another one.
"""

from __future__ import annotations

import heapq
import re
from hashlib import blake2b

SIZE = 256
RUN = 8
_FILLED = re.compile(r"[\W_\d零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億]+")


def sketch(text: str) -> str:
    """Ascending 8-byte hashes as hexadecimal; "" for a text without words."""
    bare = _FILLED.sub("", text)
    runs = {bare[start : start + RUN] for start in range(max(len(bare) - RUN + 1, 1))} if bare else ()
    hashes = (blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() for run in runs)
    return "".join(heapq.nsmallest(SIZE, hashes))


def parts(fingerprint: str) -> tuple[str, ...]:
    """The hashes of a sketch, the smallest first."""
    return tuple(fingerprint[start : start + 16] for start in range(0, len(fingerprint), 16))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The estimated share of common text among all text of both, 0 to 1 (standard error at most 0.03)."""
    together = heapq.nsmallest(SIZE, {*one, *other})
    both = set(one) & set(other)
    return sum(part in both for part in together) / len(together) if together else 0.0
