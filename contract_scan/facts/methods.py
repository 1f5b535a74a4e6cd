"""How a loan is repaid (等额本息, 先息后本 …) and how days are counted (360 or 365 a year)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.facts.numerals import HAN, read_number
from contract_scan.facts.stages import stage_at
from contract_scan.model import Span

_EACH = (
    rf"(?:按[月季期日年]|每[月季期年]|分期|定期|每\s?(?:[0-9{HAN}]{{1,4}}|半)\s?[个個]?(?:[天日月年周旬]|季度?|星期))"
)
_ON_THE_DAY = rf"(?:的?第?[0-9{HAN}]{{1,4}}[日号]前?|[底末初])?"
_PERIODIC = (
    rf"{_EACH}{_ON_THE_DAY}\s?"
    r"(?:结息|付息|还息|交息|支付利息|偿还利息|(?:支付|付清|结清|付)(?:当[月期]|上[月期]|该期)?利息)"
    rf"|利息[^，。；\n]{{0,3}}{_EACH}{_ON_THE_DAY}(?:支付|付清|结清|结付|给付|付)"
)
#: 第1期至第6期只需按月支付利息: interest alone, in the instalments it names.
_INTEREST_ALONE = re.compile(
    r"(?:[只仅]需?|暂)(?:要|须)?(?:[按每][月期季])?(?:支付|偿还|归还|还|付)(?:当[月期]|每[月期])?(?:的)?(?:利?息)(?![和及与、])|暂不(?:偿?还|归还)本金"
)
#: 每期归还本金900元
_SAME_PART = r"[每按][月期季][^，。；\n]{0,6}(?:归还|偿还)本金[0-9,.]{2,12}\s?元"
_AT_THE_END = (
    r"(?:(?:到期|期满|期末|届满|最后一期)[^。；，\n]{0,6}?(?:还本|偿还本金|归还本金|还清本金|返还本金|利随本清)"
    r"|本金[^。；，\n]{0,3}(?:到期|期满|期末|届满)[^。；，\n]{0,6}?(?:还清|归还|偿还|清偿|付清))"
)
#: Repayment methods and their wordings, the more specific ones first.
METHODS = (
    (
        "等额本息",
        r"等[额額]本息|等[额額][还還]本付息|本息(?:平均|等[额額])(?:攤還|摊还|偿还|法)"
        r"|[按每分][月期季](?:等[额額]|平均)(?:偿还|归还|还款|攤還|摊还|還款)(?!本金)(?:借款|贷款)?(?:本息)?",
    ),
    (
        "等额本金",
        r"等[额額]本金|等[额額][还還]本(?!付息)|本金(?:平均|等[额額])(?:攤還|摊还|偿还|法)"
        rf"|{_SAME_PART}[^。；\n]{{0,10}}?(?:当[期月]利息|余额|剩余|未还|相应利息)",
    ),
    (
        "等本等息",
        r"等本等息|[各每]期(?:利息|数额|息费|金额)[^，。；\n]{0,2}?不[因随][^，。；\n]{0,6}本金[^，。；\n]{0,8}(?:减少|降低|变化|调整)"
        r"|(?:利息|利率|占用费|使用费)(?:(?!担保|服务|管理)[^。；\n]){0,40}不[因随](?:剩余|未还|已还)?本金的?(?:减少|归还|偿还|下降)而(?:减少|降低|变化|调整)"
        rf"|{_SAME_PART}[^。；\n]{{0,10}}?(?:利息|费)[^，。；\n]{{0,4}}[0-9]",
    ),
    ("随借随还", r"[随隨]借[随隨][还還]"),
    (
        "先息后本",
        rf"先息[后後]本|先[付还]息[，、]?[后後]还本|(?:{_PERIODIC})[^。；\n]{{0,24}}?{_AT_THE_END}"
        rf"|{_AT_THE_END}[^。；\n]{{0,24}}?(?:{_PERIODIC})",
    ),
    (
        "一次性还本付息",
        r"(?:到期|期满)一次性?还本付息|一次性?(?:还本付息|偿还本息|归还本息|还清本息|付清本息)|(?:到期|期满)(?:还本付息|偿还本息|归还本息)"
        r"|赎当时[^，。；\n]{0,8}?(?:一并|一次性?)(?:付清|结清|还清)|一次性?(?:偿还|归还|清偿|还清)(?:全部)?(?:借款|贷款)?本金[和及与、](?:全部)?利息|利随本清|本息一次性?(?:付清|还清|偿还)|(?:到期|期满)[^，。；\n]{0,4}本息(?:一并|一起|一次性?)(?:付清|还清|偿还|归还|支付)"
        r"|利息[^，。；\n]{0,8}[随与和同](?:本金|当金)[^，。；\n]{0,8}(?:一并|一同|同时|一起|一次性?)(?:支付|付清|归还|结清|偿还)",
    ),
)
_PAYS_INTEREST, _REPAID_LAST = re.compile(_PERIODIC), re.compile(_AT_THE_END)
_LATE = re.compile("复利|罚息|逾期|违约|展期|提前")
_NOT_ALONE = re.compile(
    "本息|还本(?!付)|每[期月][^，。；]{0,6}本金|复利|罚息|逾期|违约|展期|等额|平均|分期|租金|[和及与]本金"
)
_METHOD = re.compile("|".join(f"(?P<m{index}>{pattern})" for index, (_, pattern) in enumerate(METHODS)))
_HINT = re.compile(
    "等额|等額|等本等息|先息|先付息|先还息|付息|结息|还息|支付利息|偿还利息|还利息|付利息|还本|還本|本息|利随本清|随借随还|隨借隨還|本金|当金|赎当|[月期]利息|不因|不随"
)
#: Sentences that only illustrate; their numbers are nobody's terms.
EXAMPLE = re.compile("假设|假設|假如借款|为例|為例|例如|举例|舉例")
_LINE = re.compile(r"[^。；\n]+")
_TICK = re.compile(r"(?:(?P<on>[☑☒√✓✔■●◉])|(?P<off>[□○◯❏☐]))\s?[\u4e00-\u9fff]{0,8}\Z")
_SUPPOSED = re.compile(r"(?:[当若如]|选择|提前|分别)[^。；，\n]{0,16}\Z")
_DEFINED = re.compile(r"[还還]?款?[^，。；\n]{0,8}?[：:”\"]?(?:是?指|[^，。；\n]{0,10}[=＝])")
#: 采取下列第__种方式：（1）…（2）…: which one is settled by the number, not by the list.
_OFFER = re.compile(r"(?:以下|下列|如下)(?:[^。\n]{0,4}第|[^。\n]{0,20}(?:种|之一|方式))")
_ITEM = re.compile(r"\s{0,8}[（(]?(?:[0-9一二三四五六]{1,2}\s?[)）.、．]|[①-⑨])")
_OFFER_REACH = 250
_JUST_BEFORE = 24  # characters: more than _SUPPOSED and _OTHER_METHOD_LEFT can span
_OTHER_METHOD_RIGHT = re.compile(rf"\s?(?:[还還]款)?(?:方式)?[/／、或]\s?(?:{_METHOD.pattern})")
_OTHER_METHOD_LEFT = re.compile(r"[额额息本](?:[还還]款)?(?:方式)?[/／、或]\s?\Z")
_YEAR_DAYS = re.compile(r"[3三](?:6[05]|百六十五?)(?![0-9.,])")
_DIVIDED = re.compile(r"(?:[÷/／]|除以|[一每全]年[^，。；\n]{0,12}?[按以为為是])\s?\Z")
_OF_A_YEAR = re.compile(r"\s?[天日]\s?(?:[/／]年|[为為]一年|[为為](?:计息)?(?:基础|基數|基数)|[为為]計息基礎|折算)")


@dataclass(frozen=True, slots=True)
class Method:
    """A repayment method in a text; ``value`` is None where the boxes of a choice are all empty.

    ``stage`` says for which instalments ("1-6"; "" for all), see :mod:`stages`.
    """

    span: Span
    value: str | None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many days the contract counts to a year: 360 or 365."""

    span: Span
    value: Decimal


