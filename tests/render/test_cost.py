"""The cost card: its rate can be recomputed from what is printed, and it says no more than is known."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from contract_scan.model import CostCard
from contract_scan.render import render
from contract_scan.render.cost import parts, plain_lines, standing
from contract_scan.render.cost_charts import scale, stack

from .factory import priced, quiet, report


class Ledger(HTMLParser):
    """The cells of the printed ledger, row by row, and the big number."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.big = ""
        self._inside = self._cell = self._big = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("class") or ""
        self._inside = self._inside or name == "ledger"
        self._big = name == "big" or (self._big and tag != "p")
        if self._inside and tag == "tr":
            self.rows.append([])
        self._cell = self._inside and tag in ("td", "th")
        if self._cell:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._inside = False
        if tag == "p":
            self._big = False
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data
        if self._big:
            self.big += data


def number(text: str) -> float:
    return float(text.replace(",", "").replace("—", "0"))


def test_the_headline_follows_from_the_printed_ledger() -> None:
    page = Ledger(render(report(cost=priced()), "html"))
    body = page.rows[1:]
    received = number(body[0][1])
    paid = [number(row[5]) for row in body[1:]]
    low, high = 0.0, 1.0  # by halving, from the printed numbers alone
    for _ in range(60):
        middle = (low + high) / 2
        worth = sum(amount / (1 + middle) ** at for at, amount in enumerate(paid, 1))
        low, high = (middle, high) if worth > received else (low, middle)
    assert f"{low * 1200:.2f}" == page.big.split()[0] == "33.60"
    assert body[-1][-1] == "0.00"
    for row in body[1:]:
        assert abs(number(row[2]) + number(row[3]) + number(row[4]) - number(row[5])) < 0.005


def test_the_balance_at_the_true_rate_can_be_followed_line_by_line() -> None:
    body = Ledger(render(report(cost=priced()), "html")).rows[1:]
    monthly = 0.336 / 12
    for before, after in pairwise(body):
        assert abs(number(before[-1]) * (1 + monthly) - number(after[5]) - number(after[-1])) < 0.2


def test_the_printed_points_add_up_to_the_printed_rate() -> None:
    card = priced()
    points = [Decimal(re.sub("[＋%]", "", part.points)) for part in parts(card)]
    assert sum(points) == Decimal("33.60")
    assert [part.share.name for part in parts(card)] == ["利息", "技术服务费<i>", "担保费", "优享权益包"]


def test_the_page_holds_inputs_formula_assumptions_and_lines() -> None:
    html = re.sub('<a class="g"[^>]*>(.*?)</a>', r"\1", render(report(cost=priced()), "html"))
    for words in ("月利率 0.65%", "内部收益率 2.7997%", "39.28%", "只供对照", "如果放款时就扣", "请核对最新 LPR"):
        assert words in html.replace("\u00a0", " ")
    assert "没读出，那里可能另有费用" in html
    assert "技术服务费&lt;i&gt;" in html
    assert "技术服务费<i>" not in html
    assert html.count('id="cost"') == 1


@pytest.mark.parametrize("form", ["html", "text", "md", "json"])
def test_no_format_passes_judgement(form: str) -> None:
    card = priced()
    made = quiet(cost=replace(card, lines=tuple(replace(line, note="") for line in card.lines)))
    assert not re.search("违法|高利贷|无效|陷阱", render(made, form))


def test_what_cannot_be_computed_shows_what_is_missing_and_no_number() -> None:
    card = CostCard(needed=("年利率是多少（没有读到明确的数字）",), written=(("借到手", "50,000.00 元"),))
    html = render(quiet(cost=card), "html")
    section = html[html.index('id="cost"') : html.index("</section>", html.index('id="cost"'))]
    assert "真实年化算不出" in section
    assert "年利率是多少" in section
    assert 'class="big"' not in section
    assert "<svg" not in section
    for form in ("text", "md"):
        assert "还缺：年利率是多少" in render(quiet(cost=card), form)


def test_no_card_where_there_is_no_loan() -> None:
    assert 'id="cost"' not in render(quiet(), "html")
    assert json.loads(render(quiet(), "json"))["cost"] is None


def test_a_reason_instead_of_a_card() -> None:
    out = render(quiet(cost=CostCard(reason="随借随还：没有固定的还款计划。")), "html")
    assert "随借随还" in out
    assert "算不出" not in out


def test_near_a_line_there_are_numbers_and_no_verdict() -> None:
    card = priced()
    line = replace(card.lines[0], value=Decimal("33.2"), standing="near")
    near = replace(card, lines=(line,))
    assert standing(line, near) == "相差 0.40 个百分点，太近，只列数字，不下结论"
    assert '<details class="w" open><summary>逐期明细' in render(quiet(cost=near), "html")


def test_a_range_is_shown_as_one() -> None:
    card = priced(low=Decimal("20.5"), high=Decimal("33.6"))
    html = render(quiet(cost=card), "html")
    assert "20.50 到 33.60" in html
    assert "合同没有写清" in html
    assert "真实年化 20.50% 到 33.60%" in render(quiet(cost=card), "text")


def test_the_terminal_and_markdown_carry_the_headline() -> None:
    made = report(cost=priced())
    out = render(made, "text")
    assert "真实年化 33.60%（单利口径）" in out
    assert "到手 19,200.00 元，总共要还 22,839.00 元，成本 3,639.00 元" in out
    assert len(out.splitlines()) <= 40
    assert "| 借到手 | — | 19,200.00 元（放款时扣 800.00 元） |" in render(made, "md").replace("20,000.00 元", "—")


def test_the_whole_card_as_text() -> None:
    out = "\n".join(plain_lines(priced()))
    assert "担保费：每期 90.00 元，共 1,080.00 元" in out
    assert "第 12 期  1,666.63  130.00  90.00  1,886.63  0.00" in out
    assert "晚还一天：20.00 元（借款总额 20,000.00 元 × 每天 0.1%）" in out


def test_json_has_every_number_exactly() -> None:
    tree = json.loads(render(report(cost=priced()), "json"))["cost"]
    assert (tree["received"], tree["total_paid"], tree["total_cost"]) == ("19200.00", "22839.00", "3639.00")
    assert tree["simple"].startswith("33.59")
    assert tree["rows"][-1]["owed"] == "0.00"
    assert {line["id"]: line["standing"] for line in tree["lines"]}["court-reduction-24"] == "above"


def test_the_scale_reaches_beyond_every_mark() -> None:
    made = scale(priced())
    assert made is not None
    assert made.top == 40
    assert [tick.value for tick in made.above] == ["12.00%", "24.00%"]
    high = scale(priced(simple=Decimal("171.2")))
    assert high is not None
    assert high.top == 180
    assert "39.28" not in made.spoken


def test_many_instalments_are_told_year_by_year() -> None:
    card = priced()
    rows = (card.rows[0], *(replace(card.rows[1], period=at) for at in range(1, 121)))
    made = stack(replace(card, rows=rows))
    assert made is not None
    assert (made.title, len(made.bars)) == ("每年的钱付给了什么", 11)
    assert stack(replace(card, rows=card.rows[:2])) is None
