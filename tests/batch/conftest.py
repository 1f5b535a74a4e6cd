"""A small batch, run once: our samples with a duplicate, a bad file and a twin; tests that change it copy it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contract_scan.batch import Settings, Store, find_inputs, run_batch
from contract_scan.batch.deliver import deliver
from contract_scan.batch.private import private_folder
from contract_scan.batch.runner import local
from contract_scan.model import Options

SAMPLES = Path(__file__).parents[2] / "samples"
OPTIONS = Options(as_of=date(2026, 11, 26))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Contracts as an adviser gets them."""
    folder = tmp_path_factory.mktemp("in") / "投诉"
    folder.mkdir()
    three = (SAMPLES / "platform-three-party/contract.txt").read_text("utf-8")
    (folder / "一.txt").write_text(three, "utf-8")
    (folder / "一 副本.txt").write_text(three, "utf-8")
    (folder / "一 排版.txt").write_text(three.replace("\n", "\r\n\r\n"), "utf-8")
    (folder / "二.txt").write_text(three.replace("人民币壹万贰仟元整（￥12,000.00）", "人民币30,000.00元"), "utf-8")
    for name in ("microloan-shop/contract.pdf", "fair-private-loan/contract.txt", "private-note/contract.txt"):
        shutil.copy(SAMPLES / name, folder / name.replace("/", "-"))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (folder / "=HYPERLINK(1)&amp;.txt").write_text(three.replace("晴空大道", '=HYPERLINK("x")<script>'), "utf-8")
    return folder


@pytest.fixture(scope="session")
def finished(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a run over it; only read."""
    out = tmp_path_factory.mktemp("out") / "结果"
    run(folder, out)
    return out


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    """A copy of the results, to change."""
    shutil.copytree(finished, tmp_path / "结果")
    return tmp_path / "结果"


@pytest.fixture
def store(out: Path) -> Iterator[Store]:
    with Store(out) as store:
        yield store


def run(folder: Path, out: Path) -> None:
    """Run a batch to its end, with the overview and every export."""
    private_folder(out)
    with Store(out, create=True) as store, local(2) as hall:
        store.remember("as_of", "2026-11-26")
        for _ in run_batch(find_inputs([str(folder)], without=out), store, Settings(OPTIONS), hall=hall):
            pass
        deliver(store, ("xlsx", "csv", "jsonl", "sarif"))


def results(out: Path) -> list[tuple[object, ...]]:
    """Everything that a batch found, ordered: files and reports, nothing about when it ran."""
    with Store(out) as store:
        files = [tuple(row) for row in store.rows("SELECT * FROM file ORDER BY path")]
        scans = [tuple(row) for row in store.rows("SELECT * FROM scan ORDER BY key")]
        words = [tuple(row) for row in store.rows("SELECT key, text FROM words ORDER BY key")]
        findings = [tuple(row) for row in store.rows("SELECT * FROM finding ORDER BY key, number")]
    return [*files, *scans, *words, *findings]
