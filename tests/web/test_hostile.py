"""Markup in text, file names, PDF metadata and DOCX properties comes out as text, on every page that shows it."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import docx
import pytest

from contract_scan.isolate import Answer
from contract_scan.model import Options
from contract_scan.render.live import Live
from contract_scan.web.pages import Site
from contract_scan.web.task import Task, Upload, load, request_of

from .conftest import pdf

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'><iframe src=javascript:alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title></style></script><body onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">点我</a>",
    "{{7*7}}{% for x in y %}",
    "<!--", "]]><![CDATA[", "&lt;script&gt;", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
    "<form action=//evil.example><button>", "<math><mtext><style><img src onerror=alert(1)>", "\u202e<gpj.exe\u202c",
)  # fmt: skip
CONTRACT = """个人借款合同{0}
甲方（出借人）：澄渡{0}小额贷款有限公司
乙方（借款人）：周某{0}
第一条 甲方借给乙方人民币20,000.00元，期限12个月{0}。
第二条 甲方放款时先扣除服务费800.00元{0}，借款本金仍按20,000.00元计算。
第三条 甲方有权随时调整利率{0}，无须通知乙方。
第四条 逾期的，乙方按借款总额每日千分之一支付违约金{0}。
"""
LIVE = Live("case", "token", "/static/a/page.css", "/static/b/page.js", ".pdf")
OPTIONS = Options(as_of=date(2026, 11, 26))
#: What our own pages are made of; nothing else may appear, whatever a contract says.
OUR_SCRIPTS = ["/static/b/page.js"]


class Seen(HTMLParser):
    """Elements and attributes that could do something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.active: list[str] = []
        self.scripts: list[str] = []
        self.targets: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script":
            self.scripts.append(values.get("src") or "inline")
        if tag in ("img", "iframe", "object", "embed", "base", "math", "video", "audio"):
            self.active.append(tag)
        self.active += [name for name, _ in attrs if name.startswith("on") or name in ("style", "srcdoc")]
        self.targets += [values[name] or "" for name in ("href", "action", "src") if name in values]


@pytest.fixture(scope="module")
def answer() -> Answer:
    return load(None)[1]


def harmless(page: str) -> bool:
    seen = Seen(page)
    ours = re.compile(r"(#|/|\?hant=|data:,$)")
    return (
        seen.active == []
        and seen.scripts in (OUR_SCRIPTS, [])
        and all(ours.match(target) and not target.startswith("//") for target in seen.targets)
        and "49" not in re.findall(r"\d+(?=\{% for)", page)
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_the_text_and_the_name_of_a_contract(answer: Answer, attack: str) -> None:
    upload = (Upload(f"{attack}.txt", CONTRACT.format(attack).encode()),)
    for task, live in ((Task.REPORT, LIVE), (Task.FILE, None)):
        page = answer(request_of(task, upload, options=OPTIONS, live=live))["html"]
        assert "放款时先扣服务费" in page, "the contract was read at all"
        assert harmless(page)
    for task in (Task.OFFERS, Task.VERSIONS, Task.ADVERT):
        page = answer(request_of(task, upload, second=upload, options=OPTIONS, live=LIVE))["html"]
        assert harmless(page)


def test_in_the_metadata_of_a_pdf(answer: Answer) -> None:
    attack = "".join(ATTACKS)
    upload = (Upload(f"{attack}.pdf", pdf(CONTRACT.format("<b>"), title=attack)),)
    assert harmless(answer(request_of(Task.REPORT, upload, options=OPTIONS, live=LIVE))["html"])


def test_in_the_properties_of_a_word_file(answer: Answer) -> None:
    attack = ATTACKS[0] + ATTACKS[1]
    document = docx.Document()
    for line in CONTRACT.format(attack).splitlines():
        document.add_paragraph(line)
    properties = document.core_properties
    properties.title = properties.author = properties.comments = properties.subject = attack
    out = BytesIO()
    document.save(out)
    page = answer(request_of(Task.REPORT, (Upload("a.docx", out.getvalue()),), options=OPTIONS, live=LIVE))["html"]
    assert "放款时先扣服务费" in page
    assert harmless(page)


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_what_the_pages_around_say(attack: str) -> None:
    site = Site(attack)
    assert Seen(site.start(problem=attack)).active == []
    assert len(Seen(site.compare(problem=attack)).scripts) == 1


@pytest.mark.parametrize("attack", ATTACKS)
def test_traditional_characters_escape_as_much(answer: Answer, attack: str) -> None:
    from contract_scan.render.traditional import traditional

    upload = (Upload(f"{attack}.txt", CONTRACT.format(attack).encode()),)
    page = answer(request_of(Task.REPORT, upload, options=OPTIONS, live=LIVE))["html"]
    assert harmless(traditional(page))
