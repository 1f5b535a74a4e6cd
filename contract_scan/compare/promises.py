"""What an advertisement promises: rates, fees, amounts, terms, method, prepayment, security, credit records.

Leaflets and chats are not contracts: their numbers stand beside catchwords rather than in clauses. So the grammar is
one of its own, small and strict; what it does not recognise is not a promise, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from contract_scan.compare.places import around, cite
from contract_scan.compare.values import Promise
from contract_scan.model import Report, Span

MOST_PROMISES = 80
_NEAR = 6  # characters before a number in which its 最高 or 低至 stands
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,4})?|[0-9]{1,9}(?:\.[0-9]{1,6})?"
_FROM = re.compile(r"起(?!始|算|息|诉)|低至|最低|不低于|仅需|只需|低到")
_UP_TO = re.compile(r"最高|最多|最长|高达|可达|上限|以内|不超过|至高")
_TIMES = {"万": Decimal(10_000), "千": Decimal(1_000), "百": Decimal(100), "": Decimal(1), "亿": Decimal(10**8)}
_PERIOD = {"日": "day", "天": "day", "月": "month", "年": "year"}

_RATE = re.compile(
    r"(?P<per>年|月|日|天|综合年|实际年)(?:化|利|费|综合|息|率|单利|利息|服务)[^，。；！\n0-9]{0,12}?"
    rf"(?P<number>{_NUMBER})\s?(?P<sign>%|％|‰|厘|分)(?:\s?[-~～—至到]\s?(?P<upper>{_NUMBER})\s?(?:%|％))?"
    rf"|(?P<number2>{_NUMBER})\s?(?P<sign2>%|％|‰)\s?[/／每]?\s?(?P<per2>[年月日天])(?![0-9])"
    r"|(?P<per3>[年月日])(?:利)?息\s?(?P<han>[一二三四五六七八九])(?P<sign3>分|厘)(?P<half>[半一二三四五六七八九])?"
)
_PER_WAN = re.compile(
    rf"(?:每|借)?(?:1|一)?万(?:元|块)?[^，。；！\n0-9]{{0,6}}(?P<per>[日天月])[^，。；！\n0-9]{{0,6}}?(?P<number>{_NUMBER})\s?(?:元|块)"
)
_NO_FEE = re.compile(
    r"(?:无|零|0|免|没有|不收|不收取|不另收|不用交|没)(?:任何|其他|其它|一切|隐形|额外|一分钱)?(?:的)?"
    r"(?P<name>手续费|服务费|管理费|担保费|中介费|咨询费|居间费|会员费|评估费|前期费用?|隐形费用?|杂费|费用|收费)"
)
_FEE = re.compile(
    r"(?P<name>手续费|服务费|管理费|担保费|中介费|咨询费|居间费|会员费|评估费|账户管理费)(?:率)?[^，。；！\n0-9]{0,6}?"
    rf"(?P<number>{_NUMBER})\s?(?P<unit>%|％|元|块)"
)
_AMOUNT = re.compile(
    r"(?P<how>到账|到手|实际到账|额度|可借|可贷|能借|能贷|借款?|贷款?|授信|批)[^，。；！\n0-9]{0,8}?"
    rf"(?P<number>{_NUMBER})\s?(?P<times>[万千百亿]?)\s?(?:元|块|(?<=[万千亿])|(?<=[0-9]{4})(?![0-9.,%％‰期个年月日天]))"
)
_TERM = re.compile(
    rf"(?:(?P<lower>{_NUMBER})\s?(?:期|个月|年)?\s?[-~～—至到]\s?)?(?P<number>{_NUMBER})\s?(?P<unit>个月|期|年)(?![化利息率前后底内])"
)
_TERM_CUE = re.compile(r"期限|分期|借款?|贷款?|最长|还款|周期|一共|共|分")
_INSTALMENT = re.compile(
    r"(?:每期|每月|月供|每个月|一个月)(?:只?还|只?需还|应还|还款|供)?[^，。；！\n0-9]{0,6}?"
    rf"(?P<number>{_NUMBER})\s?(?P<times>万?)\s?(?:元|块)?(?![0-9.%％‰期个])"
)
_METHODS = re.compile("等额本息|等额本金|先息后本|等本等息|一次性还本付息|到期还本付息|按月付息[，、]?到期还本")

#: Promises in words: topic → pattern.
WORDS = {
    "prepay": re.compile(
        r"(?:提前(?:还|结清|清偿|归还)|随时(?:可以?)?(?:还|结清))[^，。；！\n]{0,10}?"
        r"(?:无|免|不收|没有|零|0|不另?收|不用)[^，。；！\n]{0,4}(?:违约金|手续费|费|钱|罚)"
        r"|(?:无|免|零|0)提前(?:还款|结清)(?:违约金|手续费|费用)|提前还[^，。；！\n]{0,3}(?:不收|不要)钱|随借随还|随时(?:可)?还"
    ),
    "received": re.compile(r"全额到账|足额(?:到账|放款|发放)|无砍头息|不砍头|没有砍头息|借多少到多少|不扣(?:任何)?费"),
    "security": re.compile(r"(?:无|免|不用|不需|无需|零)(?:任何)?(?:抵押|担保|质押)"),
    "credit": re.compile(r"不上征信|不查征信|不看征信|无视征信|不影响征信|不报征信"),
    "interest-free": re.compile(
        rf"(?:首期|首月|前)?\s?(?:{_NUMBER})?\s?[天日期]?(?:免息|0利息|零利息|无利息|不收利息)(?:期)?\s?(?:{_NUMBER})?\s?[天日期]?"
    ),
}


def read_promises(advert: Report) -> tuple[Promise, ...]:
    """The promises of an advertisement in the order of its text, each place and topic once; the first so many."""
    text = advert.contract.document.text
    found: dict[tuple[str, int], tuple[Span, Promise]] = {}
    for span, promise in _all(advert, text):
        found.setdefault((promise.topic, span.start), (span, promise))
    ordered = sorted(found.values(), key=lambda one: (one[0].start, one[1].topic))
    return tuple(promise for _, promise in ordered[:MOST_PROMISES])


def _all(advert: Report, text: str) -> Iterator[tuple[Span, Promise]]:
    for reader in (_rates, _fees, _amounts, _terms, _instalments, _words):
        yield from reader(advert, text)


def _promise(advert: Report, topic: str, span: Span, *, value: Decimal | None = None, name: str = "") -> Promise:
    text = advert.contract.document.text
    place = around(text, span)
    return Promise(topic, cite(advert.contract, place), value=value, name=name, bound=_bound(text, place, span))


def _bound(text: str, place: Span, span: Span) -> str:
    """from, up-to or "": what is said of a number, by the nearest of such words (最高可借20万 月费率低至0.35%)."""
    for start, end in ((max(place.start, span.start - _NEAR), span.end), (place.start, place.end)):
        said = [(match.start(), "from") for match in _FROM.finditer(text, start, end)]
        said += [(match.start(), "up-to") for match in _UP_TO.finditer(text, start, end)]
        if said:
            return min(said, key=lambda one: abs(one[0] - span.start))[1]
    return ""


def _number(written: str | None, times: Decimal = Decimal(1)) -> Decimal | None:
    try:
        return Decimal((written or "").replace(",", "")) * times
    except InvalidOperation:
        return None


def _rates(advert: Report, text: str) -> Iterator[tuple[Span, Promise]]:
    for match in _RATE.finditer(text):
        span = Span(*match.span())
        value, per = _rate_of(match)
        if value is not None:
            yield span, replace(_promise(advert, "rate", span, value=value), per=per, upper=_number(match["upper"]))
    for match in _PER_WAN.finditer(text):
        span = Span(*match.span())
        value = _number(match["number"])
        if value is not None:
            yield span, replace(_promise(advert, "rate", span, value=value / 100), per=_PERIOD[match["per"]])


def _rate_of(match: re.Match[str]) -> tuple[Decimal | None, str]:
    """Per cent and period; 厘 and 分 as lenders use them (月息1分 is 1 %, 月息8厘 0.8 %; a year's 分 is ten)."""
    per = _PERIOD[(match["per"] or match["per2"] or match["per3"])[-1]]
    sign = match["sign"] or match["sign2"] or match["sign3"]
    value = _number(match["number"] or match["number2"])
    if match["han"]:
        half = match["half"]
        tenths = Decimal("0.5") if half == "半" else Decimal(_HAN.index(half)) / 10 if half else Decimal(0)
        value = _HAN.index(match["han"]) + tenths
    if value is None or sign in "%％":
        return value, per
    if sign == "‰":
        return value / 10, per
    scale = {"month": Decimal(1), "year": Decimal(10), "day": Decimal("0.1")}[per]
    return value * scale * (Decimal(1) if sign == "分" else Decimal("0.1")), per


_HAN = "零一二三四五六七八九"


def _fees(advert: Report, text: str) -> Iterator[tuple[Span, Promise]]:
    for match in _NO_FEE.finditer(text):
        general = re.search("任何|其他|其它|一切|隐形|额外|费用|收费|杂费|一分钱", match.group()) is not None
        span = Span(*match.span())
        yield span, _promise(advert, "fee", span, value=Decimal(0), name="" if general else match["name"])
    for match in _FEE.finditer(text):
        span = Span(*match.span())
        unit = "percent" if match["unit"] in "%％" else "yuan"
        promise = _promise(advert, "fee", span, value=_number(match["number"]), name=match["name"])
        yield span, replace(promise, per=unit)


def _amounts(advert: Report, text: str) -> Iterator[tuple[Span, Promise]]:
    for match in _AMOUNT.finditer(text):
        value = _number(match["number"], _TIMES[match["times"]])
        if value is None or value < 100:
            continue
        span = Span(*match.span())
        topic = "received" if match["how"] in ("到账", "到手", "实际到账") else "amount"
        yield span, _promise(advert, topic, span, value=value)


def _terms(advert: Report, text: str) -> Iterator[tuple[Span, Promise]]:
    for match in _TERM.finditer(text):
        span = Span(*match.span())
        words = around(text, span).of(text)
        if not _TERM_CUE.search(words):
            continue
        times = Decimal(12) if match["unit"] == "年" else Decimal(1)
        value, lower = _number(match["number"], times), _number(match["lower"], times)
        promise = _promise(advert, "term", span, value=value if lower is None else lower)
        yield span, replace(promise, upper=None if lower is None else value)


def _instalments(advert: Report, text: str) -> Iterator[tuple[Span, Promise]]:
    for match in _INSTALMENT.finditer(text):
        value = _number(match["number"], _TIMES[match["times"]])
        if value is not None and value >= 10:
            span = Span(*match.span())
            yield span, _promise(advert, "instalment", span, value=value)


def _words(advert: Report, text: str) -> Iterator[tuple[Span, Promise]]:
    for match in _METHODS.finditer(text):
        span = Span(*match.span())
        yield span, _promise(advert, "method", span, name=match.group())
    for topic, pattern in WORDS.items():
        for match in pattern.finditer(text):
            span = Span(*match.span())
            yield span, _promise(advert, topic, span, name=match.group())
