"""Figures that are hard to read never yield a sure conclusion, unless the contract says the same elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contract_scan.checks import Engine
from contract_scan.model import Confidence, LenderType, Options, Page, Report, Source, Span
from contract_scan.pipeline import scan_source

OPTIONS = Options(as_of=date(2026, 9, 1), lender_type=LenderType.PRIVATE)
TEXT = """借款合同
甲方（出借人）：沈望
乙方（借款人）：何青
第一条 甲方借给乙方，借款金额人民币{words}（￥10,000元），借款期限12个月，用于装修。
第二条 年利率为{rate}，到期一次还本付息。
"""
ABOVE = "rate-private-above-4lpr"


def report(engine: Engine, *, rate: str, blurred: str = "", words: str = "壹万元") -> Report:
    """The report on a photo of the contract in which the figure *blurred* is not sure."""
    text = TEXT.format(rate=rate, words=words)
    page = Page(1, Span(0, len(text)), "ocr")
    source = Source("照片", "0", "image", text, pages=(page,))
    if blurred:
        at = text.index(blurred)
        source = replace(source, doubtful=(Span(at, at + len(blurred)),))
    return scan_source(source, engine, OPTIONS)


def outcome(found: Report, rule: str) -> str:
    for name in ("findings", "undetermined", "not_applicable", "clear"):
        if any(item.rule == rule for item in getattr(found, name)):
            return name
    raise AssertionError(f"{rule} was not judged")


@pytest.mark.parametrize(
    ("rate", "blurred", "expected"),
    [
        ("36%", "", "findings"),
        ("36%", "36%", "undetermined"),
        ("36%", "10,000", "findings"),  # another figure
        ("6%", "", "clear"),
        ("6%", "6%", "undetermined"),
    ],
)
def test_a_verdict_on_a_doubtful_rate_is_none(engine: Engine, rate: str, blurred: str, expected: str) -> None:
    found = report(engine, rate=rate, blurred=blurred)
    assert outcome(found, ABOVE) == expected
    if expected == "undetermined":
        (reason,) = [item.reason for item in found.undetermined if item.rule == ABOVE]
        assert blurred in reason
        assert "对照原件" in reason


def test_an_amount_that_the_words_confirm_is_not_doubtful(engine: Engine) -> None:
    assert not report(engine, rate="6%", blurred="10,000").contract.doubtful
    assert report(engine, rate="6%", blurred="10,000", words="").contract.doubtful


def test_the_cost_says_what_it_rests_on(engine: Engine) -> None:
    found = report(engine, rate="36%", blurred="36%")
    assert any("36%" in sentence and "看不太清" in sentence for sentence in found.cost.assumptions)


def test_words_with_a_doubtful_figure_are_to_be_checked(engine: Engine) -> None:
    found = report(engine, rate="6%，放款时一次扣除服务费3,000元", blurred="3,000")
    quoted = [f for f in found.findings if any("3,000" in e.quote for e in f.evidence)]
    assert quoted
    assert all(finding.confidence is Confidence.CHECK for finding in quoted)
    assert all("对照原件" in "".join(finding.notes) for finding in quoted)


def test_nothing_is_called_missing_where_pages_are(engine: Engine) -> None:
    body = "\n".join(f"第{n}条 {'双方应当按照约定履行各自的义务，乙方按期归还借款。' * 4}" for n in "三四五")
    whole = TEXT.format(rate="6%", words="壹万元") + body + "\n甲方签字：    乙方签字：\n"
    whole = whole.replace("，借款期限12个月，用于装修", "").replace("到期一次", "")
    cut = whole.replace("第四条", "第六条").replace("第五条", "第七条")
    options = replace(OPTIONS, kind=None)
    verdicts = [
        outcome(scan_source(Source("x", "0", "text", text), engine, options), "term-or-purpose-missing")
        for text in (whole, cut)
    ]
    assert verdicts == ["findings", "undetermined"]
