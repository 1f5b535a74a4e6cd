"""The phrase notation: sequences of concepts and words, read into frozen values.

    <lender> … <may> <adjust> … <rate>        in this order, inside one sentence
    <assign> & <without-notice>               both, in any order
    有权|可以 …12 <change|调整> <terms>         a|b: either word; …12: at most 12 characters between

A blank lets the next element follow at once (a few characters such as 的 or an opening quote may stand between);
``…`` allows a gap (40 characters unless a number says otherwise) that never crosses the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contract_scan.errors import RuleError

ADJACENT = 4
GAP = 40
_TOKEN = re.compile(r"…([0-9]{1,3})?|&|<([^<>]+)>(\S*)|(\S+)")


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a sequence: any of these concepts, or any of these literal words."""

    concepts: tuple[str, ...]
    words: tuple[str, ...]
    gap: int  # how many characters may stand between the element before and this one


@dataclass(frozen=True, slots=True)
class Phrase:
    """Sequences that must all occur in the same unit, in any order among themselves."""

    sequences: tuple[tuple[Element, ...], ...]
    written: str

    @property
    def elements(self) -> tuple[Element, ...]:
        """All elements of all sequences."""
        return tuple(element for sequence in self.sequences for element in sequence)


def parse_phrase(written: str, where: str) -> Phrase:
    """Read the notation; RuleError names *where* and what is wrong."""
    sequences: list[list[Element]] = [[]]
    gap = ADJACENT
    for match in _TOKEN.finditer(written):
        part = match.group()
        if part.startswith("…"):
            gap = int(match.group(1) or GAP)
        elif part == "&":
            sequences.append([])
            gap = ADJACENT
        else:
            sequences[-1].append(_element(part, gap, where))
            gap = ADJACENT
    if not all(sequences):
        raise RuleError(f"{where}：短语“{written}”里有空的一段；& 和 … 的两边都要有词。")
    return Phrase(tuple(tuple(sequence) for sequence in sequences), written)


def _element(token: str, gap: int, where: str) -> Element:
    """<a|b>|word → concepts a and b or the word; inside the brackets Chinese words may stand too."""
    concepts: list[str] = []
    words: list[str] = []
    for part in re.findall(r"<[^<>]+>|[^|<>]+", token):
        for option in part.strip("<>").split("|"):
            is_concept = part.startswith("<") and re.fullmatch(r"[a-z][a-z0-9-]*", option)
            (concepts if is_concept else words).append(option)
    if "" in words or not (concepts or words) or token.count("<") != token.count(">"):
        raise RuleError(f"{where}：看不懂“{token}”。概念写成 <concept>，多个选项用 | 隔开。")
    return Element(tuple(concepts), tuple(words), gap)
