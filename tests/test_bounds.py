"""One contract may take so much memory and no more; afterwards the process is as it was."""

from __future__ import annotations

import sys

import pytest

from contract_scan.cli.bounds import bounded
from contract_scan.errors import TooLarge

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit on address space")


def test_what_takes_too_much_is_refused_in_a_sentence_and_the_limit_goes() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(TooLarge, match="内存超过 6144 MB"), bounded():
        bytearray(7_000_000_000)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_what_takes_little_is_not_in_the_way() -> None:
    with bounded():
        assert len(bytearray(10_000_000)) == 10_000_000