def find_methods(text: str) -> Iterator[Method]:
    """Every repayment method that *text* settles on, ordered.

    Left out are methods that are only supposed (当还款方式为…), defined (…是指) or offered side by side
    (等额本息/等额本金). Among ticked boxes only the ticked ones count; untouched ones give one blank.
    """
    lines = [line.span() for line in _LINE.finditer(text) if _HINT.search(text, *line.span())]
    lines = [line for line in lines if not EXAMPLE.search(text, *line)]
    found = [method for line in lines for method in _read_line(text, *line)]
    yield from found or _interest_first(text, lines)


def _interest_first(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Method]:
    """每月九日付清当月利息 in one sentence, 到期归还本金 in another, and no other method named."""
    if not any(_REPAID_LAST.search(text, *line) and not _LATE.search(text, *line) for line in lines):
        return
    for start, end in lines:
        match = _PAYS_INTEREST.search(text, start, end)
        if match and not _NOT_ALONE.search(text, start, end) and not _is_loose(text, match, start):
            yield Method(Span(*match.span()), "先息后本")
            return


def find_day_counts(text: str) -> Iterator[DayCount]:
    """Every statement of how many days make a year (年利率÷360, 一年按365天计), ordered."""
    for match in _YEAR_DAYS.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        if _DIVIDED.search(before) or _OF_A_YEAR.match(text, match.end()):
            value = read_number(match.group())
            if value is not None:
                yield DayCount(Span(*match.span()), value)


def _read_line(text: str, start: int, end: int) -> Iterator[Method]:
    unticked: list[Span] = []
    ticked = False
    offer = _ITEM.match(text, start) and _OFFER.search(text, max(0, start - _OFFER_REACH), start)
    for match in _INTEREST_ALONE.finditer(text, start, end):
        if stage := stage_at(text, start, match.start()):
            yield Method(Span(*match.span()), "先息后本", stage)
    for match in _METHOD.finditer(text, start, end):
        if offer or _DEFINED.match(text, match.end()):
            return
        tick = _TICK.search(text[max(start, match.start() - 10) : match.start()])
        if tick and tick["off"]:
            unticked.append(Span(*match.span()))
        elif tick or not _is_loose(text, match, start):
            ticked = True
            value = METHODS[int((match.lastgroup or "m0")[1:])][0]
            yield Method(Span(*match.span()), value, stage_at(text, start, match.start()))
    if unticked and not ticked:
        yield Method(Span(unticked[0].start, unticked[-1].end), None)


def _is_loose(text: str, match: re.Match[str], start: int) -> bool:
    """Whether the method is only supposed, defined or one of several on offer."""
    before = text[max(start, match.start() - _JUST_BEFORE) : match.start()]
    return bool(
        _SUPPOSED.search(before) or _OTHER_METHOD_LEFT.search(before) or _OTHER_METHOD_RIGHT.match(text, match.end())
    )
