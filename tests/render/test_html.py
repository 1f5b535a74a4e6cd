"""The HTML report: complete, self-contained, and harmless whatever the contract says."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_scan.model import (
    Confidence,
    ContractKind,
    Effect,
    Finding,
    Jurisdiction,
    Level,
    Party,
    Report,
    Role,
    Severity,
    Span,
    Summary,
    Unjudged,
)
from contract_scan.render import encode, render

from .factory import PAGES, evidence, finding, long_report, quiet, report

VOID = {"meta", "br", "input", "path", "rect", "circle", "use", "img", "link"}


class Page(HTMLParser):
    """What a browser would see: tags with attributes, text, and whether the tags are balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.unbalanced: list[str] = []
        self.contract: list[str] = []
        self._open: list[str] = []
        self._ours: list[int] = []
        self._mark = ""
        self.feed(html)
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        if tag not in VOID:
            self._open.append(tag)
        if tag in ("sup", "section") or values.get("class") in ("notes", "pm", "lead noprint", "ctl"):
            self._ours.append(len(self._open))
        if values.get("id") == "doc":
            self._ours.clear()
        if tag == "mark":
            self._mark = values["data-f"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._ours and self._ours[-1] == len(self._open):
            self._ours.pop()
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)
        if tag == "mark":
            self._mark = ""

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text.append(data)
        if "section" in self._open and not self._ours:
            self.contract.append(data)
        if self._mark:
            self.marks.append((self._mark, data))

    @property
    def words(self) -> str:
        return "".join(self.text)

    def all(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]

    def marked(self, number: int) -> str:
        """The words marked for a finding, in the order of the text."""
        return "".join(words for numbers, words in self.marks if str(number) in numbers.split())


@pytest.fixture(scope="module")
def html() -> str:
    return render(report(), "html")


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_page_is_well_formed_and_every_link_has_a_target(page: Page) -> None:
    ids = page.all("id")
    assert page.unbalanced == []
    assert len(ids) == len(set(ids))
    links = page.all("href")
    assert links
    assert [link for link in links if link[0] != "#" or link[1:] not in ids] == []
    assert [name for name in page.all("aria-labelledby") if name not in ids] == []


@pytest.mark.parametrize(
    "made",
    [
        quiet(),
        quiet(""),
        quiet("\ud800合同\x00\n" + "A" * 5000),
        replace(report(), findings=()),
        long_report(8000, 30),
    ],
    ids=["no findings", "empty", "odd characters", "pages but no findings", "many findings"],
)
def test_odd_reports_are_well_formed_too(made: Report) -> None:
    page = Page(render(made, "html"))
    ids = page.all("id")
    assert page.unbalanced == []
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.all("href")} <= set(ids)


def test_nothing_is_loaded_and_nothing_runs(page: Page, html: str) -> None:
    names = {tag for tag, _ in page.tags}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "embed", "form", "base"})
    assert page.all("src") == []
    assert page.all("style") == []
    assert [name for _, attrs in page.tags for name in attrs if name.startswith("on")] == []
    assert "url(" not in html
    assert "@import" not in html


def test_the_policy_allows_exactly_our_style_sheet(page: Page, html: str) -> None:
    policy = next(attrs["content"] for tag, attrs in page.tags if "http-equiv" in attrs)
    style = re.search("<style>(.*?)</style>", html, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(style[1].encode()) <= 25 * 1024


def test_the_whole_contract_is_there_with_every_hostile_string_as_text(page: Page) -> None:
    written = "".join(PAGES).replace("⏎", "")
    shown = {"\x1b": "[U+001B]", "\u202e": "[U+202E]", "\u202c": "[U+202C]", "\u200b": ""}
    for char, shape in shown.items():
        written = written.replace(char, shape)
    contract = "".join(page.contract).strip().removeprefix("合同全文与批注")
    assert "".join(contract.split()) == "".join(written.split())
    assert "YT-<script>alert(1)</script>-0917 ]]> &amp;" in contract


@pytest.mark.parametrize("char", ["\u202e", "\u202c", "\u200b", "\x1b", "\x00", "\ud800", "\u2066", "\ufeff"])
def test_no_character_that_hides_or_reorders_text_gets_out(char: str) -> None:
    made = quiet(f"借款合同\n第一条 利率\n甲{char}方借给乙方{char}一万元。\n", assumptions=(f"假设{char}。",))
    assert char not in render(made, "html")
    made = replace(report(), undetermined=(Unjudged(f"a{char}", f"b{char}", f"c{char}"),))
    assert char not in render(made, "html")


def test_reordering_characters_are_shown_and_shapeless_ones_counted(page: Page) -> None:
    assert "[U+202E]情况[U+202C]" in page.words
    assert "[U+001B][31m红字" in page.words
    assert "原文里有 1 个看不见的字符" in page.words


def test_every_mark_holds_exactly_the_quoted_words(page: Page) -> None:
    made = report()
    ordered = sorted(
        made.findings,
        key=lambda f: (f.effect is not Effect.SIGNAL, f.severity.rank, f.confidence.rank),
    )
    for number, one in enumerate(ordered, 1):
        places = sorted(one.evidence, key=lambda e: e.span)
        quoted = "".join(re.sub("[\n\u200b]", "", place.quote) for place in places)
        assert page.marked(number) == quoted, one.rule


def test_overlapping_quotations_share_their_common_words(html: str) -> None:
    assert re.search('<mark class="h st" data-f="5">按借款总额</mark>', html)
    assert re.search('<mark class="h st two" data-f="5 7">每天千分之一计收违约金</mark>', html)
    assert re.search('<mark class="h" data-f="7">，同时</mark>', html)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 4), (0, 4)], [("1 2", "甲乙丙丁")]),
        ([(0, 6), (2, 4)], [("1", "甲乙"), ("1 2", "丙丁"), ("1", "戊己")]),
        ([(0, 4), (2, 6)], [("1", "甲乙"), ("1 2", "丙丁"), ("2", "戊己")]),
        ([(0, 2), (2, 4)], [("1", "甲乙"), ("2", "丙丁")]),
        ([(2, 4), (4, 6), (0, 8)], [("3", "甲乙"), ("1 3", "丙丁"), ("2 3", "戊己"), ("3", "庚辛")]),
        ([(6, 10)], [("1", "庚辛"), ("1", "壬")]),
        ([(0, 11)], [("1", "甲乙丙丁戊己庚辛"), ("1", "壬癸")]),
    ],
)
def test_marks_are_cut_at_every_boundary(spans: list[tuple[int, int]], expected: list[tuple[str, str]]) -> None:
    text = "甲乙丙丁戊己庚辛\n壬癸"
    made = quiet(text)
    findings = tuple(_on(made, index, text[start:end]) for index, (start, end) in enumerate(spans))
    page = Page(render(replace(made, findings=findings), "html"))
    assert page.marks == expected
    assert page.unbalanced == []


