"""The cost card in words: fixed rows, lines in law, headline, and the whole card as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from contract_scan.model import CostCard, CostRow, CostShare, RateLine, Role
from contract_scan.render import safe, words

#: Rows whose right column is computed; each stands in every card, in this order.
ROWS = ("借到手", "每期还款", "总还款", "总成本", "最晚还清", "提前还清", "晚还一天", "晚还 30 天", "逾期另收")
#: Rows whose left column can be read from the contract; the others hold our own arithmetic only.
STATED = ("借到手", "每期还款", "总还款", "总成本", "最晚还清")
ALWAYS = (*STATED, "提前还清", "晚还一天")
NOT_WRITTEN = "没有读到"
#: Line → its short name on the scale.
SHORT = {
    "four-times-lpr": "4 × LPR", "court-reduction-24": "请求调减线", "microloan-24": "小贷监管线",
    "facilitated-loan-24": "助贷监管线", "criminal-lending-36": "刑事认定线", "pawn-movable-monthly": "典当动产",
    "pawn-real-estate-monthly": "典当房产", "pawn-property-rights-monthly": "典当权利",
}  # fmt: skip
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: what the contract says ("" if nothing was read), what was computed, and a remark on it."""

    label: str
    written: str
    computed: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One charge: points and amount as printed; ``start`` and ``width`` of its bar in per cent of the whole rate."""

    share: CostShare
    payee: str
    amount: str
    points: str
    start: str
    width: str
    own: bool


def exists(card: CostCard) -> bool:
    """Whether there is anything to say about cost."""
    return bool(card.reason or card.needed or card.simple is not None)


def pairs(card: CostCard) -> tuple[Pair, ...]:
    """The fixed rows of a computed card."""
    written, computed = dict(card.written), _computed(card)
    rows = []
    for label in ROWS:
        value, remark = computed.get(label, ("", ""))
        if value or label in ALWAYS:
            own = written.get(label, "") if label in STATED else ""
            rows.append(Pair(label, own, value, remark))
    return tuple(rows)


def _computed(card: CostCard) -> dict[str, tuple[str, str]]:
    first, last = card.rows[1], card.rows[-1]
    kept = card.rows[0].paid
    out = {
        "借到手": (yuan(card.received), f"放款时扣 {yuan(kept)}" if kept else ""),
        "每期还款": _instalment(card.rows),
        "总还款": (yuan(card.total_paid), ""),
        "总成本": (yuan(card.total_cost), "总还款 − 借到手"),
        "最晚还清": ("一次还清" if first is last else f"第 {last.period} 期", dict(card.inputs).get("期限", "")),
    }
    for name, text in card.extras:
        value, colon, how = text.partition("：")
        amount = name.startswith("晚还") and colon and value.endswith("元")
        out[name] = (value, how) if amount else (text, "")
    return out


def _instalment(rows: tuple[CostRow, ...]) -> tuple[str, str]:
    """The usual instalment; the first and the last where they differ."""
    paid = [row.paid for row in rows[1:]]
    if len(paid) == 1:
        return yuan(paid[0]), "一次还清"
    usual = paid[len(paid) // 2]
    odd = [("首期", paid[0]), ("末期", paid[-1])]
    told = [f"{name} {yuan(amount)}" for name, amount in odd if amount != usual]
    if len(set(paid)) > 3:
        return f"{yuan(paid[0])} 到 {yuan(paid[-1])}", f"共 {len(paid)} 期，见逐期明细"
    return yuan(usual), "，".join([*told, f"共 {len(paid)} 期"])


def parts(card: CostCard) -> tuple[Part, ...]:
    """The charges with printed points that add up to the printed rate (the largest takes the rounding)."""
    whole = rounded(card.simple or Decimal(0))
    points = [rounded(share.points) for share in card.shares]
    if points:
        largest = max(range(len(points)), key=lambda at: points[at])
        points[largest] += whole - sum(points, Decimal(0))
    out, start = [], Decimal(0)
    for share, point in zip(card.shares, points, strict=True):
        width = _of(max(point, Decimal(0)), whole)
        sign = "" if share is card.shares[0] else "＋" if point >= 0 else "−"
        shown = f"{sign}{abs(point):.2f}%"
        ours = share.name in ("利息", "放款时少到账")
        out.append(
            Part(share, payee(share.payee), yuan(share.amount), shown, f"{start:.2f}%", f"{width:.2f}%", not ours)
        )
        start += width
    return tuple(out)


def payee(word: str) -> str:
    """出借人收 for a role, the contract's own word otherwise."""
    name = words.ROLE[Role(word)] if word in set(Role) else word
    return f"{name}收" if name else "没有写谁收"


