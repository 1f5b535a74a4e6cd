"""Texts that try to hide a clause from the rules, or to make them run for ever."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from datetime import date

import pytest

from contract_scan import Options, render, scan_text
from contract_scan.checks import Engine

OPTIONS = Options(as_of=date(2026, 11, 27))
HEAD = "借款合同\n甲方（出借人）：张三\n乙方（借款人）：李四\n"
LONG = 60_000  # characters: where time grows with the square of them, these take minutes
PATIENCE = 60  # seconds


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    """A hang is a failure, not a stalled suite."""

    def ring(*_: object) -> None:
        pytest.fail(f"still running after {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    ("how", "clause"),
    [
        ("zero-width spaces", "乙方逾\u200b期的，每日按借款总\u200b额的1%支付违\u200b约金。"),
        ("word joiners and marks", "乙方逾\u2060期的，每日按借\ufeff款总额的1%支付违\u200e约金。"),
        ("soft hyphens", "乙方逾\u00ad期的，每日按借款\u00ad总额的1%支付违约\u00ad金。"),
        ("combining marks", "乙方逾\u0301期的，每日按借款总\u0336额的1%支付违\u0336约\u0336金。"),
        ("right-to-left override", "\u202e乙方逾期的，每日按借款总额的1%支付违约金\u202c。"),
        ("look-alike radicals", "⼄⽅逾期的，每⽇按借款总额的1%⽀付违约⾦。"),
        ("full-width figures", "乙方逾期的，每日按借款总额的１％支付违约金。"),
        ("spaces between", "乙 方 逾 期 的 ， 每 日 按 借 款 总 额 的 1% 支 付 违 约 金 。"),
        ("traditional characters", "乙方逾期的，每日按借款總額的1%支付違約金。"),
        ("a lone surrogate", "乙方逾\ud800期的，每日按借款总额的1%支付违约金。"),
        ("control characters", "乙方逾\x00期的，每日按借\x1b款总额的1%支付违约金。"),
    ],
)
def test_a_disguised_clause_is_found_and_quoted_as_written(how: str, clause: str, engine: Engine) -> None:
    report = scan_text(HEAD + clause, engine, OPTIONS)
    quotes = [
        evidence.quote
        for finding in report.findings
        if finding.rule == "penalty-on-full-principal"
        for evidence in finding.evidence
    ]
    assert quotes
    assert all(quote in HEAD + clause for quote in quotes)


@pytest.mark.parametrize(
    "unit",
    [
        "1", "九", "壹佰万", "1,", "1.2.", "（", "【】", "_", "□", " ", "\n", "，", "的，", "；", "至",
        "年利率", "每期", "甲方", "借款", "随借随还", "分36期", "1元", "10%", "1a", "第一条", "（一）", "\n第1条",
        "| 1 |", "\n1 | 2 | 3", "2026年1月1日", "每日万分之五，", "《附件》", "张三、",
        "借款人（乙方）：", "“以下简称”",
        "13800000000", "110101199001011234", "\\", "%", "=", "<b>", "&amp;", "\u200b",
    ],
)  # fmt: skip
def test_no_word_repeated_for_ever_stalls(unit: str, engine: Engine) -> None:
    report = scan_text("借款合同\n" + unit * (LONG // len(unit)), engine, OPTIONS)
    assert json.loads(render(report, "json"))["source"]


def test_digits_without_end_do_not_hide_what_follows(engine: Engine) -> None:
    report = scan_text(
        f"{HEAD}借款金额{'9' * 100_000}元。\n乙方逾期的，每日按借款总额的1%支付违约金。", engine, OPTIONS
    )
    assert "penalty-on-full-principal" in {finding.rule for finding in report.findings}


def test_reading_a_contract_opens_no_socket(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    text = HEAD + "详见 http://example.com/terms 和 ftp://example.com 。"
    for format in ("html", "json", "text", "md"):
        assert render(scan_text(text, engine, OPTIONS), format)
