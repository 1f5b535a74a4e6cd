"""What is checked: files, folders, globs, zips; nothing twice, nothing silently left out."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from contract_scan.batch import find_inputs
from contract_scan.errors import ContractScanError, Encrypted, Unreadable


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "甲/1.txt",
        "甲/乙/2.pdf",
        "甲/乙/无后缀",
        "甲/.hidden",
        "甲/~$1.docx",
        "甲/Thumbs.db",
        "甲/结果/index.html",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / "甲/contract-scan-ignore.yaml").write_text("[]")
    with zipfile.ZipFile(tmp_path / "甲/包.zip", "w") as archive:
        archive.writestr("里面/3.txt", "三")
        archive.writestr("../../4.txt", "四")
        archive.writestr("__MACOSX/._3.txt", "x")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["甲/1.txt"], ["1.txt"]),
        (["甲"], ["包/4.txt", "包/里面/3.txt", "甲/1.txt", "甲/乙/2.pdf", "甲/乙/无后缀"]),
        (["甲/1.txt", "甲/*.txt", "甲/乙"], ["1.txt", "乙/2.pdf", "乙/无后缀"]),
        (["甲/**/*.pdf"], ["2.pdf"]),
        (["甲/包.zip"], ["包/4.txt", "包/里面/3.txt"]),
    ],
)
def test_every_way_to_name_contracts(
    tree: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], names: list[str]
) -> None:
    monkeypatch.chdir(tree)
    assert [item.name for item in find_inputs(given, without=tree / "甲/结果")] == names


def test_the_bytes_are_those_of_the_file(tree: Path) -> None:
    found = {item.base: item.read() for item in find_inputs([str(tree / "甲")])}
    assert found["1.txt"] == "甲/1.txt".encode()
    assert found["3.txt"] == "三".encode()


def test_two_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    for folder in ("x/同", "y/同"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1.txt").write_text(folder)
    items = find_inputs([str(tmp_path / "x/同"), str(tmp_path / "y/同")])
    assert [item.name for item in items] == ["同/1.txt", "同/1.txt (2)"]
    assert [item.read() for item in items] == ["x/同".encode(), "y/同".encode()]


def test_an_argument_that_names_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContractScanError, match="找不到"):
        find_inputs([str(tmp_path / "没有*.pdf")])


def test_names_in_a_zip_made_on_chinese_windows_are_readable(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("XXXXXX.txt", "x")
    raw = (tmp_path / "a.zip").read_bytes().replace(b"XXXXXX", "张三贷".encode("gb18030"))
    (tmp_path / "a.zip").write_bytes(raw)
    assert [item.name for item in find_inputs([str(tmp_path / "a.zip")])] == ["a/张三贷.txt"]


def test_a_zip_that_is_none_is_one_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04 broken")
    (item,) = find_inputs([str(tmp_path / "坏.zip")])
    with pytest.raises(Unreadable, match="压缩包打不开"):
        item.read()


def test_a_member_with_a_password_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.txt", "x")
    raw = bytearray((tmp_path / "a.zip").read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    (tmp_path / "a.zip").write_bytes(raw)
    (item,) = find_inputs([str(tmp_path / "a.zip")])
    with pytest.raises(Encrypted, match="先解压"):
        item.read()


@pytest.mark.skipif(os.name == "nt", reason="no such names on Windows")
def test_a_name_with_control_characters_is_shown_without_them(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J\n.txt").write_text("x")
    (item,) = find_inputs([str(tmp_path)])
    assert item.base == "a\ufffd[2J\ufffd.txt"
    assert item.read() == b"x"
