"""Saved web pages, old Word files, archives: what goes with a loan besides PDF and Word."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from contract_scan.checks import Engine
from contract_scan.errors import Encrypted, TooLarge, Unreadable
from contract_scan.extract import archive, extract, extract_bytes, extract_together
from contract_scan.model import Options
from contract_scan.normalise import normalise
from contract_scan.pipeline import scan_source
from tests.extract.make import docx, p, written, zipped
from tests.extract.make import pdf as made

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title><style>p{color:red}</style></head>
<body><h1>借款协议</h1><p>第一条　借款金额为<b>伍万</b>元，<br>期限十二个月。</p>
<table><tr><th>期数</th><th>金额</th></tr><tr><td>1</td><td>4,442.44</td></tr></table>
<p><input value="张三"> <input type="checkbox" checked>已阅读</p>
<p style="DISPLAY: none">服务费不退。</p><span style="color:#fff">罚息加倍。</span>
<div style="background:#003;color:#fff">重要提示</div><script>var x="不是合同"</script></body></html>"""


def test_a_saved_page_is_what_a_reader_sees() -> None:
    source = extract_bytes(PAGE.encode(), "协议.html")
    assert source.format == "html"
    visible = normalise(source).text.replace("\ufffc", "")
    for line in (
        "借款协议",
        "第一条\u3000借款金额为伍万元，",
        "期数 | 金额",
        "1 | 4,442.44",
        "张三 ☑已阅读",
        "重要提示",
    ):
        assert line in source.text
    for unseen in ("不是合同", "服务费不退", "罚息加倍", "color"):
        assert unseen not in visible
    assert [span.of(source.text) for span in source.hidden] == ["服务费不退。", "罚息加倍。"]


def test_a_page_saved_with_everything_is_the_page() -> None:
    head = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    assert "借款金额为伍万元" in extract_bytes((head + PAGE + "\r\n--b--").encode(), "x.mhtml").text


def test_a_page_without_words_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="截图"):
        extract_bytes(b"<!DOCTYPE html><html><body><div id=app></div></body></html>", "x.html")


CONTRACT = """借款合同
出借人（甲方）：北京某某小额贷款有限公司
借款人（乙方）：张三
第一条 借款金额五万元，年利率12%，期限十二个月。
"""
SERVICE = (
    "服务协议\n甲方：深圳某某咨询有限公司\n乙方：张三\n第一条 乙方在放款时一次性支付服务费6,000元，从借款中扣除。\n"
)


def test_a_bundle_is_one_deal_of_several_papers(engine: Engine) -> None:
    data = zipped(
        {"2 服务协议.docx": docx(p(SERVICE)), "1 借款合同.txt": CONTRACT, "__MACOSX/._x": b"\0", ".DS_Store": b""}
    )
    source = extract_bytes(data, "全套.zip")
    assert [(part.name, part.format) for part in source.parts] == [
        ("1 借款合同.txt", "text"),
        ("2 服务协议.docx", "docx"),
    ]
    assert [page.part for page in source.pages] == [0, 1]
    report = scan_source(source, engine, Options(as_of=date(2026, 9, 1)))
    pages = {evidence.page for finding in report.findings for evidence in finding.evidence if "6,000" in evidence.quote}
    assert pages == {2}


def test_a_member_that_cannot_be_read_is_named_and_the_rest_is_read() -> None:
    source = extract_bytes(zipped({"a.txt": CONTRACT, "b.zip": zipped({"c.txt": CONTRACT})}), "x.zip")
    assert "借款合同" in source.text
    assert any("b.zip" in note and "没有读" in note for note in source.notes)


def test_files_given_together_are_one_deal(tmp_path: Path) -> None:
    (tmp_path / "合同.pdf").write_bytes(made(written(CONTRACT.split("\n"))))
    (tmp_path / "协议.txt").write_text(SERVICE, "utf-8")
    source = extract_together([tmp_path / "合同.pdf", tmp_path / "协议.txt"])
    assert source.format == "bundle"
    assert [source.page_at(part.span.start) for part in source.parts] == list(source.pages)


def test_an_archive_is_opened_with_suspicion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ALL", 1_000)
    with pytest.raises(TooLarge):
        extract_bytes(zipped({"a.txt": "零" * 2_000}), "x.zip")
    locked = bytearray(zipped({"a.txt": "合同"}))
    locked[6] |= 1  # the flag in the local header, and in the directory
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Encrypted):
        extract_bytes(bytes(locked), "x.zip")


def test_an_old_word_file_needs_a_program_and_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le")
    with pytest.raises(Unreadable, match="apt install antiword"):
        extract_bytes(data, "x.doc")


def test_an_old_word_file_is_what_the_program_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    def printed(command: Sequence[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 0, "第一条 借款\n|期数 |金额 |\n|1 |100 |\n".encode(), b"")

    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == "antiword" else None)
    monkeypatch.setattr(subprocess, "run", printed)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le")
    source = extract_bytes(data, "x.doc")
    assert source.text == "第一条 借款\n期数 | 金额\n1 | 100\n"
    assert any("antiword" in note for note in source.notes)


@pytest.mark.skipif(not (shutil.which("antiword") or shutil.which("catdoc")), reason="no program reads .doc here")
def test_a_real_old_word_file_is_read(corpus: Path) -> None:
    (file,) = (corpus / "originals").glob("058-*.doc")
    assert extract(file).format == "doc"


def test_traditional_characters_are_judged_like_any_other(engine: Engine) -> None:
    import opencc

    text = CONTRACT + "第二条 放款时预先扣除利息6,000元。\n第三条 逾期的，每日按借款本金的百分之一支付违约金。\n"
    options = Options(as_of=date(2026, 9, 1))
    sources = [extract_bytes(each.encode(), "x.txt") for each in (text, opencc.OpenCC("s2t").convert(text))]
    plain, traditional = (scan_source(source, engine, options) for source in sources)
    assert sources[0].text != sources[1].text
    assert [finding.rule for finding in plain.findings]
    assert [finding.rule for finding in plain.findings] == [finding.rule for finding in traditional.findings]
    for finding in traditional.findings:
        assert all(evidence.quote in sources[1].text for evidence in finding.evidence)


def test_a_member_without_a_name_is_no_file() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as bundle:
        bundle.writestr(zipfile.ZipInfo(""), "没有名字")
        bundle.writestr("合同.txt", CONTRACT)
        bundle.writestr("附件.txt", CONTRACT)
    source = extract_bytes(data.getvalue(), "x.zip")
    assert [part.name for part in source.parts] == ["合同.txt", "附件.txt"]
