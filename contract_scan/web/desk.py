"""Who waits, who is being read, what is ready: contracts held in memory for a short while, and no longer."""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import secrets
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum

from contract_scan.errors import ContractScanError
from contract_scan.isolate import Failure, FailureKind, Worker
from contract_scan.web.task import Request

#: Seconds without a visit after which a contract is forgotten; how many contracts and bytes are held at most.
KEEP_SECONDS = 1800.0
MOST_HELD = 12
MOST_BYTES = 200_000_000
MOST_WAITING = 6


class State(StrEnum):
    """How far a case is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class Busy(ContractScanError):
    """Too many contracts wait already."""


@dataclass(slots=True)
class Case:
    """One contract (or two to compare) at the desk; ``id`` is its only, unguessable, address."""

    id: str
    request: Request
    future: Future[dict[str, str] | Failure]
    touched: float
    worker: Worker | None = None
    kept: str = ""
    started: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        """Bytes of the files it holds."""
        return sum(len(one.data) for one in (*self.request.files, *self.request.second))

    @property
    def state(self) -> State:
        """How far it is."""
        if not self.future.done():
            return State.READING if self.worker else State.WAITING
        return State.FAILED if isinstance(self.outcome, Failure) else State.DONE

    @property
    def outcome(self) -> dict[str, str] | Failure:
        """The answer; only when it is done."""
        if self.future.cancelled():
            return Failure(FailureKind.CRASH, "已经取消。")
        error = self.future.exception()
        return Failure(FailureKind.CRASH, str(error)) if error else self.future.result()


class Desk:
    """Hands requests to the workers, one each, and forgets what nobody looks at."""

    def __init__(self, workers: Sequence[Worker], *, keep_seconds: float = KEEP_SECONDS) -> None:
        self._workers = tuple(workers)
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(len(workers), "read")
        self._cases: dict[str, Case] = {}
        self._keep_seconds = keep_seconds
        self._lock = threading.Lock()

    def take(self, make: Callable[[str], Request]) -> Case:
        """A new case; *make* gets its id. Raises Busy."""
        self.sweep()
        with self._lock:
            if self._open() >= MOST_WAITING + len(self._workers):
                raise Busy("正在读的文件太多：请等前面的读完，再试一次。")
            id = secrets.token_urlsafe(18)
            case = Case(id, make(id), Future(), time.monotonic())
            self._cases[id] = case
        self._threads.submit(self._run, case)
        return case

    def find(self, id: str) -> Case | None:
        """The case with this id, if it is still there; looking at it keeps it."""
        with self._lock:
            case = self._cases.get(id)
            if case:
                case.touched = time.monotonic()
            return case

    def ahead(self, case: Case) -> int:
        """How many are read before this one."""
        with self._lock:
            return sum(other.started < case.started and not other.future.done() for other in self._cases.values())

    def forget(self, case: Case) -> None:
        """Drop a case and all its bytes; a child that is at work on it is killed."""
        with self._lock:
            self._cases.pop(case.id, None)
        if case.future.cancel() or case.future.done():
            return
        if case.worker:
            _kill(case.worker)

    def sweep(self) -> None:
        """Forget what nobody has looked at for a while, and the oldest when there is too much."""
        with self._lock:
            ready = sorted((case for case in self._cases.values() if case.future.done()), key=lambda one: one.touched)
            held = sum(case.size for case in self._cases.values())
            for case in ready:
                stale = time.monotonic() - case.touched > self._keep_seconds
                if stale or len(self._cases) >= MOST_HELD or held > MOST_BYTES:
                    del self._cases[case.id]
                    held -= case.size

    async def wait(self, case: Case, seconds: float) -> None:
        """Until the case is ready or the time is over."""
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(case.future)), seconds)

    def ask(self, request: Request) -> dict[str, str] | Failure:
        """Something else about a contract that is already here; blocks."""
        worker = self._idle.get()
        try:
            return worker.run(request)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """Forget everything and end the children."""
        with self._lock:
            cases, self._cases = list(self._cases.values()), {}
        for case in cases:
            case.future.cancel()
        for worker in self._workers:
            _kill(worker)
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def _open(self) -> int:
        return sum(not case.future.done() for case in self._cases.values())

    def _run(self, case: Case) -> None:
        if not case.future.set_running_or_notify_cancel():
            return
        worker = self._idle.get()
        case.worker = worker
        try:
            case.future.set_result(worker.run(case.request))
        except Exception as error:  # the page says it; the thread lives on
            case.future.set_exception(error)
        finally:
            self._idle.put(worker)


def _kill(worker: Worker) -> None:
    """End the child at once; the worker starts another when it is next asked."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            os.kill(worker.pid, signal.SIGTERM)
