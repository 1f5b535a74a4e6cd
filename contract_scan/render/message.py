"""What to send to the lender: the points to choose from, a letter, a chat message, what to say on the phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contract_scan.model import Report, Severity
from contract_scan.render import safe, view

QUOTE = 80
#: How many points are chosen to begin with, and how many are said on the phone.
CHOSEN, SAID = 6, 3
GRAVE = (Severity.CRITICAL, Severity.HIGH)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to ask: ``letter`` and ``chat`` are whole paragraphs that can be put in or taken out."""

    number: int
    title: str
    severity: Severity
    letter: str
    chat: str
    chosen: bool


def points(report: Report, items: Iterable[view.Item]) -> tuple[Point, ...]:
    """Every finding that asks the lender something, the gravest first; the first six grave ones are chosen.

    Where nothing is grave, the first six of any kind are.
    """
    asking = [item for item in items if view.to_the_lender(item)]
    grave = [item for item in asking if item.finding.severity in GRAVE] or asking
    chosen = {item.number for item in grave[:CHOSEN]}
    return tuple(_point(report, item, chosen=item.number in chosen) for item in asking)


def letter_of(report: Report, points: Iterable[Point]) -> str:
    """A short letter with the chosen points, ready to send once name and date are filled in."""
    title = safe.plain(view.title(report))
    body = [point.letter for point in points if point.chosen]
    opening = f"我收到了《{title}》，还没有签字。签之前，请就下面几点书面答复或者修改："
    if not body:
        opening = f"我收到了《{title}》，还没有签字。签之前，请把完整的合同、全部附件和还款计划表发给我核对。"
    lender = safe.plain(view.lender_name(report.contract))
    lender = lender if lender.strip("＊*、") else ""  # no name, or a masked one
    return "\n\n".join(
        [
            f"{lender}：\n您好！" if lender else "您好！",
            opening,
            *body,
            "以上内容写进合同之后，我再签字；在那之前我不支付任何费用。请书面答复，谢谢。",
            "借款申请人：\n日期：",
        ]
    )


def chat_of(report: Report, points: Iterable[Point]) -> str:
    """The same for a chat window: short, without quotations."""
    title = safe.plain(view.title(report))
    body = [point.chat for point in points if point.chosen]
    opening = f"您好，《{title}》我看过了，还没签。有几点请先书面回复我："
    if not body:
        opening = f"您好，《{title}》我看过了，还没签。请把完整合同、附件和还款计划表发给我。"
    return "\n\n".join([opening, *body, "写进合同再签，谢谢。"])


def to_say(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points to raise on the phone."""
    return tuple(point for point in points if point.chosen)[:SAID]


def _point(report: Report, item: view.Item, *, chosen: bool) -> Point:
    finding = item.finding
    ask, title = safe.plain(finding.ask), safe.plain(finding.title)
    return Point(
        number=item.number,
        title=title,
        severity=finding.severity,
        letter=f"· {_place(report, item)}{ask}",
        chat=f"· {ask}",
        chosen=chosen,
    )


def _place(report: Report, item: view.Item) -> str:
    """第五条写着“……”。 with the contract's exact words, or that nothing was found."""
    if not item.places:
        return f"{safe.plain(item.finding.title)}（合同里没有找到）。"
    place = item.places[0].evidence
    quote = safe.shorten(safe.plain(view.spoken(report, place)), QUOTE)
    return f"{safe.plain(view.where(place)) or '合同正文'}写着“{quote}”。"
