"""A real dask scheduler and two worker processes over TCP give the same bytes as this machine alone."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract_scan.batch import Settings, find_inputs, scan_many
from contract_scan.batch.cluster import cluster
from contract_scan.batch.runner import Runner, rules_of
from contract_scan.errors import ContractScanError, MissingExtra
from tests.batch.conftest import OPTIONS

pytest.importorskip("distributed", reason="pip install 'contract-scan[cluster]'")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes")


@contextmanager
def dask(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler with so many worker processes; all end with the block."""
    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    started = [scheduler]
    try:
        assert scheduler.stderr is not None
        address = next(found.group(1) for line in scheduler.stderr if (found := re.search(r"(tcp://[\d.:]+)", line)))
        started += [start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(workers)]
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()
            if process.stderr:
                process.stderr.close()


def start(kind: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
    stderr = subprocess.PIPE if kind == "scheduler" else subprocess.DEVNULL
    return subprocess.Popen(command, stderr=stderr, stdout=subprocess.DEVNULL, text=True)


def until_there(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, timeout=30, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=60)


@pytest.mark.filterwarnings("ignore")
def test_two_workers_one_of_them_killed_give_the_same_bytes(folder: Path) -> None:
    inputs = find_inputs([str(folder)]) * 1
    here = {one.name: one.outputs for one in scan_many(inputs, Settings(OPTIONS))}
    with dask(2) as (address, workers):
        until_there(address, 2)
        with cluster(address) as hall:
            settings = Settings(OPTIONS)
            runner = Runner(hall, settings, rules_of(hall, settings))
            there = {}
            for one in runner.run(inputs):
                there[one.name] = one.outputs
                if len(there) == 2:
                    workers[0].send_signal(signal.SIGKILL)
            hall.dismiss(settings)
    assert there == here


@pytest.mark.filterwarnings("ignore")
def test_no_scheduler_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contract_scan.batch.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(ContractScanError, match="dask scheduler 正在运行"), cluster("tcp://127.0.0.1:9"):
        pass


def test_the_extra_is_named_when_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"contract-scan\[cluster\]"), cluster("tcp://127.0.0.1:9"):
        pass
