"""Many contracts over any ``concurrent.futures.Executor``: an iterator of results, in the order they are ready.

The executor only decides where a task waits: every contract is read in a worker process (``contract_scan.isolate``)
beside it. Threads are enough locally; dask's executor runs the same tasks on other machines.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from contract_scan._version import VERSION
from contract_scan.batch.inputs import Input
from contract_scan.batch.task import Settings, Task, dismiss, identify, perform
from contract_scan.errors import ContractScanError
from contract_scan.isolate import Failure, FailureKind


@dataclass(frozen=True, slots=True)
class Scanned:
    """One file of a batch: outputs by name (empty where there is a failure), and the key of its result.

    ``key`` names content, rules, program version and options; "" where not even the bytes could be read.
    """

    name: str
    key: str
    sha256: str
    outputs: dict[str, str]
    failure: Failure | None = None
    reused: bool = False


class Hall(NamedTuple):
    """Where tasks run: an executor, how many tasks it runs at a time, and how its worker processes are ended."""

    executor: Executor
    places: int
    dismiss: Callable[[Settings], None] = dismiss


@contextmanager
def local(jobs: int | None = None) -> Iterator[Hall]:
    """This machine: *jobs* worker processes (default: one for each core), each fed by a thread."""
    places = max(jobs or os.cpu_count() or 1, 1)
    executor = ThreadPoolExecutor(places, thread_name_prefix="contract-scan")
    try:
        yield Hall(executor, places)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def rules_of(hall: Hall, settings: Settings) -> str:
    """Start a worker in every place and return the hash of the rules. Raises ContractScanError, also if they differ."""
    found = {future.result()["rules_sha256"] for future in [_submit(hall, settings) for _ in range(hall.places)]}
    if len(found) != 1:
        raise ContractScanError("各台机器上的规则不同：请在每台机器装同一版本的 contract-scan 和规则，再运行一次。")
    return found.pop()


def _submit(hall: Hall, settings: Settings) -> Future[dict[str, str]]:
    return hall.executor.submit(identify, settings)


def key_of(sha256: str, rules_sha256: str, settings: Settings) -> str:
    """Names a result: same key, same result."""
    options = {item.name: str(getattr(settings.options, item.name)) for item in fields(settings.options)}
    named = {"sha256": sha256, "rules": rules_sha256, "tool": VERSION, "options": options, "masked": settings.masked}
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Runner:
    """One batch in a hall; ``busy`` has the files that are being checked or wait for it, the oldest first."""

    hall: Hall
    settings: Settings
    rules_sha256: str
    busy: dict[Future[dict[str, str] | Failure], Scanned] = field(default_factory=dict)

    def run(self, inputs: Iterable[Input], known: Callable[[str], bool] = lambda key: False) -> Iterator[Scanned]:
        """The result of every input as it is ready; never more than a few files in memory.

        The same bytes are checked once: a file whose key is *known* comes back at once with ``reused``, as does one
        whose bytes are on their way already. Raises ContractScanError when the executor
        itself is lost.
        """
        on_the_way: set[str] = set()
        for item in inputs:
            scanned, content = _opened(item, self.rules_sha256, self.settings)
            if scanned.failure or scanned.key in on_the_way or known(scanned.key):
                yield scanned
                continue
            on_the_way.add(scanned.key)
            task = Task(item.base, content, self.rules_sha256)
            self.busy[self.hall.executor.submit(perform, self.settings, task)] = scanned
            if len(self.busy) >= 2 * self.hall.places:
                yield from self._ready()
        while self.busy:
            yield from self._ready()

    def _ready(self) -> Iterator[Scanned]:
        done, _ = wait(self.busy, return_when=FIRST_COMPLETED)
        for future in [future for future in self.busy if future in done]:
            asked = self.busy.pop(future)
            outcome = _outcome(future)
            if isinstance(outcome, Failure):
                yield Scanned(asked.name, asked.key, asked.sha256, {}, outcome)
            else:
                yield Scanned(asked.name, asked.key, asked.sha256, outcome)


def scan_many(
    inputs: Iterable[Input], settings: Settings, *, executor: Executor | None = None, places: int | None = None
) -> Iterator[Scanned]:
    """Every contract's result as it is ready, from any executor (None: worker processes on this machine).

    *places* is how many the executor runs at a time (default: one for each core).
    """
    places = places or os.cpu_count() or 1
    if executor is None:
        with local(places) as hall:
            yield from _scan_in(inputs, settings, hall)
    else:
        yield from _scan_in(inputs, settings, Hall(executor, places))


def _scan_in(inputs: Iterable[Input], settings: Settings, hall: Hall) -> Iterator[Scanned]:
    try:
        yield from Runner(hall, settings, rules_of(hall, settings)).run(inputs)
    finally:
        hall.dismiss(settings)


def _opened(item: Input, rules_sha256: str, settings: Settings) -> tuple[Scanned, bytes]:
    try:
        content = item.read()
    except ContractScanError as error:
        return Scanned(item.name, "", "", {}, Failure(FailureKind.of(error), str(error))), b""
    sha256 = hashlib.sha256(content).hexdigest()
    return Scanned(item.name, key_of(sha256, rules_sha256, settings), sha256, {}, reused=True), content


def _outcome(future: Future[dict[str, str] | Failure]) -> dict[str, str] | Failure:
    try:
        return future.result()
    except BrokenExecutor as error:
        raise ContractScanError("并行运行的进程池坏了：已完成的都保存了，再运行同一条命令会接着做。") from error
