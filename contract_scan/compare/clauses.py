"""Clause against clause: which are the same, moved, changed, added or gone, and the words that differ.

Time stays bounded: clauses are aligned as wholes first; only those that have no twin are compared by their letters,
and only with a few neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from contract_scan.compare.values import ClauseChange, Piece, Shift
from contract_scan.model import Contract

#: Two clauses are one clause changed when they share this much.
KIN = 0.5
NEIGHBOURS = 12
MANY = 1000  # from so many clauses on, those that occur everywhere are not aligned by themselves
MOST_WORK = 60_000  # pairs of equal letters in two versions of a clause; a real clause of 2,000 letters has fewer
SHORTEST = 2  # equal letters between two changes that say less than this are taken into the change
_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇0-9]{1,6}[章节条款项]|[（(][一二三四五六七八九十0-9]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[、.．）]?(?![0-9年月日%元]))[\s、：:]*"
)
_PART = re.compile("[^，；。！？\n]*[，；。！？\n]?")


@dataclass(frozen=True, slots=True)
class Block:
    """A clause without those below it: its label, its text, and its letters alone, which decide what is the same."""

    label: str
    text: str
    letters: str


def blocks_of(contract: Contract) -> tuple[Block, ...]:
    """The clauses of a contract in order, the number cut off the text."""
    text = contract.document.text
    out = []
    for label, group in groupby(contract.sentences, key=lambda sentence: sentence.clause):
        words = "\n".join(sentence.span.of(text).strip() for sentence in group)
        words = _LABEL.sub("", words, count=1) if _LABEL.match(words) else words
        if letters := "".join(words.split()):
            out.append(Block(label, words, letters))
    return tuple(out)


def compare_clauses(old: Sequence[Block], new: Sequence[Block]) -> tuple[tuple[ClauseChange, ...], int, int]:
    """(changes in the order of the new version, how many clauses are the same, how many of them got a new number)."""
    crowded = max(len(old), len(new)) > MANY
    matcher = SequenceMatcher(None, [b.letters for b in old], [b.letters for b in new], autojunk=crowded)
    pairs: dict[int, int] = {}
    for a, b, size in matcher.get_matching_blocks():
        pairs.update({b + k: a + k for k in range(size)})
    same = len(pairs)
    renumbered = sum(old[a].label != new[b].label for b, a in pairs.items())
    moved = dict(_moved(old, new, pairs))
    kin = dict(_kin(old, new, {**pairs, **moved}))
    return tuple(_changes(old, new, pairs, moved, kin)), same, renumbered


def _moved(old: Sequence[Block], new: Sequence[Block], pairs: dict[int, int]) -> Iterator[tuple[int, int]]:
    """New clause → old clause with the same words elsewhere."""
    left: dict[str, deque[int]] = defaultdict(deque)
    for at in sorted(set(range(len(old))) - set(pairs.values())):
        left[old[at].letters].append(at)
    for at, block in enumerate(new):
        if at not in pairs and left.get(block.letters):
            yield at, left[block.letters].popleft()


def _kin(old: Sequence[Block], new: Sequence[Block], taken: dict[int, int]) -> Iterator[tuple[int, int]]:
    """New clause → the old one it was made from: near in the order, and alike."""
    free = sorted(set(range(len(old))) - set(taken.values()))
    shapes = {at: _shape(old[at]) for at in free}
    before = 0
    for at, block in enumerate(new):
        if at in taken:
            before = max(before, taken[at])
            continue
        first = bisect_left(free, before - 1)
        shape = _shape(block)
        near = free[first : first + NEIGHBOURS]
        alike = max(((_alike(shapes[c], shape, same=old[c].label == block.label), -c) for c in near), default=(0.0, 0))
        if alike[0] >= KIN:
            before = -alike[1]
            del free[bisect_left(free, before)]
            yield at, before


def _shape(block: Block) -> frozenset[str]:
    """The pairs of neighbouring letters of a clause."""
    return frozenset(map("".join, pairwise(block.letters))) or frozenset([block.letters])


def _alike(one: frozenset[str], other: frozenset[str], *, same: bool) -> float:
    """How much two clauses share, from 0 to 1; the same number counts a little."""
    return 2 * len(one & other) / (len(one) + len(other)) + (0.1 if same else 0)


def _changes(
    old: Sequence[Block], new: Sequence[Block], pairs: dict[int, int], moved: dict[int, int], kin: dict[int, int]
) -> Iterator[ClauseChange]:
    gone = sorted(set(range(len(old))) - {*pairs.values(), *moved.values(), *kin.values()})
    gone.reverse()
    origins = {**pairs, **kin}
    for at, block in enumerate(new):
        origin = origins.get(at)
        while origin is not None and gone and gone[-1] < origin:
            yield _whole(Shift.REMOVED, old[gone.pop()])
        if at in moved:
            source = old[moved[at]]
            yield ClauseChange(Shift.MOVED, source.label, block.label, (Piece("same", block.text),))
        elif at in kin:
            source = old[kin[at]]
            yield ClauseChange(Shift.CHANGED, source.label, block.label, tuple(pieces(source.text, block.text)))
        elif at not in pairs:
            yield _whole(Shift.ADDED, block)
    yield from (_whole(Shift.REMOVED, old[at]) for at in reversed(gone))


def _whole(shift: Shift, block: Block) -> ClauseChange:
    if shift is Shift.ADDED:
        return ClauseChange(shift, "", block.label, (Piece("new", block.text),))
    return ClauseChange(shift, block.label, "", (Piece("gone", block.text),))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The two texts as runs that are the same, gone or new: by letters, by parts where that is too much, or whole."""
    cuts: tuple[Callable[[str], list[str]], ...] = (_tokens, _parts)
    for cut in cuts:
        first, second = cut(before), cut(after)
        if _work(first, second) <= MOST_WORK:
            yield from _runs(first, second)
            return
    yield from _change(before, after)


def _work(first: Sequence[str], second: Sequence[str]) -> int:
    """How many pairs of equal tokens there are: what comparing them costs."""
    ours, theirs = Counter(first), Counter(second)
    return sum(number * theirs[token] for token, number in ours.items())


def _runs(first: Sequence[str], second: Sequence[str]) -> Iterator[Piece]:
    gone = new = ""
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        words = "".join(first[a:b])
        if tag == "equal" and (not (gone or new) or len(words.strip()) >= SHORTEST or d == len(second)):
            yield from _change(gone, new)
            gone = new = ""
            yield Piece("same", words)
        else:
            gone, new = gone + words, new + "".join(second[c:d])
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)


def _tokens(text: str) -> list[str]:
    """Numbers whole, everything else letter by letter: 12.5 → 15 is one change."""
    return re.findall(r"[0-9][0-9,.]*|.|\n", text)


def _parts(text: str) -> list[str]:
    return [part for part in _PART.findall(text) if part]
