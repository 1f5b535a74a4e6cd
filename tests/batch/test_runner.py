"""The same contracts over any executor: same results, and one hostile file costs only itself."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import contract_scan
from contract_scan.batch import Input, Scanned, Settings, find_inputs, scan_many
from contract_scan.batch.runner import Hall, Runner, key_of, local, rules_of
from contract_scan.batch.task import crew
from contract_scan.errors import ContractScanError
from contract_scan.isolate import FailureKind, Limits
from contract_scan.model import LenderType, Options
from tests.batch.conftest import OPTIONS

CHILD = (sys.executable, "-P", str(Path(__file__).parents[1] / "hostile_child.py"))
HOSTILE = Settings(OPTIONS, Limits(seconds=2, memory_mb=1024, file_mb=8), outputs=("source",), command=CHILD)


def texts(*contents: str) -> list[Input]:
    return [Input(f"{number:02d}.txt", content.encode) for number, content in enumerate(contents)]


def named(results: list[Scanned]) -> dict[str, object]:
    return {one.name: one.failure.kind if one.failure else one.outputs.get("source") for one in results}


def test_hostile_contracts_among_honest_ones_cost_only_themselves() -> None:
    given = ["一", "hang", "二", "eat_memory", "三", "exit_quietly", "四", "die_of_a_signal", "五", "need_a_password"]
    found = named(list(scan_many(texts(*given), HOSTILE, places=2)))
    assert sorted(found) == [f"{number:02d}.txt" for number in range(10)]
    assert [found[f"{number:02d}.txt"] for number in range(10)] == [
        "一", FailureKind.TIME, "二", FailureKind.MEMORY, "三", FailureKind.CRASH, "四", FailureKind.CRASH, "五",
        FailureKind.ENCRYPTED,
    ]  # fmt: skip


def test_a_worker_killed_from_outside_costs_nothing() -> None:
    settings = Settings(OPTIONS, Limits(seconds=60), outputs=("source",), command=CHILD)
    with local(2) as hall:
        runner = Runner(hall, settings, rules_of(hall, settings))
        results = []
        for number, one in enumerate(runner.run(texts(*(f"第{n}份" for n in range(200))))):
            results.append(one)
            if number in (20, 120):  # each of the two workers once
                os.kill(crew(settings).workers[number // 100].pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        hall.dismiss(settings)
    assert named(results) == {f"{n:02d}.txt": f"第{n}份" for n in range(200)}


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_gives_the_same_bytes(folder: Path, pool: type[ThreadPoolExecutor | ProcessPoolExecutor]) -> None:
    inputs = find_inputs([str(folder)])
    settings = Settings(OPTIONS)
    with pool(2) as executor:
        there = {one.name: one.outputs for one in scan_many(inputs, settings, executor=executor, places=2)}
    here = {one.name: one.outputs for one in scan_many(inputs, Settings(OPTIONS))}
    assert there == here
    assert sum(bool(outputs) for outputs in here.values()) == 7


def test_the_front_door_takes_folders_and_gives_json(folder: Path) -> None:
    found = {one.name: one for one in contract_scan.scan_many([folder], OPTIONS)}
    assert len(found) == 9
    assert json.loads(found[f"{folder.name}/二.txt"].outputs["json"])["schema"] == "contract-scan-report/1"
    assert (failure := found[f"{folder.name}/坏.pdf"].failure) is not None
    assert failure.kind is FailureKind.UNREADABLE


def test_the_same_bytes_are_checked_once() -> None:
    results = list(scan_many(texts("一", "一", "二", "一"), HOSTILE, places=1))
    assert sorted((one.name, one.reused) for one in results) == [
        ("00.txt", False), ("01.txt", True), ("02.txt", False), ("03.txt", True),
    ]  # fmt: skip
    assert len({one.key for one in results}) == 2


def test_a_file_that_cannot_be_opened_is_a_failure_with_its_sentence() -> None:
    def read() -> bytes:
        raise ContractScanError("没有权限：请检查。")

    (one,) = scan_many([Input("x.txt", read)], HOSTILE, places=1)
    assert one.failure is not None
    assert (one.key, one.failure.message) == ("", "没有权限：请检查。")


@pytest.mark.parametrize(
    "other",
    [
        Options(as_of=OPTIONS.as_of.replace(year=2027)),
        Options(as_of=OPTIONS.as_of, lender_type=LenderType.BANK),
    ],
)
def test_another_question_is_another_result(other: Options) -> None:
    assert key_of("a", "r", Settings(OPTIONS)) != key_of("a", "r", Settings(other))
    assert key_of("a", "r", Settings(OPTIONS)) != key_of("a", "s", Settings(OPTIONS))
    assert key_of("a", "r", Settings(OPTIONS)) == key_of("a", "r", Settings(OPTIONS, Limits(seconds=1)))


def test_rules_that_do_not_load_stop_the_batch_with_their_sentence(tmp_path: Path) -> None:
    settings = Settings(OPTIONS, rules=tmp_path, command=CHILD)
    with pytest.raises(ContractScanError, match="不认识的键"):
        list(scan_many(texts("一"), settings, places=1))


def test_leaving_a_batch_early_ends_its_workers() -> None:
    settings = Settings(OPTIONS, Limits(seconds=60), outputs=("source",), command=CHILD)
    results = scan_many(texts("一", "hang", "二"), settings, places=2)
    next(results)
    pids = [worker.pid for worker in crew(settings).workers]
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 30
    assert crew(settings).workers == []
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_lost_executor_says_how_to_go_on() -> None:
    with ProcessPoolExecutor(1) as executor:
        results = scan_many(texts(*(f"{n}" for n in range(50))), HOSTILE, executor=executor, places=1)
        next(results)
        for process in threading_safe_processes(executor):
            os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        with pytest.raises(ContractScanError, match="再运行同一条命令"):
            list(results)


def threading_safe_processes(executor: Executor) -> list[int]:
    return list(executor._processes)  # type: ignore[attr-defined]


def test_only_a_few_contracts_are_in_memory_at_a_time() -> None:
    opened = []

    def inputs() -> Iterator[Input]:
        for number in range(100):
            opened.append(number)
            yield Input(f"{number}.txt", str(number).encode)

    settings = Settings(OPTIONS, outputs=("source",), command=CHILD)
    with local(2) as hall:
        runner = Runner(hall, settings, rules_of(hall, settings))
        for done, _ in enumerate(runner.run(inputs()), 1):
            assert len(opened) - done <= 2 * hall.places
        hall.dismiss(settings)


def test_a_hall_has_at_least_one_place() -> None:
    with local(0) as hall:
        assert isinstance(hall, Hall)
        assert hall.places >= 1
    assert threading.active_count() < 50
