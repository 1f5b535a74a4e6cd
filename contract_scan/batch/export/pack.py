"""The evidence pack about one lender, for a complaint to the regulator: only what a person has confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.batch.records import Case, Desk, Problem
from contract_scan.batch.store import Store
from contract_scan.errors import ContractScanError
from contract_scan.model import Effect
from contract_scan.render import words
from contract_scan.render.html import css, css_hash, environment
from contract_scan.render.md import escape

STYLE = ("report.css", "overview.css")


@dataclass(frozen=True, slots=True)
class Law:
    """A legal basis as the reports cite it; ``quote`` is "" where we have not seen the words."""

    title: str
    article: str
    number: str
    quote: str
    condition: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One problem of one contract with all its words."""

    case: Case
    problem: Problem
    quotes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Charge:
    """One kind of problem: what the law says about it, and every contract that has it."""

    problem: Problem
    laws: tuple[Law, ...]
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """What stands in a pack; ``left_out`` counts problems that nobody has confirmed."""

    lender: str
    cases: tuple[Case, ...]
    charges: tuple[Charge, ...]
    left_out: int
    who: tuple[str, ...]
    desk: Desk


def gather(desk: Desk, store: Store, lender: str) -> Pack:
    """The confirmed problems of the contracts of one lender, by rule. Raises ContractScanError when there are none."""
    cases = tuple(case for case in desk.cases if case.lender == lender)
    if not cases:
        known = "、".join(sorted({case.lender for case in desk.cases if case.lender})[:8]) or "（没有）"
        raise ContractScanError(f"没有出借人叫“{lender}”的合同。读到的出借人有：{known}。")
    counted = [(case, problem) for case in cases for problem in case.counted]
    confirmed = [(case, problem) for case, problem in counted if problem.confirmed]
    if not confirmed:
        raise ContractScanError(
            f"“{lender}”的 {len(counted)} 处问题都还没有人核实，材料里只能放核实过的。先逐条看报告，"
            f"再运行：contract-scan query 结果文件夹 --lender {lender} --rule 规则编号 --confirm 你的姓名"
        )
    by_rule: defaultdict[str, list[Exhibit]] = defaultdict(list)
    for case, problem in confirmed:
        by_rule[problem.rule].append(Exhibit(case, problem, tuple(_quotes(problem, store))))
    charges = [Charge(found[0].problem, tuple(_laws(found, store)), tuple(found)) for found in by_rule.values()]
    charges.sort(key=lambda charge: (charge.problem.severity.rank, -len(charge.exhibits), charge.problem.rule))
    who = tuple(sorted({problem.confirmed for _, problem in confirmed}))
    return Pack(lender, cases, tuple(charges), len(counted) - len(confirmed), who, desk)


def pack_html(pack: Pack) -> str:
    """The pack as a page that needs neither network nor script."""
    style = css(*STYLE)
    template = environment().get_template("pack.html.j2")
    return template.render(pack=pack, effect=effect_label, css=style, css_hash=css_hash(style))


def pack_md(pack: Pack) -> str:
    """The pack as Markdown in which no word of a contract can become markup."""
    return "\n".join(_lines(pack)) + "\n"


def effect_label(problem: Problem) -> str:
    """What the law does about it, in two to eight characters."""
    return words.EFFECT[Effect(problem.effect)][0]


def _lines(pack: Pack) -> Iterator[str]:
    yield from (f"# 关于“{escape(pack.lender)}”借款合同的情况反映", "", f"{describe(pack)}", "", "## 合同", "")
    yield from ("| 文件 | 签订日期 | 借款金额（元） | 真实年化 |", "| --- | --- | ---: | ---: |")
    for case in pack.cases:
        cells = (escape(case.names[0]), case.signed_on or "没有写", money(case.principal), percent(case.rate))
        yield f"| {' | '.join(cells)} |"
    for charge in pack.charges:
        problem = charge.problem
        yield from ("", f"## {escape(problem.title)}（{len(charge.exhibits)} 份）", "", escape(problem.message), "")
        yield f"法律效果：{effect_label(problem)}。{escape(problem.effect_text)}"
        yield ""
        yield from (f"- {_law(law)}" for law in charge.laws)
        for exhibit in charge.exhibits:
            yield from ("", f"**{escape(exhibit.case.names[0])}**（核实人：{escape(exhibit.problem.confirmed)}）", "")
            for place, quote in exhibit.quotes:
                yield f"> “{escape(quote)}”（{escape(place)}）"
                yield ">"
            if not exhibit.quotes:
                yield f"> {words.MISSING_QUOTE}"


def describe(pack: Pack) -> str:
    """Who has confirmed what, and what is not in here."""
    kinds = f"{len(pack.cases)} 份合同，{len(pack.charges)} 类问题。"
    rest = f"另有 {pack.left_out} 处程序初筛的问题未经人工核实，没有列入。" if pack.left_out else ""
    return f"{kinds}所列问题均经人工核实（{escape('、'.join(pack.who))}）。{rest}不是法律意见。"


def money(amount: Decimal | None) -> str:
    """An amount with thousands and two decimals, or 不知道."""
    return "不知道" if amount is None else f"{amount:,.2f}"


def percent(rate: Decimal | None) -> str:
    """A rate with two decimals, or 算不出."""
    return "算不出" if rate is None else f"{rate:.2f}%"


def _law(law: Law) -> str:
    quote = f"“{escape(law.quote)}”" if law.quote else words.NO_TEXT
    condition = f"（条件：{escape(law.condition)}）" if law.condition else ""
    number = f"（{escape(law.number)}）" if law.number else ""
    return f"《{escape(law.title)}》{number}{escape(law.article)}：{quote}{condition}"


def _quotes(problem: Problem, store: Store) -> Iterator[tuple[str, str]]:
    query = "SELECT quote, clause, page FROM place WHERE key = ? AND finding = ? ORDER BY number"
    for row in store.rows(query, (problem.key, problem.number)):
        page = f"第 {row['page']} 页" if row["page"] else ""
        place = "，".join(part for part in (row["clause"], page) if part) or "合同正文"
        yield place, row["quote"] if row["quote"] is not None else "（原文已按 --purge 删除）"


def _laws(exhibits: list[Exhibit], store: Store) -> Iterator[Law]:
    """Every basis of every exhibit once: contracts of different dates may stand under different versions."""
    query = """
        SELECT b.value ->> '$.title' AS title, b.value ->> '$.article' AS article, b.value ->> '$.number' AS number,
          coalesce(b.value ->> '$.quote', '') AS quote, b.value ->> '$.condition' AS condition
        FROM scan, json_each(scan.report, '$.findings[' || ? || '].basis') AS b WHERE scan.key = ?"""
    seen: dict[Law, None] = {}
    for exhibit in exhibits:
        for row in store.rows(query, (exhibit.problem.number, exhibit.problem.key)):
            seen[Law(row["title"], row["article"], row["number"], row["quote"], row["condition"])] = None
    yield from seen
