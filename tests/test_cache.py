"""What can be made again is kept between runs, and only where nobody else could have written it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from contract_scan import cache
from contract_scan.rulebook import load_rulebook


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "contract-scan"


def test_what_is_kept_is_read_back(folder: Path) -> None:
    cache.write_cache("rules-a", b"content")
    assert cache.read_cache("rules-a") == b"content"
    assert cache.read_cache("rules-b") is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="POSIX permissions")
@pytest.mark.parametrize(("changed", "mode"), [(".", 0o777), ("rules-a", 0o666)])
def test_what_others_may_write_to_is_not_read(folder: Path, changed: str, mode: int) -> None:
    cache.write_cache("rules-a", b"content")
    (folder / changed).chmod(mode)
    assert cache.read_cache("rules-a") is None


def test_old_files_of_a_kind_make_room(folder: Path) -> None:
    for number in range(9):
        cache.write_cache(f"jieba-{number}", b"")
        os.utime(folder / f"jieba-{number}", (number, number))
    cache.write_cache("other", b"")
    assert len(list(folder.glob("jieba-*"))) == cache.KEPT["jieba"]
    assert (folder / "other").exists()


def test_a_home_that_cannot_be_written_to_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    cache.write_cache("rules-a", b"content")
    assert cache.read_cache("rules-a") is None


def test_kept_rules_are_the_rules(folder: Path) -> None:
    read = load_rulebook()
    assert len(list(folder.glob("rules-*"))) == 1
    kept = load_rulebook()
    assert kept is not read
    assert kept.rules == read.rules
    assert kept.law == read.law
    assert kept.lexicon == read.lexicon


def test_damaged_kept_rules_are_read_again(folder: Path) -> None:
    load_rulebook()
    (file,) = folder.glob("rules-*")
    file.write_bytes(file.read_bytes()[:1000])
    assert load_rulebook().rules


def test_a_changed_shared_part_makes_the_kept_rules_stale(folder: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(Path(__file__).parents[1] / "rules", rules)
    before = load_rulebook(rules)
    shared = rules / "parts.yaml"
    shared.write_text(shared.read_text("utf-8").replace("ask: 最多收多少", "ask: 封顶多少"), "utf-8")
    assert (before.parts["cap"].ask, load_rulebook(rules).parts["cap"].ask) == ("最多收多少", "封顶多少")
