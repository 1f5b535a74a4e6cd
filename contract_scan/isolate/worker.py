"""The parent's side: starts the child, holds the clock, replaces what is lost."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from contract_scan.errors import ContractScanError
from contract_scan.isolate.values import Failure, FailureKind, Job, Limits
from contract_scan.isolate.wire import receive, send

#: Loading the rules takes 3 seconds; a crowded machine gets this many.
START_SECONDS = 180.0
COMMAND = (sys.executable, "-P", "-m", "contract_scan.isolate")


class Worker:
    """A child process with the engine loaded; replaced when it is lost. For one thread at a time (others wait)."""

    def __init__(self, limits: Limits, *, rules: Path | None = None, command: tuple[str, ...] = COMMAND) -> None:
        """Starts loading at once, without waiting; *rules* is a folder of more rules, *command* is for tests."""
        self.limits = limits
        self._command = (*command, repr(limits.seconds), str(limits.memory_mb), str(limits.file_mb), str(rules or ""))
        self._lock = threading.Lock()
        self._closed = False
        self._start()

    def versions(self) -> dict[str, str]:
        """Wait until the child is ready: ``tool``, ``rules``, ``rules_sha256``. Raises ContractScanError."""
        with self._lock:
            return dict(self._greeted())

    def run(self, job: Job) -> dict[str, str] | Failure:
        """The wanted outputs by name, or why there are none. Raises ContractScanError when no child can be started."""
        with self._lock:
            if self._process.poll() is not None:
                self._restart()
            self._greeted()
            answer, late = self._exchange(pickle.dumps(job), self.limits.seconds)
            if answer is not None and "outputs" in answer:
                return answer["outputs"]
            failure = _failure(answer, self.limits, late=late, process=self._process)
            if failure.kind in (FailureKind.TIME, FailureKind.MEMORY, FailureKind.CRASH, FailureKind.INTERNAL):
                self._restart()
            return failure

    def close(self) -> None:
        """End the child, also one that is busy in another thread (which gets an error); safe to call twice."""
        self._closed = True
        _kill(self._process)
        with self._lock:
            self._stop()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _restart(self) -> None:
        self._stop()
        if self._closed:
            raise ContractScanError("检查已经停下。")
        self._start()

    def _start(self) -> None:
        self._greeting: dict[str, str] | None = None
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # whatever a library says about a contract is nobody's business
            start_new_session=True,  # Ctrl-C is the parent's affair
            env=environment,
        )

    def _greeted(self) -> dict[str, str]:
        if self._greeting is None:
            answer = self._exchange(None, START_SECONDS)[0] or self._second_greeting() or {}
            if "ready" not in answer:
                self._stop()
                told = answer.get("failure", {}).get("message")
                raise ContractScanError(
                    told or "检查进程启动不了：请运行 contract-scan rules lint，看规则和安装是否完好。"
                )
            self._greeting = answer["ready"]
        return self._greeting

    def _second_greeting(self) -> dict[str, dict[str, str]] | None:
        """Somebody killed the child while it was loading: once more."""
        self._restart()
        return self._exchange(None, START_SECONDS)[0]

    def _exchange(self, request: bytes | None, seconds: float) -> tuple[dict[str, dict[str, str]] | None, bool]:
        """Send (unless None) and receive; None when the child died, True when that was because time ran out."""
        late = threading.Event()
        into, out = _pipes(self._process)
        timer = threading.Timer(seconds, _end, (self._process, late))
        timer.daemon = True
        timer.start()
        try:
            if request is not None:
                send(into, request)
            received = receive(out)
            return (None if received is None else json.loads(received.decode("utf-8", "surrogatepass"))), late.is_set()
        except (OSError, ValueError):
            return None, late.is_set()
        finally:
            timer.cancel()

    def _stop(self) -> None:
        _kill(self._process)
        for pipe in _pipes(self._process):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
    assert process.stdin is not None, "asked for in _start"
    assert process.stdout is not None, "asked for in _start"
    return process.stdin, process.stdout  # type: ignore[return-value]


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the child and what it may have started itself."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _kill(process)


def _failure(
    answer: dict[str, dict[str, str]] | None, limits: Limits, *, late: bool, process: subprocess.Popen[bytes]
) -> Failure:
    if answer is not None and "failure" in answer:
        return Failure(FailureKind(answer["failure"]["kind"]), answer["failure"]["message"])
    if late:
        return Failure(FailureKind.TIME, f"检查超过 {limits.seconds:g} 秒，已停下：请只保留合同部分，或放宽时限再试。")
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
    code = process.returncode
    how = f"信号 {-code}" if code and code < 0 else f"退出码 {code}"
    return Failure(
        FailureKind.CRASH, f"检查这份文件的进程意外结束（{how}）：文件可能损坏，请用别的程序打开、另存后再试。"
    )
