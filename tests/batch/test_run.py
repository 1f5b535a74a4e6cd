"""Results are durable: nothing is done twice, nothing is half there, whatever kills the run."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contract_scan.batch import Settings, Store, find_inputs, run_batch
from contract_scan.batch.run import as_of
from contract_scan.batch.runner import local
from contract_scan.errors import ContractScanError
from tests.batch.conftest import OPTIONS, results, run

COMMAND = [sys.executable, "-m", "contract_scan", "batch", "--as-of", "2026-11-26", "--jobs", "2"]


def test_a_second_run_does_only_what_is_new_or_changed(folder: Path, out: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, copy := tmp_path / folder.name)
    (copy / "新.txt").write_text("借款合同\n甲方（出借人）：某某\n年利率36%", "utf-8")
    (copy / "二.txt").write_text((copy / "二.txt").read_text("utf-8") + "附加一句。", "utf-8")
    with Store(out) as store, local(1) as hall:
        steps = list(run_batch(find_inputs([str(copy)]), store, Settings(OPTIONS), hall=hall))
        assert {step.latest.name for step in steps if step.latest and not step.latest.reused} == {
            f"{folder.name}/新.txt",
            f"{folder.name}/二.txt",
        }
        assert steps[-1].done == steps[-1].total == 10
        assert steps[-1].failed == 1
        assert store.recall("run") == "2"


def test_a_report_that_was_deleted_is_made_again(folder: Path, out: Path) -> None:
    victim = next((out / "reports").iterdir())
    content = victim.read_bytes()
    victim.unlink()
    run(folder, out)
    assert victim.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_run_killed_at_any_moment_ends_like_an_undisturbed_one(folder: Path, finished: Path, tmp_path: Path) -> None:
    """Small version; benchmark/batch.py kills ten times over 1,000 contracts."""
    out = tmp_path / "结果"
    rng = random.Random(6)
    for _ in range(3):
        process = subprocess.Popen([*COMMAND, str(folder), "-o", str(out)], stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(3, 6))
        process.send_signal(signal.SIGKILL)
        process.wait()
    last = subprocess.run([*COMMAND, str(folder), "-o", str(out)], capture_output=True, text=True, check=False)
    assert last.returncode == 3, last.stderr
    assert results(out) == results(finished)
    assert (out / "index.html").read_bytes() == (finished / "index.html").read_bytes()
    assert sorted(os.listdir(out / "reports")) == sorted(os.listdir(finished / "reports"))
    assert not list(out.rglob("*.part"))


def test_two_runs_give_the_same_bytes(folder: Path, finished: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "结果")
    for name in ("index.html", "results.xlsx", "contracts.csv", "problems.csv", "results.jsonl", "results.sarif"):
        assert (tmp_path / "结果" / name).read_bytes() == (finished / name).read_bytes(), name


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_everything_belongs_to_its_owner_alone(finished: Path) -> None:
    for path in (finished, *finished.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert (finished / ".gitignore").read_text() == "*\n"


def test_the_store_can_be_read_with_any_sqlite_tool(finished: Path) -> None:
    db = sqlite3.connect(finished / "results.sqlite")
    rows = db.execute("SELECT level, count(*) FROM scan WHERE failure = '' GROUP BY level").fetchall()
    assert sum(count for _, count in rows) == 7
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_a_store_of_a_later_version_is_left_alone(out: Path) -> None:
    with Store(out) as store, store.writing():
        store.remember("schema", "99")
    with pytest.raises(ContractScanError, match="升级"):
        Store(out)


def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "results.sqlite").write_text("this is not a database" * 100)
    with pytest.raises(ContractScanError, match="换一个"):
        Store(tmp_path, create=True)


def test_a_second_day_does_not_do_everything_again(store: Store) -> None:
    day, later = OPTIONS.as_of, OPTIONS.as_of.replace(month=12)
    assert as_of(store, None, later) == day
    assert as_of(store, later, later) == later
    assert as_of(store, None, day) == later
