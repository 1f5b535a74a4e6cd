"""How well the file was read stands before any conclusion, in every format."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from contract_scan.checks import Engine
from contract_scan.model import Options, Page, Report, Source, Span
from contract_scan.pipeline import scan_source
from contract_scan.render import render
from contract_scan.render.reading import reading_line, reading_problems

PAGES = ["借款合同\n第一条 借款金额五万元。\n", "第二条 年利率12%，期限十二个月。\n", "第三条 见附件一《收费标准》。\n"]


def report(engine: Engine, ways: str, *, flaws: tuple[str, ...] = ()) -> Report:
    """A contract of three pages, each read by t(ext), o(cr) or n(ot at all); the flaws are those of the last."""
    pages, text = [], ""
    for number, (way, body) in enumerate(zip(ways, PAGES, strict=True), 1):
        read_by = {"t": "text", "o": "ocr", "n": "none"}[way]
        body = "" if way == "n" else body
        sure = Decimal("0.95") if way == "o" else None
        pages.append(Page(number, Span(len(text), len(text) + len(body)), read_by, sure))
        text += body
    pages[-1] = replace(pages[-1], flaws=flaws)
    unread = tuple(page.number for page in pages if page.read_by == "none")
    source = Source("x.pdf", "0", "pdf", text, tuple(pages), unread)
    return scan_source(source, engine, Options(as_of=date(2026, 9, 1)))


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        ("ttt", "3 页都有文字层，全部读出。"),
        ("ooo", "共 3 页：3 页是图片，文字是识别出来的。"),
        ("tot", "共 3 页（混合）：2 页有文字层，1 页是图片，文字是识别出来的。"),
        ("tnt", "共 3 页：2 页有文字层，1 页没有读出。"),
    ],
)
def test_the_document_in_one_sentence(engine: Engine, ways: str, said: str) -> None:
    assert reading_line(report(engine, ways)) == said


def test_problems_name_the_pages(engine: Engine) -> None:
    problems = reading_problems(report(engine, "tno", flaws=("歪斜 4°", "字迹不清")))
    told = "".join(problems)
    for words in ("第 2 页没有读出", "附件一《收费标准》", "第 3 页歪斜", "第 3 页字迹不清", "无法判断"):
        assert words in told


def test_nothing_is_said_where_nothing_is_wrong(engine: Engine) -> None:
    assert reading_problems(scan_source(Source("x", "0", "text", PAGES[0]), engine, Options(date(2026, 9, 1)))) == ()


@pytest.mark.parametrize("format_", ["html", "md", "text"])
def test_it_comes_before_the_conclusion(engine: Engine, format_: str) -> None:
    found = report(engine, "tno", flaws=("横着",))
    page = render(found, format_)
    page = page[page.index("<body") :] if format_ == "html" else page
    assert 0 <= page.index("读得怎样") < page.index("附件一《收费标准》")
    conclusion = page.index("结论") if format_ != "md" else page.index("**")
    assert page.index("附件一《收费标准》") < conclusion


def test_json_has_every_page(engine: Engine) -> None:
    source = json.loads(render(report(engine, "tno", flaws=("横着",)), "json"))["source"]
    assert [page["read_by"] for page in source["page_quality"]] == ["text", "none", "ocr"]
    assert source["page_quality"][2] == {"page": 3, "read_by": "ocr", "confidence": "0.95", "flaws": ["横着"]}
    assert any("附件一" in problem for problem in source["problems"])
