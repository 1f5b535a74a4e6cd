"""Regular expressions of the rulebook: compiled once per machine, run only near words that they must contain.

A contract of 30,000 characters is searched for more than a thousand expressions; most of their words are not in it.
The words are found by walking the parse tree that ``re`` itself makes: a branch needs one word of each alternative,
a sequence the best of its parts. Where no word is sure, there is no anchor and the whole text is searched.

What ``re`` compiles an expression to is kept with it, since it goes into the cache with the rulebook (which belongs
to one Python): making 800 expressions from their source takes 0.3 s of a first scan, from their programs 0.006 s.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from re import _compiler as compiler  # type: ignore[attr-defined]  # no public name since sre_compile left
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

from contract_scan.errors import RuleError

MOST_WORDS = 80
MOST_SPELLINGS = 24
WIDEST = 2000  # an expression that may match more than this is searched for everywhere
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One of *words* is in every match; a match and what it looks ahead to lie within *reach* characters of it."""

    words: tuple[str, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class Program:
    """What ``re`` compiles an expression to, in the order in which ``_sre.compile`` takes it."""

    flags: int
    code: bytes  # unsigned machine words
    groups: int
    names: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Regex:
    """An expression that is known to be well formed, and its anchor (None: it has none)."""

    source: str
    anchor: Anchor | None
    program: Program = field(repr=False, compare=False)

    @property
    def compiled(self) -> re.Pattern[str]:
        """Made when first asked for: in most contracts most expressions never run."""
        return _restored(self.source, self.program)


def read_regex(source: str, where: str) -> Regex:
    """An expression from a YAML file; RuleError names *where* when it does not compile."""
    try:
        program = _program(source)
        return Regex(source, anchor_of(_restored(source, program)), program)
    except re.error as error:
        raise RuleError(f"{where}：正则“{source}”有错：{error}。") from error


def _program(source: str) -> Program:
    """The first half of ``re.compile``."""
    tree = parser.parse(source)
    code = compiler._code(tree, 0)
    names = tuple(tree.state.groupdict.items())
    return Program(tree.state.flags, array("I", code).tobytes(), tree.state.groups - 1, names)


@cache  # re keeps 512; a rulebook has more
def _restored(source: str, program: Program) -> re.Pattern[str]:
    """The second half of ``re.compile``."""
    named = {number: name for name, number in program.names}
    index = tuple(named.get(number) for number in range(program.groups + 1))
    code = list(array("I", program.code))
    pattern: re.Pattern[str] = compiler._sre.compile(
        source, program.flags, code, program.groups, dict(program.names), index
    )
    return pattern


def anchor_of(pattern: re.Pattern[str]) -> Anchor | None:
    """The anchor of a compiled expression, or None where it has none."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return None
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    words = _needed(tree)
    reach = tree.getwidth()[1] + _ahead(tree)
    if not words or reach > WIDEST:
        return None
    return Anchor(tuple(sorted(words)), reach)


def windows(places: Iterable[tuple[int, int]], reach: int) -> Iterator[tuple[int, int]]:
    """The stretches within *reach* of the places (sorted by start), those that touch made one."""
    start = end = -1
    for first, last in places:
        if first - reach > end:
            if end >= 0:
                yield start, end
            start = max(first - reach, 0)
        end = max(end, last + reach)
    if end >= 0:
        yield start, end


def _needed(tree: Iterable[tuple[object, object]]) -> frozenset[str]:
    """The best set of words of a sequence: one of them is in each match; empty where none is sure."""
    options: list[frozenset[str]] = []
    run = frozenset([""])  # what the letters so far can spell
    for code, argument in (*tree, (None, None)):
        letters = _letters(code, argument)
        if letters and len(run) * len(letters) <= MOST_SPELLINGS:
            run = frozenset(word + letter for word in run for letter in letters)
            continue
        options.append(run)
        run = letters or frozenset([""])
        options.append(_needed_by(code, argument))
    usable = [option for option in options if option and all(option) and len(option) <= MOST_WORDS]
    return max(usable, key=lambda words: (min(min(map(len, words)), 2), -len(words)), default=frozenset())


def _letters(code: object, argument: object) -> frozenset[str]:
    """The letters that one element of a sequence can be, where they are few."""
    if code is op.LITERAL:
        return frozenset([chr(argument)])  # type: ignore[arg-type]
    if code is op.IN and all(kind is op.LITERAL for kind, _ in argument):  # type: ignore[attr-defined]
        return frozenset(chr(value) for _, value in argument)  # type: ignore[attr-defined]
    return frozenset()


def _needed_by(code: object, argument: object) -> frozenset[str]:
    if code is op.SUBPATTERN:
        return _needed(argument[-1])  # type: ignore[index]
    if code is op.BRANCH:
        each = [_needed(branch) for branch in argument[1]]  # type: ignore[index]
        return frozenset().union(*each) if all(each) else frozenset()
    if code in _REPEATS and argument[0] > 0:  # type: ignore[index]
        return _needed(argument[2])  # type: ignore[index]
    return frozenset()


def _ahead(tree: Iterable[tuple[object, object]]) -> int:
    """How far the lookaheads of an expression may see beyond its match, at most."""
    total = 0
    for code, argument in tree:
        if code in (op.ASSERT, op.ASSERT_NOT):
            inner = argument[1]  # type: ignore[index]
            total += (inner.getwidth()[1] if argument[0] > 0 else 0) + _ahead(inner)  # type: ignore[index]
        elif code is op.SUBPATTERN:
            total += _ahead(argument[-1])  # type: ignore[index]
        elif code is op.BRANCH:
            total += max(_ahead(branch) for branch in argument[1])  # type: ignore[index]
        elif code in _REPEATS:
            total += _ahead(argument[2]) * argument[1]  # type: ignore[index]
    return total
