"""Plain text: the decoded file exactly, whatever it was encoded in."""

from __future__ import annotations

import pytest

from contract_scan.errors import TooLarge, Unreadable
from contract_scan.extract import extract_bytes, text

SIMPLE = "第一条 甲方向乙方出借人民币伍万元整，年利率为12%。\r\n第二条 乙方应当按月还款，逾期的支付违约金。\r\n"
TRADITIONAL = "第一條 貸款人同意貸與借款人新臺幣伍拾萬元整，年利率百分之三。\n第二條 借款人應按月攤還本息。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("repeat", [1, 50])
def test_simplified_text_in_every_encoding(encoding: str, repeat: int) -> None:
    assert extract_bytes((SIMPLE * repeat).encode(encoding), "x.txt").text == SIMPLE * repeat


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "cp950", "gb18030", "utf-16-le"])
def test_traditional_text_in_every_encoding(encoding: str) -> None:
    assert extract_bytes(TRADITIONAL.encode(encoding), "x.txt").text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["gbk", "utf-16-le"])
def test_thirty_characters_are_enough(encoding: str) -> None:
    short = "乙方逾期还款的，应当向甲方支付借款本金百分之二十的违约金。"
    assert extract_bytes(short.encode(encoding), "x.txt").text == short


def test_line_ends_tabs_and_spaces_stay_as_they_are() -> None:
    odd = "甲方：\r乙方：\r\n\n\t借款　人\u00a0\u200b：⼈\n  "
    source = extract_bytes(odd.encode(), "x.md")
    assert source.text == odd
    assert (source.format, source.pages, source.furniture, source.notes) == ("text", (), (), ())


def test_a_mark_inside_the_file_is_no_byte_order_mark() -> None:
    assert extract_bytes("\ufeff借款\ufeff合同".encode(), "x").text == "借款\ufeff合同"


def test_a_few_broken_bytes_are_shown_and_noted() -> None:
    data = (SIMPLE * 20).encode("gb18030")
    source = extract_bytes(data[:301] + b"\xff" + data[301:], "x.txt")
    assert "�" in source.text
    assert any("无法解码" in note for note in source.notes)


def test_a_cut_last_character_does_not_spoil_the_rest() -> None:
    assert extract_bytes((SIMPLE * 20).encode()[:-3], "x").text.startswith(SIMPLE)


@pytest.mark.parametrize(
    "junk",
    [bytes(range(256)) * 40, b"\0\x01\x02\x03" * 500, b"\x80\x81\xff\xfe" * 300, b"\x7fELF\x02\x01\x01" + bytes(2000)],
    ids=["every byte", "zeros", "high bytes", "program"],
)
def test_bytes_that_are_no_text_are_refused(junk: bytes) -> None:
    with pytest.raises(Unreadable, match="请"):
        extract_bytes(junk, "x.txt")


def test_control_characters_between_the_letters_are_no_text() -> None:
    with pytest.raises(Unreadable, match="UTF-8"):
        extract_bytes(("借\x01款\x02" * 50).encode(), "x.txt")


@pytest.mark.parametrize("empty", [b"", b"  \n\t", "\ufeff \u3000\n".encode(), "\n".encode("utf-16")])
def test_a_file_without_text_says_so(empty: bytes) -> None:
    with pytest.raises(Unreadable, match="请检查是否下载完整"):
        extract_bytes(empty, "x.txt")


def test_an_endless_text_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_BYTES", 100)
    with pytest.raises(TooLarge, match="只保留合同部分"):
        extract_bytes(SIMPLE.encode() * 5, "x.txt")