@settings(max_examples=120, deadline=None)
@given(
    text=st.text(alphabet="甲乙丙。\n\r <&\u202e\u200bA", min_size=1, max_size=40),
    cuts=st.lists(st.tuples(st.integers(0, 39), st.integers(1, 20)), max_size=6),
)
def test_any_overlap_leaves_the_text_whole_and_marks_what_is_quoted(text: str, cuts: list[tuple[int, int]]) -> None:
    text = f"约{text}"
    made = quiet(text)
    spans = [Span(start, min(start + size, len(text))) for start, size in cuts if start < len(text)]
    template = _on(made, 0, text[0])
    findings = tuple(
        replace(template, evidence=(evidence(made.contract, span),)) for span in spans if span.of(text).strip()
    )
    page = Page(render(replace(made, findings=findings), "html"))
    assert page.unbalanced == []
    assert _bare("".join(page.contract).strip().removeprefix("合同全文与批注")) == _bare(text)
    for number, one in enumerate(findings, 1):
        assert _bare(page.marked(number)) == _bare(one.evidence[0].quote)


def test_marks_and_findings_link_to_each_other(page: Page) -> None:
    ids, links = set(page.all("id")), page.all("href")
    made = report()
    for number, _ in enumerate(made.findings, 1):
        assert f"f{number}" in ids
    anchors = [name for name in ids if re.fullmatch(r"m\d+(-\d+)?", name)]
    assert len(anchors) == sum(len(one.evidence) for one in made.findings)
    for anchor in anchors:
        assert f"#{anchor}" in links
        assert f"#f{anchor[1:].split('-')[0]}" in links


def test_every_finding_says_all_it_knows(page: Page) -> None:
    words = page.words
    for one in report().findings:
        for part in (one.title, one.message, one.ask, one.effect_text, one.fingerprint, one.rule, *one.notes):
            assert part in words, one.rule
    assert "全文未找到" in words
    assert "共 4\u00a0处" in words
    assert "看另外 1\u00a0处的原话" in words


def test_law_is_printed_with_its_dates_and_how_far_it_was_checked(page: Page) -> None:
    words = page.words
    assert "借款的利息不得预先在本金中扣除。" in words
    assert "2021-01-01 起 · 逐字核对 · 国家法律法规数据库" in words
    assert "2022-12-01 起至 2030-01-01 · 凭记忆，待核 · 凭记忆" in words
    assert "条文未收录" in words
    assert "条件：仅当你是为生活消费借款的个人" in words


def test_severity_and_doubt_are_words_not_only_colours(page: Page) -> None:
    for word in ("严重", "较重", "中等", "轻微", "请核对", "把握：较可能", "把握：确定"):
        assert word in page.words
    used = {attrs["href"] for tag, attrs in page.tags if tag == "use"}
    assert {"#s-c", "#s-h", "#s-m", "#s-l"} <= used


