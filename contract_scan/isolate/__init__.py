"""Reads contracts in a child process, so that a file that hangs, eats memory or crashes costs only itself.

    parent  Worker.run(Job) ──pickle──▶ child  serve(): limits, engine loaded once, one job after the other
            dict of outputs | Failure ◀──JSON──

The child is a plain ``python -m`` process, not a fork: safe inside threads, pools and dask workers, which are
daemons and may not have multiprocessing children. What it answers is JSON, because what has read a hostile file
is not trusted with a pickle. The parent holds the clock; the child limits memory, processor time and file size
where the platform can (POSIX), and a second clock in the child ends it when the parent is gone.
"""

from __future__ import annotations

from contract_scan.isolate.child import Answer, serve
from contract_scan.isolate.values import Failure, FailureKind, Job, Limits
from contract_scan.isolate.worker import COMMAND, Worker

__all__ = ["COMMAND", "Answer", "Failure", "FailureKind", "Job", "Limits", "Worker", "serve"]
