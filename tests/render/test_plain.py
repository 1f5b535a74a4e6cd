"""Terminal summary, Markdown and letter, and what makes hostile text harmless in them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from contract_scan.errors import ContractScanError
from contract_scan.model import Effect, Report
from contract_scan.render import RENDERERS, letter, render
from contract_scan.render.md import escape
from contract_scan.render.safe import flow, plain, shorten, tied, visible
from contract_scan.render.text import summary_lines

from .factory import long_report, priced, quiet, report

HOSTILE = "\x1b[2J\x1b]0;title\x07\x1b[31m红\x1b[0m\u202e倒\u2066\x9b1m\x00\ud800<b>*粗*</b>|`x`\n# 题"


def poisoned() -> Report:
    """A report in which every free text is hostile."""
    made = report()
    findings = tuple(
        replace(one, title=HOSTILE, message=HOSTILE, ask=HOSTILE, effect_text=HOSTILE, notes=(HOSTILE,))
        for one in made.findings
    )
    undetermined = tuple(replace(one, title=HOSTILE, reason=HOSTILE) for one in made.undetermined)
    return replace(made, findings=findings, undetermined=undetermined, assumptions=(HOSTILE,))


@pytest.mark.parametrize("form", ["text", "md", "letter"])
def test_nothing_a_terminal_obeys_gets_out(form: str) -> None:
    out = letter(poisoned()) if form == "letter" else render(poisoned(), form)
    odd = {char for char in out if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\n"}
    assert odd == set()
    assert "[31m" not in out
    assert "title" not in out


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("\x1b[1;31m红\x1b[0m", "红"),
        ("\x1b]8;;http://x\x1b\\链接\x1b]8;;\x1b\\", "链接"),
        ("\x9b31m红", "红"),
        ("a\x1b", "a[U+001B]"),
        ("\x1b]0;没有结尾", "0;没有结尾"),
        ("左\u202e右", "左[U+202E]右"),
        ("利\u200b率\ufeff", "利率"),
        ("借款人\n应当  还款", "借款人应当 还款"),
        ("Terms\nof loan", "Terms of loan"),
        ("\ud83d", "\ufffd"),
        ("e" + "\u0301" * 30, "e\u0301\u0301"),
    ],
)
def test_text_becomes_one_harmless_line(raw: str, expected: str) -> None:
    assert plain(raw) == expected


def test_visible_keeps_lines_and_tabs() -> None:
    assert visible("甲\r\n乙\t丙\u2028丁\x0c戊") == "甲\n乙\t丙\n丁\n戊"


def test_small_helpers() -> None:
    assert flow("第一句。\n第二句") == "第一句。 第二句"
    assert shorten("一二三四五六", 5) == "一二三……"
    assert shorten("一二三四五", 5) == "一二三四五"
    assert tied("共 5 处，第 3 页") == "共 5\u00a0处，第 3\u00a0页"


@pytest.mark.parametrize("made", [report(), quiet(), quiet(""), poisoned(), long_report(30_000, 40)])
def test_the_summary_fits_a_terminal(made: Report) -> None:
    lines = render(made, "text").splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 260
    assert [line.text for line in summary_lines(made)] == lines


def test_the_summary_says_what_matters() -> None:
    out = render(report(), "text")
    assert "结论：先别签" in out
    assert "因为：有严重问题：严重 3 处、较重 4 处、中等 2 处、轻微 1 处。" in out
    assert "1. [严重] 放款前要你先转“验证金”到个人账户（第七条，第 3 页）" in out
    assert "8. [中等] 没有写综合融资成本明示表（全文未找到）" in out
    assert "9. [中等 请核对]" in out
    assert "没能判断 2 项：担保费是否过高、年化是否超过 24%" in out
    assert "关键条款不能断定：实际到账、每期还款" in out
    assert "不是法律意见" in out


def test_the_summary_of_many_findings_says_how_many_are_left_out() -> None:
    assert "另有 27 处，见 HTML 报告" in render(long_report(30_000, 40), "text")
    long = render(replace(long_report(30_000, 40), cost=priced()), "text")
    assert "另有 29 处，见 HTML 报告" in long
    assert len(long.splitlines()) <= 40


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("*粗* _斜_ `码`", r"\*粗\* \_斜\_ \`码\`"),
        ("[链接](http://x)", r"\[链接\](http:\//x)"),
        ("见 www.x.cn", r"见 www\.x.cn"),
        ("a@b.cn", r"a\@b.cn"),
        ("1. 一", r"1\. 一"),
        ("- 一", r"\- 一"),
        ("甲|乙 $x$ # ~~删~~", r"甲\|乙 \$x\$ \# \~\~删\~\~"),
        ("20,000.00 元", "20,000.00 元"),
    ],
)
def test_markdown_is_escaped(raw: str, expected: str) -> None:
    assert escape(raw) == expected


def test_markdown_tells_the_same_as_the_page() -> None:
    out = render(report(), "md")
    assert out.startswith("# 审查报告：《个人消费借款合同》\n")
    assert out.count("\n### ") == len(report().findings)
    assert (
        "> 由甲方放款时从本金中直接扣下转交丙方，借款本金仍记作贰万元　—— 第三条 3.2，第\u00a01\u00a0页"
        in out.replace("第 1 页", "第\u00a01\u00a0页")
    )
    assert "| 实际到账 | 不能断定 |" in out
    assert "（逐字核对；国家法律法规数据库）" in out
    assert "条文未收录（凭记忆，待核" in out
    assert "<script>" not in out
    assert "> （全文未找到）" in out


def test_the_letter_holds_every_ask_once_grouped_and_numbered() -> None:
    made = report()
    out = letter(made)
    asking = [one for one in made.findings if one.effect is not Effect.SIGNAL]
    for one in asking:
        assert out.count(plain(one.ask)) == 1
    assert re.findall(r"^(\d+)\. ", out, re.M) == [str(n) for n in range(1, len(asking) + 1)]
    assert re.findall("^([一二三四五六七八九十]+)、", out, re.M) == list("一二三四五六七")
    assert out.index("放款时扣款") < out.index("空白与没有写明的内容")
    assert "【姓名】" in out
    assert out.splitlines()[2] == "澄渡小额贷款有限公司（虚构）："


def test_what_a_fraud_signal_tells_the_reader_is_not_sent_to_the_lender() -> None:
    signals = [one for one in report().findings if one.effect is Effect.SIGNAL]
    assert signals
    for one in signals:
        assert plain(one.ask) not in letter(report())


def test_the_letter_quotes_clause_and_words() -> None:
    out = letter(report())
    assert "第三条 3.2，第 1 页：“由甲方放款时从本金中直接扣下转交丙方，借款本金仍记作贰万元”" in out
    assert "同样的内容共 4 处" in out
    assert "没有写综合融资成本明示表（我在合同里没有找到对应的约定）" in out


def test_a_letter_without_findings_asks_for_the_papers() -> None:
    out = letter(quiet())
    assert out.splitlines()[2] == "出借人："
    assert "请提供完整的合同文本" in out
    assert "1." not in out


def test_more_groups_than_ten_are_counted_in_chinese() -> None:
    made = report()
    findings = tuple(replace(made.findings[0], category=f"own-{index:02}") for index in range(21))
    out = letter(replace(made, findings=findings))
    numerals = re.findall("^([一二三四五六七八九十]+)、", out, re.M)
    assert (numerals[8], numerals[9], numerals[10], numerals[19], numerals[20]) == (
        "九",
        "十",
        "十一",
        "二十",
        "二十一",
    )


def test_quiet_words_when_there_is_no_signal() -> None:
    made = replace(report(), findings=tuple(f for f in report().findings if f.effect is not Effect.SIGNAL))
    assert "先停下核实" not in render(made, "text") + render(made, "md")


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    assert set(RENDERERS) == {"html", "json", "text", "md"}
    with pytest.raises(ContractScanError, match="可用的格式：html、json、text、md"):
        render(report(), "pdf")


def test_the_front_door_renders_whatever_was_imported_before() -> None:
    import contract_scan
    import contract_scan.render.text

    assert contract_scan.render(quiet(), "text") == render(quiet(), "text")
