"""Report → a polite letter to the lender: every ask, grouped, numbered, with clause and quotation."""

from __future__ import annotations

from contract_scan.model import Report
from contract_scan.render import safe, view, words

QUOTE = 160
PLACES = 3
NUMERALS: tuple[str, ...] = ("", *"一二三四五六七八九")


def letter(report: Report) -> str:
    """Plain text, ready to send once 【姓名】 and 【日期】 are filled in."""
    title = safe.plain(view.title(report))
    groups = _groups(view.read_order(report))
    return "\n".join([*_opening(report, title, groups), *_body(report, groups), *_closing()]) + "\n"


def _groups(items: tuple[view.Item, ...]) -> list[tuple[str, list[view.Item]]]:
    """Findings that ask something, by category in the fixed order of the table; others last."""
    order = list(words.CATEGORY)
    found: dict[str, list[view.Item]] = {}
    for item in items:
        if item.finding.ask:
            found.setdefault(item.finding.category, []).append(item)
    ranked = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    return [(safe.plain(words.category(name)), found[name]) for name in ranked]


def _opening(report: Report, title: str, groups: list[tuple[str, list[view.Item]]]) -> list[str]:
    lender = safe.plain(view.lender_name(report.contract))
    lender = lender if lender.strip("＊*、") else "出借人"  # no name, or a masked one
    number = sum(len(items) for _, items in groups)
    lines = [f"关于《{title}》的询问", "", f"{lender}：", "", "您好！", ""]
    if not number:
        return [
            *lines,
            f"我收到了《{title}》。签署之前，请提供完整的合同文本、全部附件和还款计划表，供我核对。",
        ]
    return [
        *lines,
        f"我收到了《{title}》，签署之前有 {number} 处想请贵方书面说明或者修改。条款位置和原文列在下面，请逐项答复。",
    ]


def _body(report: Report, groups: list[tuple[str, list[view.Item]]]) -> list[str]:
    lines: list[str] = []
    number = 0
    for index, (name, items) in enumerate(groups, 1):
        lines += ["", f"{_numeral(index)}、{name}"]
        for item in items:
            number += 1
            lines += ["", f"{number}. {_place(report, item)}", f"   {safe.plain(item.finding.ask)}"]
    return lines


def _place(report: Report, item: view.Item) -> str:
    if not item.places:
        return f"{safe.plain(item.finding.title)}（我在合同里没有找到对应的约定）"
    quotes = []
    for place in item.places[:PLACES]:
        quote = safe.shorten(safe.plain(view.spoken(report, place.evidence)), QUOTE)
        quotes.append(f"{safe.plain(view.where(place.evidence)) or '合同正文'}：“{quote}”")
    more = f"；同样的内容共 {len(item.places)} 处" if len(item.places) > PLACES else ""
    return "；".join(quotes) + more


def _closing() -> list[str]:
    return [
        "",
        "请在我签署之前以书面方式（邮件、短信或加盖印章的说明均可）答复，并把商定的修改写进合同。",
        "在收到答复之前，我暂不签署，也不支付任何费用。谢谢。",
        "",
        "【姓名】",
        "【日期】",
    ]


def _numeral(number: int) -> str:
    """一 for 1 … 九十九 for 99."""
    tens, ones = divmod(number, 10)
    left = (NUMERALS[tens] if tens > 1 else "") + "十" if tens else ""
    return left + NUMERALS[ones]
