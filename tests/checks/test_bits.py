"""Sets of sentence numbers as bits: nothing lost, nothing added, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract_scan.checks.bits import as_bits, from_bits


@given(st.sets(st.integers(0, 5000)), st.sets(st.integers(0, 5000)))
def test_bits_are_sets(one: set[int], other: set[int]) -> None:
    first, second = as_bits(one, 5001), as_bits(other, 5001)
    assert list(from_bits(first)) == sorted(one)
    assert list(from_bits(first & second)) == sorted(one & other)
    assert list(from_bits(first | second)) == sorted(one | other)
    assert first.bit_count() == len(one)
