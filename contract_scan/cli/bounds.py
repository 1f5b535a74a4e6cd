"""How much memory one contract may take when it is read in this very process."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from contract_scan.errors import TooLarge

MOST_MB = 6144  # of address space, engine, dictionary and recognition included; a 500-page contract needs a tenth


@contextlib.contextmanager
def bounded(memory_mb: int = MOST_MB) -> Iterator[None]:
    """Let what runs inside have that much address space; nothing on Windows, which has no such limit.

    Raises:
        TooLarge: it was not enough.
    """
    try:
        import resource
    except ImportError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    stricter = before[0] != resource.RLIM_INFINITY and before[0] <= memory_mb << 20
    try:
        if not stricter:
            resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, before[1]))
        yield
    except MemoryError as error:
        raise TooLarge(f"检查用的内存超过 {memory_mb} MB，已停下：请只保留合同部分再试。") from error
    finally:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, before)