def test_what_was_not_judged_is_told_with_its_reason(page: Page) -> None:
    assert "还款计划在没读出的第 4 页。<i>" in page.words
    assert "第\u00a04\u00a0页没有读出" in page.words
    assert "已检查、未发现的 1\u00a0条" in page.words
    assert "出借人不是典当行。" in page.words
    assert "没能判断 2\u00a0条" in page.words


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (Level.STOP, "先别签"),
        (Level.NEGOTIATE, "先谈清楚"),
        (Level.NOTICE, "留意"),
        (Level.NOTHING_FOUND, "已检查的部分未发现问题"),
        (Level.UNDETERMINED, "无法判断"),
    ],
)
def test_the_level_is_said_with_its_reason(level: Level, word: str) -> None:
    page = Page(render(replace(report(), summary=Summary(level, "一句话。", "这是理由。")), "html"))
    assert f"结论：{word}因为：这是理由。" in page.words
    assert "一句话。" in page.words


def test_what_is_not_a_loan_gets_no_level_but_keeps_its_findings() -> None:
    made = report()
    contract = replace(made.contract, kind=ContractKind.NOT_LOAN)
    summary = Summary(Level.UNDETERMINED, "无法判断", "看起来是租赁合同。")
    page = Page(render(replace(made, contract=contract, summary=summary), "html"))
    assert "结论：" not in page.words
    assert "看起来是租赁合同。" in page.words
    assert made.findings[0].title in page.words


def test_foreign_law_and_a_missing_date_are_said() -> None:
    made = report()
    contract = replace(made.contract, jurisdiction=Jurisdiction.HONGKONG, signed_on=None)
    page = Page(render(replace(made, contract=contract, assumptions=("假设今天签订。",)), "html"))
    assert "香港法律" in page.words
    assert "按 2026-11-25 有效的法律判断" in page.words
    assert "假设今天签订。" in page.words


def test_no_licence_is_ever_claimed(page: Page) -> None:
    assert "本工具不联网，没有查过登记" in page.words
    assert "沪金监（2019）0000 号，没有核对过" in page.words
    assert "有资质" not in page.words
    assert "安全" not in page.words
    assert "许可证号合同里没有写" in Page(render(quiet(), "html")).words


def test_words_that_are_no_name_are_not_shown_as_the_lender() -> None:
    made = report()
    parties = (Party(Role.LENDER, ("甲方", "出借人")), Party(Role.LENDER, ("银行", "甲方")))
    page = Page(render(replace(made, contract=replace(made.contract, parties=parties)), "html"))
    assert "出借人没有写出登记全称" in re.sub(r"\s", "", page.words)
    assert "合同里叫：甲方、出借人、银行" in page.words
    assert "谁担保没有写" in re.sub(r"\s", "", page.words)


def test_the_frame_of_fraud_signals_stands_only_over_signals(page: Page) -> None:
    frames = [attrs for tag, attrs in page.tags if attrs.get("class") == "stop top"]
    assert len(frames) == 1
    calm = replace(report(), findings=tuple(f for f in report().findings if f.effect is not Effect.SIGNAL))
    assert "先停下核实" not in Page(render(calm, "html")).words


def test_headings_never_skip_a_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert ("html", {"lang": "zh-CN"}) in page.tags


def test_the_contract_keeps_its_chapters_and_dims_page_furniture(html: str) -> None:
    assert re.search('<h3 class="t">第一章 借款</h3>', html)
    assert re.search('<h4 class="t">第三条 利息与费用</h4>', html)
    assert re.search("<b>3.1</b>", html)
    assert html.count('<span class="fur">云汀借款服务　个人版</span>') == 3
    assert "第\u00a03\u00a0页　识别文字，可信度 0.91" in html
    assert "第\u00a04\u00a0页　没读出" in html


def test_soft_line_ends_vanish_between_chinese_characters_and_become_spaces_in_english(page: Page) -> None:
    assert "乙方已经还掉的部分不从计息基数里减去" in page.words
    assert "Wrapped line of English." in page.words


def test_same_report_same_bytes() -> None:
    assert encode(render(report(), "html")) == encode(render(report(), "html"))


def test_time_and_size_grow_with_the_text_not_faster() -> None:
    small, large = long_report(20_000, 20), long_report(400_000, 20)
    render(small, "html")
    (short, few), (long, many) = _timed(small), _timed(large)
    assert many < 20 * few * 1.3
    assert long < 60 * short  # 20 times the text
    assert many < 4 * 400_000


def _timed(made: Report) -> tuple[float, int]:
    best, size = 1e9, 0
    for _ in range(2):
        start = time.perf_counter()
        size = len(render(made, "html"))
        best = min(best, time.perf_counter() - start)
    return best, size


def _bare(text: str) -> str:
    return "".join(text.replace("[U+202E]", "\u202e").replace("\u200b", "").split())


def _on(made: Report, index: int, needle: str) -> Finding:
    one = finding(
        made.contract,
        f"rule-{index}",
        "disputes",
        Severity.HIGH,
        Effect.UNFAVOURABLE,
        Confidence.CERTAIN,
        "标题",
        "请说明。",
        (needle,),
    )
    return replace(one, evidence=tuple(evidence(made.contract, e.span) for e in one.evidence))
