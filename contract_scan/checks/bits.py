"""Sets of sentences as the bits of one number: on 500 pages thousands of them are kept at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def as_bits(numbers: Iterable[int], size: int) -> int:
    """A set of numbers in [0, size) as one number with those bits set."""
    flags = bytearray(size // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")


def from_bits(bits: int) -> Iterator[int]:
    """The numbers of :func:`as_bits`, in order."""
    written = bin(bits)[:1:-1]
    at = written.find("1")
    while at >= 0:
        yield at
        at = written.find("1", at + 1)
