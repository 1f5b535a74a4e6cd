"""The child: limits first, the engine once, then one contract after the other."""

from __future__ import annotations

import contextlib
import json
import math
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from contract_scan.errors import ContractScanError
from contract_scan.isolate.values import FailureKind, Job, Limits
from contract_scan.isolate.wire import receive, send

#: What the child does with a job; tests put something hostile here.
Answer = Callable[[Job], dict[str, str]]


def serve(load: Callable[[Path | None], tuple[dict[str, str], Answer]]) -> None:
    """The child's whole life. *load* makes versions and answer from the folder of more rules, once."""
    seconds, memory_mb, file_mb, rules = sys.argv[-4:]
    limits = Limits(float(seconds), int(memory_mb), int(file_mb))
    into, out = _private_pipes()
    _limit(limits)
    try:
        ready, answer = load(Path(rules) if rules else None)
    except Exception as error:  # the parent tells the user; there is nobody else here who could
        send(out, _encoded({"failure": {"kind": FailureKind.RULES, "message": _why_not_ready(error, limits)}}))
        return
    send(out, _encoded({"ready": ready}))
    while (request := receive(into)) is not None:
        with _clock(limits):
            content = _encoded(_answered(answer, request, limits))
        send(out, content)


def _why_not_ready(error: Exception, limits: Limits) -> str:
    if isinstance(error, ContractScanError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"{limits.memory_mb} MB 内存连规则都装不下：请放宽内存限制再试。"
    return f"检查进程启动不了（{type(error).__name__}：{error}）：请重新安装 contract-scan 再试。"


def _answered(answer: Answer, request: bytes, limits: Limits) -> dict[str, dict[str, str]]:
    try:
        return {"outputs": answer(pickle.loads(request))}  # noqa: S301 (from our own parent)
    except Exception as error:  # whatever a file provokes ends here, and the parent replaces this process
        return {"failure": _told(error, limits)}


def _told(error: Exception, limits: Limits) -> dict[str, str]:
    if isinstance(error, ContractScanError):
        return {"kind": FailureKind.of(error), "message": str(error)}
    if isinstance(error, MemoryError):
        message = f"检查用的内存超过 {limits.memory_mb} MB，已停下：请只保留合同部分，或放宽内存限制再试。"
        return {"kind": FailureKind.MEMORY, "message": message}
    message = f"检查这份文件时程序出错（{type(error).__name__}）：这是本工具的缺陷，请报告错误名称和版本号。"
    return {"kind": FailureKind.INTERNAL, "message": message}


def _encoded(answer: dict[str, dict[str, str]]) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under numbers that no library knows; what libraries print goes nowhere."""
    into, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return into, out


def _limit(limits: Limits) -> None:
    """What the operating system enforces from now on; nothing on Windows, where only the parent's clock holds."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        for what, most in (
            (resource.RLIMIT_CORE, 0),  # no contract is left behind in a core dump
            (resource.RLIMIT_FSIZE, limits.file_mb << 20),
            (resource.RLIMIT_AS, limits.memory_mb << 20),
        ):
            resource.setrlimit(what, (most, most))


@contextlib.contextmanager
def _clock(limits: Limits) -> Iterator[None]:
    """Processor time and a second wall clock for one job: they end a child whose parent is gone."""
    if sys.platform == "win32":
        yield
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    cores = os.cpu_count() or 1
    soft = math.ceil(used.ru_utime + used.ru_stime + limits.seconds * cores) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + 5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
