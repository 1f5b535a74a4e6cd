"""Bad input: one clear sentence that says what to do next, whatever the file is called."""

from __future__ import annotations

import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest

import contract_scan.extract
from contract_scan.errors import Encrypted, ExtractError, TooLarge, Unreadable
from contract_scan.extract import docx_package, extract, extract_bytes
from tests.extract.make import docx, p, table, written, zipped
from tests.extract.make import pdf as made

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
TYPES = {"[Content_Types].xml": "<Types/>"}


@pytest.mark.parametrize(
    ("data", "error", "advice"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), Unreadable, "另存为 .docx"),
        (OLE + "Workbook".encode("utf-16-le"), Unreadable, "另存为 .docx 或 PDF"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Encrypted, "去掉密码"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), Unreadable, "重新导出"),
        (b"\xff\xd8\xff\xe0" + bytes(50), Unreadable, "重新导出"),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(50), Unreadable, "重新导出"),
        (b"II*\0" + bytes(50), Unreadable, "重新导出"),
        (b"Rar!\x1a\x07" + bytes(50), Unreadable, "先解压"),
        (zipped({"合同.zip": zipped({"合同.txt": b"x"})}), Unreadable, "先解压"),
        (zipped({**TYPES, "xl/workbook.xml": "<x/>"}), Unreadable, "Excel"),
        (zipped({"OFD.xml": "<x/>"}), Unreadable, "OFD"),
        (b"PK\x03\x04" + bytes(50), Unreadable, "重新下载"),
        (b"{\\rtf1 abc}", Unreadable, "RTF"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", Unreadable, "打印成 PDF"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><a/>', Unreadable, "另存为 .docx"),
        (b"%PDF-1.7\n" + bytes(300), Unreadable, "重新下载"),
        (b"%PDF-1.7\n%%EOF", Unreadable, "重新下载"),
        (docx("<w:p/>"), Unreadable, "只有图片"),
        (zipped({**TYPES, "word/document.xml": "<w:document"}), Unreadable, "另存为 docx"),
        (zipped({**TYPES, "word/other.xml": "<x/>"}), Unreadable, "另存为 docx"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_comes_with_advice(data: bytes, error: type[ExtractError], advice: str) -> None:
    with pytest.raises(error) as raised:
        extract_bytes(data, "合同.txt")
    message = str(raised.value)
    assert advice in message
    assert "\n" not in message
    assert "请" in message


def test_the_suffix_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "合同.txt"
    path.write_bytes(made(written(["第一条 借款金额为伍万元整。"])))
    assert extract(path).format == "pdf"
    path.write_bytes(docx(p("第一条")))
    assert extract(path).format == "docx"


def test_the_source_carries_name_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "合同.md"
    path.write_bytes("借款合同".encode())
    assert (extract(path).name, extract(path).sha256) == ("合同.md", sha256("借款合同".encode()).hexdigest())


def test_a_missing_file_a_folder_and_a_device_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"找不到文件 无\.pdf"):
        extract(tmp_path / "无.pdf")
    with pytest.raises(Unreadable, match="文件夹"):
        extract(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(Unreadable, match="普通文件"):
            extract(tmp_path / "pipe")


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError

    (tmp_path / "x.txt").write_text("借款")
    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so chmod proves nothing
    with pytest.raises(Unreadable, match="没有权限"):
        extract(tmp_path / "x.txt")


def test_a_two_gigabyte_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.pdf"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # sparse: takes no space
    monkeypatch.setattr(Path, "open", None)
    with pytest.raises(TooLarge, match=r"2000 MB.*200 MB"):
        extract(path)


def test_a_file_name_cannot_smuggle_control_characters(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        extract(tmp_path / "a\x1b[31m\n合同.pdf")
    assert str(raised.value).isprintable()


def test_bytes_in_memory_have_the_same_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract_scan.extract, "MAX_BYTES", 10)
    with pytest.raises(TooLarge):
        extract_bytes(b"x" * 11, "x")


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    bomb = zipped({**TYPES, "word/document.xml": "<x/>", "word/media/a.bin": bytes(30_000_000)})
    with pytest.raises(TooLarge, match="解压后大得不正常"):
        extract_bytes(bomb, "x.docx")


def test_too_many_members_and_too_much_in_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx(p("借款"))
    monkeypatch.setattr(docx_package, "MAX_MEMBERS", 3)
    with pytest.raises(TooLarge):
        extract_bytes(data, "x.docx")
    monkeypatch.setattr(docx_package, "MAX_MEMBERS", 300)
    monkeypatch.setattr(docx_package, "MAX_UNPACKED", 100)
    with pytest.raises(TooLarge):
        extract_bytes(data, "x.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_anywhere_in_a_word_file_is_refused(encoding: str) -> None:
    laughs = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode(encoding)
    for name in ("word/document.xml", "word/styles.xml", "docProps/core.xml"):
        with pytest.raises(Unreadable, match="为安全起见"):
            extract_bytes(zipped({**TYPES, "word/document.xml": "<x/>", name: laughs}), "x.docx")


def test_tables_nested_without_end_are_refused_not_a_crash() -> None:
    inner = p("借款")
    for _ in range(3_000):
        inner = table([inner])
    with pytest.raises(Unreadable, match="嵌套过深"):
        extract_bytes(docx(inner), "x.docx")


def test_nothing_is_fetched_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket, "socket", refuse)
    body = '<w:p><w:r><w:drawing><a:blip r:link="http://example.com/x.png"/></w:drawing></w:r></w:p>' + p("借款")
    assert extract_bytes(docx(body), "x").text == "借款"