def headline(card: CostCard) -> str:
    """真实年化 33.60%（单利口径）, a range, or why there is none."""
    if card.reason:
        return card.reason
    if card.simple is None:
        return f"真实年化算不出，还缺：{'；'.join(card.needed)}。"
    return f"真实年化 {rate_words(card)}（单利口径）"


def rate_words(card: CostCard) -> str:
    """33.60%, or 12.00%–21.46% where the contract leaves it open."""
    assert card.simple is not None
    if card.low is not None and card.high is not None:
        return f"{percent(card.low)} 到 {percent(card.high)}"
    return percent(card.simple)


def standing(line: RateLine, card: CostCard) -> str:
    """How the loan stands to a line, in words that never go beyond the numbers."""
    assert card.simple is not None
    away = abs(rounded(card.simple) - line.value)
    if line.standing == "above":
        return "高于这条线"
    if line.standing == "below":
        return "低于这条线"
    if line.standing == "near" and card.low is None:
        return f"相差 {away:.2f} 个百分点，太近，只列数字，不下结论"
    return "不能断定，取决于合同没有写清的地方" if card.low is not None else "不能直接比较"


def stale(line: RateLine) -> str:
    """What to check where nobody has verified the value for that day."""
    return f"用的是 {line.since} 起的数值，以后是否变动没有核对，请核对最新 LPR（--lpr）。" if line.stale else ""


def plain_lines(card: CostCard) -> Iterator[str]:
    """The whole card as lines of text, contract words made harmless."""
    yield headline(card)
    if card.simple is not None:
        yield f"复利口径 {percent(card.compound or Decimal(0))}，只供对照，不与法律线比较。"
        written = dict(card.written).get("年化", "")
        yield f"合同写的：{safe.plain(written) or NOT_WRITTEN}"
        yield ""
        for pair in (one for one in pairs(card) if one.computed or one.written):
            remark = f"（{safe.plain(pair.remark)}）" if pair.remark else ""
            own = f"合同写的 {safe.plain(pair.written)}；" if pair.written else ""
            yield f"{pair.label}：{own}{'算得 ' if own else ''}{safe.plain(pair.computed) or NOT_WRITTEN}{remark}"
        yield from _sections(card)
    for title, sentences in (
        ("互相矛盾的数字", card.conflicts),
        ("计算时的假设", card.assumptions),
        ("收入", card.burden),
    ):
        if sentences and card.reason == "":
            yield ""
            yield f"{title}："
            yield from (f"· {safe.plain(sentence)}" for sentence in sentences)


def _sections(card: CostCard) -> Iterator[str]:
    yield ""
    yield f"{percent(card.simple or Decimal(0))} 是怎么来的："
    for part in parts(card):
        told = f"{safe.plain(part.share.name)}：{safe.plain(part.share.how)}"
        yield f"· {told}，共 {part.amount}，使年化增加 {part.points}"
    yield f"· 算法：{safe.plain(card.formula)}"
    if card.lines:
        yield ""
        yield "和法律、监管里的线比："
    for line in card.lines:
        told = (
            f"· {line.title} {percent(line.value)}：{standing(line, card)}。约束{line.binds}。{line.note}{stale(line)}"
        )
        yield safe.plain(told)
    yield ""
    yield "逐期明细（元）：期 / 本金 / 利息 / 费用 / 你付出 / 按真实年化计的余额"
    for row in card.rows:
        split = (money(row.principal), money(row.interest), money(row.fees), _paid(row), money(row.owed))
        yield "  ".join((period(row), *split))


def period(row: CostRow) -> str:
    """放款, 第 1 期 …"""
    return f"第 {row.period} 期" if row.period else "放款"


def _paid(row: CostRow) -> str:
    return money(row.paid) if row.period else "—"


def money(amount: Decimal) -> str:
    """1,886.67; never −0.00."""
    shown = f"{amount:,.2f}"
    return "0.00" if shown == "-0.00" else shown


def yuan(amount: Decimal | None) -> str:
    """1,886.67 元, "" for nothing."""
    return "" if amount is None else f"{money(amount)} 元"


def rounded(rate: Decimal) -> Decimal:
    """A rate to two decimals, halves up, as it is printed."""
    return rate.quantize(_CENT, ROUND_HALF_UP)


def percent(rate: Decimal) -> str:
    """33.60%."""
    return f"{rounded(rate):.2f}%"


def _of(part: Decimal, whole: Decimal) -> Decimal:
    return part * 100 / whole if whole else Decimal(0)
