"""When a fee falls due (timing) and who is paid (payee)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contract_scan.model import Fact, Party, Role, Span

#: The money leaves the lender (not: 放款后三日内, nor what then comes back every month).
_PAID_OUT = r"(?:放款|出款|提款|汇出|入账|到账|用款|交车|提车|资金到达[^，。；\n]{0,12})"
_SIGNED = r"(?:签约|签订[^，。；\n]{0,8}|签署[^，。；\n]{0,8}|签字|订立[^，。；\n]{0,6}|提交申请|申请)"
_LOAN = r"(?:本金|借款|贷款|首付款|车款|当金|價款|价款|融资款|放款金额)"
_KEPT = r"(?:扣|收|留|划|减|拨|抵|支付给)"
_UPFRONT = re.compile(
    r"[于在]放款日(?![起后次前算]|之)|"
    rf"(?:出借|借出|转账|转帐|打款|付款|支付借款)(?:之?时|当[日天])[^，。；\n]{{0,4}}(?:扣|先|直接|一次性)|{_PAID_OUT}(?:之?时|当[日天](?!算|起)|[^，。；\n]{{0,6}}前(?!提)|[^，。；\n]{{0,3}}环节|的?同时)|{_SIGNED}(?:之?[时前]|当[日天]|之日|的同时)"
    r"|(?:发放|审核|审批|放行|面签)[^，。；\n]{0,4}[时前]|到账前|先行|预先|预扣|先付清|前提条件|借款成功[后时当]"
    rf"|先(?:付|交|缴|支付|存|拿|汇)|从[^，。；\n]{{0,10}}{_LOAN}[^，。；\n]{{0,6}}{_KEPT}|{_LOAN}[中里][^，。；\n]{{0,4}}{_KEPT}"
    r"|直接[^，。；\n]{0,16}(?:扣除|减去|抵减)|代付的|一次性扣|(?:留存|预留|留下|扣留)[^，。；\n]{0,12}\Z|计入(?:贷款|借款)?本金"
)
#: What follows speaks of another fee: 安装费1,200元以及每月50元的流量费.
_NEXT_FEE = re.compile("以及|，另|[和及](?=每)")
_MONTHLY = re.compile(r"每个?月|按月|逐月|月初|每期|按期|每个还款日")
_FIRST_INSTALMENT = r"(?:第[一1]个?[月期]|首[期月])的?(?:应?还款|账单|扣款)(?:日|时|金额)?"
_ONCE = re.compile(rf"一次性|每笔|每次|/次|/笔|每张|每份|一次|{_FIRST_INSTALMENT}")
#: 每月60元，三年一次交清
_ALL_AT_ONCE = re.compile(
    r"[^；。\n0-9]{0,10}?(?:[一二两三四五]年|全部|各期|全年)一次性?(?:交清|缴清|付清|收清|收齐|付足|支付|收取|缴纳)"
)
#: Nobody is late before the loan is paid out, whatever the heading speaks of.
_BEFORE_THE_LOAN = re.compile(r"放款[^，。；\n]{0,4}前|(?:发放|提款|到账)之?前")
#: Paid for another term, which the borrower may do without: no cost of the loan as agreed.
_EXTENSION_NAME = re.compile(r"展期|续[期租借贷当约]|延期(?!支付|付|履行)")
_DEFAULT_NAME = re.compile(
    r"逾期|违约|違約|滞纳|滯納|罚|罰|催收|上门(?!核实|调查|评估|勘|签)|迟延|延迟|追索|诉讼|律师|资产处置|收车|拖车|寻车"
)
#: 另付代偿款15%作为报酬, 催回金额的25%: counted from what is only owed after a default.
_OF_A_DEBT = re.compile(r"(?:代偿|垫付|催回|追回|收回|拖欠|逾期)[^，。；\n]{0,6}\Z")
#: 未汇出的部分按年0.5%缴付承诺费: no cost of a loan that is paid out whole.
_UNDRAWN = re.compile(r"未(?:汇出|放[出款]?|发放|提[取用款]?|使用|支用|用)[^，。；\n]{0,4}(?:部分|额度|款项|金额|余额)")
_A_NAME = 3  # characters: 费用 or 息费 may be any charge
_PREPAY_NAME = re.compile(r"提前")


def timing_of(name: str, event: str, before: str, after: str, period: str) -> str:
    """upfront, monthly, at-default, on-prepayment, once, other (for an extension, for what is not drawn) or "".

    *name* is the fee's own name, *event* what the sentence is about (default, prepay, misuse), *before* and
    *after* the words around the number, *period* what it is charged for (day, month, year, instalment or "").
    """
    if _PREPAY_NAME.search(name) or event == "prepay":
        return "on-prepayment"
    if _DEFAULT_NAME.search(name) or _OF_A_DEBT.search(before):
        return "at-default"
    around = before + _NEXT_FEE.split(after)[0]
    if _EXTENSION_NAME.search(name) or _UNDRAWN.search(before):
        return "other"
    if event == "default" and not _BEFORE_THE_LOAN.search(around):
        return "at-default"
    if _ALL_AT_ONCE.search(after):
        return "upfront" if _UPFRONT.search(around) else "once"
    for timing, pattern in (("upfront", _UPFRONT), ("monthly", _MONTHLY), ("once", _ONCE)):
        if pattern.search(around):
            return timing
    return "monthly" if period in ("month", "instalment") else ""


#: 前款平台服务费由丙方在放款时从借款本金中一次性扣除: after the fee's name, that it is taken from the loan.
_KEPT_BACK = (
    r"(?:(?!不|NAME)[^。；\n]){0,40}?(?:放款[时前当]|发放[时前]|从[^，。；\n]{0,10}(?:本金|借款|贷款))"
    r"(?:(?!不)[^。；\n]){0,14}扣(?!款失败)"
)
#: 丙方代乙方划款时先行留下该笔撮合费: the same before the name.
_KEPT_FIRST = (
    r"(?:放款|出款|划款|汇款|付款|放贷)(?:时|当[日天]|的?同时)(?:(?!不)[^。；\n]){0,12}(?:扣|留下|留存|预留|划走|抵减)"
    r"(?:(?!不)[^，。；\n]){0,6}NAME"
)
#: 手续费为____元，在第一个月的还款日与本息一并收取
_WITH_THE_FIRST = rf"(?:(?!不|NAME)[^。；\n]){{0,40}}?{_FIRST_INSTALMENT}(?:(?!不)[^。；\n]){{0,14}}(?:收|付|扣|缴|交)"
#: 以上费用在放款时从借款中扣除: every fee just before it.
_THESE = re.compile(
    r"(?:上述|前述|以上|前列|该等)[^，。；\n]{0,6}(?:费用?|款项)(?:(?!不)[^。；\n]){0,40}?"
    r"(?:(?:放款|出借|发放|支付)[^，。；\n]{0,10}前提|(?:放款[时前当]|发放[时前]|从[^，。；\n]{0,10}(?:本金|借款|贷款))(?:(?!不)[^。；\n]){0,14}[扣收付])"
)
#: 担保费年8%，管理费年3%，两项均按月收取
_TOGETHER = re.compile(
    r"[^。；\n]{0,60}?(?:[两二三四五][项笔]|上述|前述|以上|各项)[^。；，\n]{0,8}?(?:逐月|按月|每月|每期|按期|随月供|与月供)"
)
_THESE_REACH = 200  # characters from a fee to the sentence about 以上费用
_UNTIMED = ("", "once")


def timed_elsewhere(fact: Fact, text: str) -> Fact:
    """The fee with its timing where another sentence tells it: kept back from the loan, or due with the first rate."""
    if fact.kind != "fee" or fact.timing not in _UNTIMED:
        return fact
    if fact.span and not fact.timing and _TOGETHER.match(text, fact.span.end):
        return replace(fact, timing="monthly")
    if fact.per:
        return fact
    if fact.span and _THESE.search(text, fact.span.end, fact.span.end + _THESE_REACH):
        return replace(fact, timing="upfront")
    if len(fact.role) < _A_NAME:
        return fact
    name = re.escape(fact.role)
    for timing, words in (
        ("upfront", "NAME" + _KEPT_BACK),
        ("upfront", _KEPT_FIRST),
        ("once", "NAME" + _WITH_THE_FIRST),
    ):
        if re.search(words.replace("NAME", name), text):
            return replace(fact, timing=timing)
    return fact


#: Words that say their role even where the contract defines no parties.
_PLAIN_WORDS = {
    **dict.fromkeys(("借款人", "借款方", "借入方"), Role.BORROWER),
    **dict.fromkeys(("贷款人", "贷款方", "出借人", "出借方", "放款人"), Role.LENDER),
    **dict.fromkeys(("担保人", "保证人"), Role.GUARANTOR),
}
#: Aliases that are more often part of a charge's name (会员服务费).
_NO_PAYEE = frozenset(("会员",))
#: Who receives: 支付给丙方, 向丙方支付, 由丙方收取, 丙方有权收取.
_PAYS = (
    r"(?:支付|交付|给付|缴纳|交纳|付|缴)[给予至到与于]?(?P<to>NAME)(?!支付|收取|的|费)"
    r"|[向给](?P<towards>NAME)[^，。；\n]{0,24}?(?:支付|缴|交|给付|偿付|付|赔偿|承担)"
    r"|由(?P<by>NAME)[^，。；\n]{0,4}(?:收取|计收|扣收)"
    r"|(?<![向对给由为])(?P<taker>NAME)(?:[^，。；：\n]{0,16}?(?:有权|可以?|将|应|则|直接|向|一次性|每[日月天])[^，。；\n]{0,24}?(?:收取|计收|加收|扣[收取划])|收取)"
)


class Payees:
    """Finds who is paid in a sentence, by the names the contract uses for its parties."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self._roles = _PLAIN_WORDS | {
            alias: party.role for party in parties for alias in party.aliases if alias and alias not in _NO_PAYEE
        }
        names = "|".join(re.escape(alias) for alias in sorted(self._roles, key=len, reverse=True))
        self._pattern = re.compile(_PAYS.replace("NAME", f"(?:{names})"))

    def payee_of(self, text: str, sentence: Span, number: Span) -> str:
        """The role of who is paid ("platform"), or "" where the sentence does not say."""
        best = None
        for match in self._pattern.finditer(text, sentence.start, sentence.end):
            distance = max(match.start() - number.end, number.start - match.end(), 0)
            if best is None or distance < best[0]:
                best = (distance, match)
        if best is None:
            return ""
        word = best[1]["to"] or best[1]["by"] or best[1]["towards"] or best[1]["taker"]
        role = self._roles[word]
        return word if role is Role.OTHER else role.value
