"""Files that attack their reader: one clear sentence and exit code 2, or what can be read; never a crash or a hang."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from contract_scan.cli import main
from contract_scan.extract.inflated import is_bomb
from tests.hostile import made

NO_TEXT = "没有可以读取的文字"
BOMB = "解压后大得不正常"
KIDS = b" ".join(b"%d 0 R" % number for number in range(3, 10_003))
WHITE = b"\xff" * 30_000_000


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("pages-in-a-circle.pdf", lambda: made.pdf(made.CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), NO_TEXT),
        ("no-page.pdf", lambda: made.pdf(made.CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), "一页也没有"),
        (
            "ten-thousand-pages.pdf",
            lambda: made.pdf(
                made.CATALOG,
                b"<</Type/Pages/Kids[" + KIDS + b"]/Count 10000>>",
                *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * 10_000,
            ),
            NO_TEXT,
        ),
        (
            "claims-a-hundred-million-pages.pdf",
            lambda: made.pdf(made.CATALOG, made.ONE_KID.replace(b"1>", b"100000000>"), made.PAGE, made.stream(b"")),
            NO_TEXT,
        ),
        ("brackets-in-brackets.pdf", lambda: made.one_page(made.stream(b"[" * 200_000 + b"]" * 200_000)), NO_TEXT),
        (
            "cross-references-in-a-circle.pdf",
            lambda: b"%PDF-1.7\nxref\n0 0\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
            "已损坏",
        ),
        ("a-page-of-ten-kilometres.pdf", lambda: made.one_page(made.stream(b""), PAGE_TOO_WIDE), NO_TEXT),
        ("script.pdf", lambda: made.acting(b"/S/JavaScript/JS(app.alert(1))"), NO_TEXT),
        ("launch.pdf", lambda: made.acting(b"/S/Launch/F(/bin/sh)"), NO_TEXT),
        ("bomb.pdf", lambda: made.one_page(made.deflated(b"q " * 50 * made.MEGABYTES)), BOMB),
        ("bomb-in-a-bomb.pdf", lambda: made.one_page(made.deflated(b"q " * 50 * made.MEGABYTES, times=2)), BOMB),
        (
            "bomb-that-calls-itself-a-picture.pdf",
            lambda: made.one_page(made.deflated(b"q " * 50 * made.MEGABYTES, b"/Subtype/Image/Width 1")),
            BOMB,
        ),
        (
            "many-small-bombs.pdf",
            lambda: made.one_page(*[made.deflated(b"q " * made.MEGABYTES)] * 1, made.PAGE, *SMALL_BOMBS),
            BOMB,
        ),
        ("laughs.docx", lambda: made.docx(made.paragraphs(["&j;"]), doctype=made.LAUGHS + "]>"), "XML 声明"),
        ("reads-a-file.docx", lambda: made.docx(made.paragraphs(["&x;"]), doctype=made.PASSWD), "XML 声明"),
        ("tables-in-tables.docx", lambda: made.docx(made.nested_tables(600, "借款人应还款")), "嵌套过深"),
    ],
)  # fmt: skip
def test_is_refused_in_one_sentence(name: str, make: Callable[[], bytes], told: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(make())
    result = CliRunner().invoke(main, ["scan", str(file), "--ocr", "never", "--format", "json"])
    assert (result.exit_code, result.exception and type(result.exception)) == (2, SystemExit)
    assert told in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


PAGE_TOO_WIDE = made.PAGE.replace(b"595 842", b"999999999 999999999")
SMALL_BOMBS = [made.deflated(b"q " * made.MEGABYTES)] * 20
CLAUSE = "乙方逾期的，每日按借款总额的1%支付违约金。"
PARTIES = ["借款合同", "甲方（出借人）：张三", "乙方（借款人）：李四"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tables-in-tables.docx", made.docx(made.paragraphs(PARTIES) + made.nested_tables(40, CLAUSE))),
        ("relations-in-a-circle.docx", made.docx(made.paragraphs([*PARTIES, CLAUSE]), parts=made.CIRCLE)),
        ("divisions-in-divisions.html", ("<html><body>" + "<div>" * 20_000 + "<br>".join([*PARTIES, CLAUSE])).encode()),
    ],
)
def test_is_read_all_the_same(name: str, data: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    result = CliRunner().invoke(main, ["scan", str(file), "--format", "json"])
    assert result.exit_code == 0
    assert "penalty-on-full-principal" in result.stdout


@pytest.mark.parametrize(
    ("what", "data", "bomb"),
    [
        ("a white page scanned", made.deflated(WHITE, b"/Subtype/Image/Width 5000/Height 6000"), False),
        ("a black one", made.deflated(bytes(30_000_000), b"/Subtype/Image/Width 5000/Height 6000"), False),
        ("what is not deflated", made.stream(b"\x78\x9cnot deflated", b"/Filter/FlateDecode"), False),
        ("a long text", made.deflated(b" ".join(b"%d 0 Td" % n for n in range(2_000_000))), False),
        ("nineteen megabytes of one word", made.deflated(b"q " * 9_000_000), False),
        ("twenty-one", made.deflated(b"q " * 10_500_000), True),
    ],
)
def test_only_what_no_honest_file_holds_is_a_bomb(what: str, data: bytes, bomb: bool) -> None:
    assert is_bomb(made.one_page(data)) is bomb
