"""What runs where the executor is: hands one contract to a worker process of this machine, and nothing heavy itself."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from uuid import uuid4

from contract_scan.isolate import COMMAND, Failure, FailureKind, Job, Limits, Worker
from contract_scan.model import Options

#: A child killed from outside (out of memory, by hand) is no fault of the file: it gets one more chance.
ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a whole batch; sent along with every task. ``batch`` keeps two batches on one cluster apart."""

    options: Options
    limits: Limits = field(default_factory=Limits)
    rules: Path | None = None
    outputs: tuple[str, ...] = ("json",)
    command: tuple[str, ...] = COMMAND
    masked: bool = False
    batch: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True)
class Task:
    """One contract on its way to a worker."""

    name: str
    content: bytes
    rules_sha256: str


@dataclass(slots=True)
class Crew:
    """The worker processes of one machine for one batch: as many as are busy at the same time."""

    settings: Settings
    workers: list[Worker] = field(default_factory=list)
    idle: SimpleQueue[Worker] = field(default_factory=SimpleQueue)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> Worker:
        """An idle worker, or a new one."""
        try:
            return self.idle.get_nowait()
        except Empty:
            worker = Worker(self.settings.limits, rules=self.settings.rules, command=self.settings.command)
            with self.lock:
                self.workers.append(worker)
            return worker


@cache
def crew(settings: Settings) -> Crew:
    """The crew of this process; tasks of one batch share it."""
    return Crew(settings)


def identify(settings: Settings) -> dict[str, str]:
    """Start a worker and say which rules it has loaded. Raises ContractScanError."""
    ours = crew(settings)
    worker = ours.take()
    try:
        return worker.versions()
    finally:
        ours.idle.put(worker)


def perform(settings: Settings, task: Task) -> dict[str, str] | Failure:
    """The outputs for one contract, or why there are none. Raises ContractScanError when no worker can be started."""
    ours = crew(settings)
    worker = ours.take()
    try:
        if worker.versions()["rules_sha256"] != task.rules_sha256:
            return Failure(FailureKind.RULES, "这台机器上的规则和主机不同：请在每台机器装同一版本，再运行一次。")
        job = Job(task.content, task.name, settings.options, settings.outputs, settings.masked)
        for _ in range(ATTEMPTS):
            outcome = worker.run(job)
            if not (isinstance(outcome, Failure) and outcome.kind is FailureKind.CRASH):
                break
        return outcome
    finally:
        ours.idle.put(worker)


def dismiss(settings: Settings) -> None:
    """End the worker processes that this process has for a batch, busy ones too."""
    ours = crew(settings)
    with ours.lock:
        for worker in ours.workers:
            worker.close()
        ours.workers.clear()
        ours.idle = SimpleQueue()
