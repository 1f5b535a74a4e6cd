"""One contract that hangs, eats memory or crashes costs only itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from contract_scan import load_engine, render, scan_text
from contract_scan.errors import ContractScanError
from contract_scan.isolate import COMMAND, Failure, FailureKind, Job, Limits, Worker
from contract_scan.model import Options

CHILD = (sys.executable, "-P", str(Path(__file__).with_name("hostile_child.py")))
LIMITS = Limits(seconds=1.5, memory_mb=1024, file_mb=8)
OPTIONS = Options(as_of=date(2026, 11, 26))
SAMPLE = Path(__file__).parents[1] / "samples/platform-three-party/contract.txt"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource limits")


def job(text: str) -> Job:
    return Job(text.encode(), "合同.txt", OPTIONS, ("source",))


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker(LIMITS, command=CHILD) as worker:
        yield worker


@pytest.mark.parametrize(
    ("deed", "kind", "said"),
    [
        ("hang", FailureKind.TIME, "超过 1.5 秒"),
        ("spin", FailureKind.TIME, "超过 1.5 秒"),
        pytest.param("eat_memory", FailureKind.MEMORY, "超过 1024 MB", marks=POSIX),
        ("exit_quietly", FailureKind.CRASH, "退出码 0"),
        pytest.param("die_of_a_signal", FailureKind.CRASH, "信号 11", marks=POSIX),
        ("talk_nonsense", FailureKind.CRASH, "意外结束"),
        pytest.param("write_a_huge_file", FailureKind.INTERNAL, "OSError", marks=POSIX),
        ("crash_inside", FailureKind.INTERNAL, "ZeroDivisionError"),
        ("need_a_password", FailureKind.ENCRYPTED, "请先去掉密码"),
    ],
)
def test_a_hostile_contract_costs_only_itself(worker: Worker, deed: str, kind: FailureKind, said: str) -> None:
    outcome = worker.run(job(deed))
    assert isinstance(outcome, Failure)
    assert outcome.kind is kind
    assert said in outcome.message
    assert "张三" not in outcome.message
    assert isinstance(after := worker.run(job("下一份")), dict)
    assert after["source"] == "下一份"


def test_a_child_serves_one_contract_after_the_other(worker: Worker) -> None:
    answers = [worker.run(job(f"第{number}份")) for number in range(20)]
    assert [answer["source"] for answer in answers if isinstance(answer, dict)] == [f"第{n}份" for n in range(20)]
    assert {answer["pid"] for answer in answers if isinstance(answer, dict)} == {str(worker.pid)}


def test_what_libraries_print_does_not_disturb_the_answer(worker: Worker) -> None:
    assert isinstance(answer := worker.run(job("print_loudly")), dict)
    assert answer["source"] == "fine"


def test_every_character_comes_back_as_it_was(worker: Worker, tmp_path: Path) -> None:
    (path := tmp_path / "合同.txt").write_text("利息\u202e\x00𠀀", "utf-8")
    assert isinstance(answer := worker.run(Job(path, path.name, OPTIONS)), dict)
    assert answer["source"] == "利息\u202e\x00𠀀"


def test_a_child_killed_from_outside_is_replaced(worker: Worker) -> None:
    worker.versions()
    os.kill(worker.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    outcomes = [worker.run(job("一")), worker.run(job("二"))]  # the first may be lost with the child
    assert isinstance(outcomes[1], dict)


def test_a_child_killed_while_it_loads_is_replaced(worker: Worker) -> None:
    os.kill(worker.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert worker.versions()["rules_sha256"] == "0" * 64


def test_rules_that_do_not_load_say_so(tmp_path: Path) -> None:
    with Worker(LIMITS, rules=tmp_path, command=CHILD) as worker, pytest.raises(ContractScanError, match="不认识的键"):
        worker.versions()


def test_a_closed_worker_leaves_no_process() -> None:
    worker = Worker(LIMITS, command=CHILD)
    worker.versions()
    pid = worker.pid
    worker.close()
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_a_child_ends_when_its_parent_is_killed() -> None:
    """The parent is another process that starts a worker, prints the child's id, and dies at once."""
    parent = (
        "import os, signal; from contract_scan.isolate import Limits, Worker\n"
        f"worker = Worker(Limits(), command={CHILD!r}); worker.versions()\n"
        "print(worker.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    died = subprocess.run([sys.executable, "-c", parent], stdout=subprocess.PIPE, check=False)
    assert died.returncode == -signal.SIGKILL
    assert ended(int(died.stdout))


def ended(pid: int) -> bool:
    """Whether a process is gone (or waits to be buried) within ten seconds."""
    for _ in range(200):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("wrong", [{"seconds": 0.0}, {"memory_mb": -1}, {"file_mb": 0}])
def test_limits_must_be_positive(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="positive"):
        Limits(**wrong)


def in_another_process(text: str) -> str:
    with Worker(Limits(), command=COMMAND) as worker:
        answer = worker.run(Job(text.encode(), "文本", OPTIONS, ("json", "source", "words")))
    assert isinstance(answer, dict)
    return json.dumps(answer)


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_a_real_report_is_the_same_from_any_pool(pool: type[ThreadPoolExecutor | ProcessPoolExecutor]) -> None:
    text = SAMPLE.read_text("utf-8")
    with pool(1) as executor:
        answer = json.loads(executor.submit(in_another_process, text).result())
    assert answer["json"] == render(scan_text(text, load_engine(), OPTIONS), "json")
    assert answer["source"] == text
    assert "服务费" in answer["words"].split()
