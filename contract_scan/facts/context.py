"""One sentence seen from a number in it: the name it belongs to, the event it falls under, its period and base."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from contract_scan.facts.cues import EVENTS, Cue
from contract_scan.facts.periods import period_around
from contract_scan.model import Span

_BREAK = re.compile(r"[，,。；;|｜\n]")
_ANOTHER = re.compile(r"[，,。；;|｜\n：:、=＝（(]")
_PARENTHESIS = re.compile(r"[（(][^（）()]{0,60}[）)]")
_LEADS_TO_NUMBER = re.compile(
    r"[）)]?\s?(?:[率為为是=＝：:（(按以依每日月年的等最不收共约计即由占系一自分【_\s¥￥]|标准|金额|数额|总额|人民|现金|比例|费率|合计|$)"
)
_BASE = re.compile(r"(?P<base>[\u4e00-\u9fff《》“”、（）()]{2,40}?)(?:的|之|\s?[×*xX]|\s)?\s?(?:[（(])?\Z")
_BASE_CUT = re.compile(
    r"按照?|[以依]照?据?|为(?!基)|支付|缴付|给付|缴纳|缴(?=剩|未|全|贷|借)|交纳|收取|计收|承担|相当于|等于|不?超过|每[日天月年期]|应(?![还付收得退])|另付|付(?=剩余|未)|[向需须于则并由是将]|加上|第?[0-9]*日(?=未)"
    r"|逾期的|[一壹][日天]|之日起|还款后|标准|扣除|加收|内|中"
)
_BASE_NOUN = re.compile(r"本金|本息|[金余总数款价差货]额|款|额|利息|价|租金|收益|债权|之和|费用?|当金|部分|利率|资金")
_AND = re.compile(r"\s?(?:以?及|和|与|與|、)")
_IS_BASE = re.compile(r"\s?(?:为|作为?)(?:计算)?(?:基数|基准|本金)")
_BASE_EARLIER = re.compile(
    r"(?:按照?|以)(?P<base>[^，。；\n]{0,24}?(?:本金|本息|金额|余额|总额|款项|欠款|费用|之和))(?:为|作|自|每|逐|日|按|从)"
)
#: A name followed by these is one of a list or a thing set apart, not the name of the number.
_SET_APART = re.compile(r"[与與和及、]|之和|之外|以外|外|等(?!额)")
#: …的0.1%，支付罚息: the name after a comma belongs to the number only if a verb of paying leads to it.
_PAID_AS = re.compile(
    r"[^，。；;\n：:=＝（(]{0,10}，[^，。；;\n：:=＝（(]{0,4}(?:支付|收取|计收|计付|作为|缴纳|承担)[^，。；;\n：:=＝（(]{0,12}\Z"
)
#: Between a base and its share: 利息的10%.
_PART = re.compile(r"[的之与與和及、]")
OWN_PERIOD = frozenset({"charge", "penalty", "overdue"})
_OF = frozenset({"的", "之", "×", "*", "x", "总额的", "金额的"})
_NEAR = 40
_FEW = 8  # candidates looked at closely, so that a sentence with thousands of names stays cheap


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence with its cues and its numbers, and the lead-in that governs it ("" if none)."""

    text: str
    span: Span
    cues: tuple[Cue, ...]
    numbers: tuple[Span, ...]
    lead_in: tuple[Cue, ...] = ()
    daily: frozenset[str] = field(default_factory=frozenset)

    def name_of(self, number: Span, kinds: Collection[str], *, loose: bool = True) -> Cue | None:
        """The cue of the given kinds that a number belongs to.

        A name that leads straight to the number (服务费为…, 罚息按每日…) or that the number leads to (…的违约金)
        counts; with *loose* also the last name earlier in the sentence, or the next one after a comma.
        """
        before = self._last_before(number, kinds)
        after = self._first_after(number, kinds)
        leads = before is not None and self._leads(before.end, number.start)
        if after is not None and self._follows(number.end, after.start):
            return before if leads and before is not None and not _weaker(before, after) else after
        if leads or not loose:
            return before if leads else None
        if before is None and after is not None:
            gap = self.text[number.end : after.start]
            return after if _PAID_AS.match(gap) else None
        return before

    def event_of(self, number: Span) -> str:
        """prepay, default, misuse or "": the nearest event before the number, else in its lead-in."""
        before = [cue.kind for cue in self.cues if cue.kind in EVENTS and cue.start < number.start]
        if before:
            return before[-1]
        lead = [cue.kind for cue in self.lead_in if cue.kind in EVENTS]
        return lead[-1] if lead else ""

    def period_of(self, number: Span, name: Cue | None = None) -> str:
        """day, month, year, instalment or "": what the words around a number say it is charged for.

        Words in front of another charge (按日收罚息，另收…5%的违约金) speak of that charge, not of *name*.
        """
        others = [
            cue.end
            for cue in self.cues
            if cue.kind in OWN_PERIOD
            and cue != name
            and cue.end <= number.start
            and not _PART.match(self.text, cue.end)
        ]
        floor = max([self._past_base(self.floor(number)), *others])
        return period_around(self.text, number.start, number.end, floor=floor, ceiling=self._ceiling(number))

    def base_of(self, number: Span, name: Cue | None = None) -> str:
        """What a percentage is taken of, in the contract's words ("" where it does not say)."""
        floor = self.floor(number)
        if name is not None and name.end <= number.start:
            floor = max(floor, name.end)
        clause = last_clause(_PARENTHESIS.sub("", self.text[floor : number.start]))
        match = _BASE.search(clause[-_NEAR:])
        words = _cut(match["base"]) if match else ""
        if len(words) >= 2 and _BASE_NOUN.search(words):
            return words
        earlier = list(_BASE_EARLIER.finditer(self.text, self.floor(number), number.start))
        return earlier[-1]["base"] if earlier else ""

    def clause_before(self, number: Span) -> str:
        """The words between the last comma (or number) and the number."""
        return last_clause(self.text[self.floor(number) : number.start])

    def with_name(self, number: Span, name: Cue | None) -> Span:
        """The number together with its name, where they stand in one clause."""
        if name is None:
            return number
        span = Span(min(number.start, name.start), max(number.end, name.end))
        return number if any(mark in span.of(self.text) for mark in "，。；\n") else span

    def unticked(self, number: Span) -> bool:
        """Whether the number is an option whose box is empty: □6个月 □12个月."""
        return self.text[self.span.start : number.start].rstrip(" ")[-1:] in set("□○◯❏☐")

    def ticked(self, number: Span) -> bool:
        """Whether the number is the option that was chosen: ☑12个月."""
        return self.text[self.span.start : number.start].rstrip(" ")[-1:] in set("☑☒√✓✔■●")

    def before(self, number: Span) -> str:
        """The whole sentence up to the number."""
        return self.text[self.span.start : number.start]

    def after(self, number: Span, length: int = 24) -> str:
        """Some words after the number, inside the sentence."""
        return self.text[number.end : min(number.end + length, self.span.end)]

    def floor(self, number: Span) -> int:
        """The end of the number before this one, or the start of the sentence."""
        ends = [other.end for other in self.numbers if other.end <= number.start]
        return max(ends, default=self.span.start)

    def _past_base(self, floor: int) -> int:
        """Past the sum that a rate is taken of (每日以五万元为基数收0.05%), which parts it from no period."""
        if not _IS_BASE.match(self.text, floor):
            return floor
        return next((self.floor(other) for other in self.numbers if other.end == floor), floor)

    def _ceiling(self, number: Span) -> int:
        starts = [other.start for other in self.numbers if other.start >= number.end]
        return min(starts, default=self.span.end)

    def _last_before(self, number: Span, kinds: Collection[str]) -> Cue | None:
        found = [
            cue
            for cue in self.cues
            if cue.kind in kinds
            and cue.end <= number.start
            and not _SET_APART.match(self.text, cue.end)
            and self.text[cue.end : number.start].strip() not in _OF
        ]
        found = found[-_FEW:]
        outside = [cue for cue in found if _open_brackets(self.text[cue.end : number.start]) >= 0]
        return (outside or found)[-1] if found else None

    def _first_after(self, number: Span, kinds: Collection[str]) -> Cue | None:
        ceiling = self._ceiling(number)
        found = [cue for cue in self.cues if cue.kind in kinds and number.end <= cue.start < ceiling]
        found = found[:_FEW]
        outside = [cue for cue in found if _open_brackets(self.text[number.end : cue.start]) <= 0]
        return (outside or found)[0] if found else None

    def _leads(self, start: int, end: int) -> bool:
        gap = self.text[start:end]
        return len(gap) <= _NEAR and not _BREAK.search(gap) and _LEADS_TO_NUMBER.match(gap) is not None

    def _follows(self, start: int, end: int) -> bool:
        gap = _PARENTHESIS.sub("", self.text[start:end])
        if _AND.match(gap):  # 首月利息2,500元及手续费1,000元
            return False
        if gap.lstrip(" %").startswith("的"):
            gap = gap.replace("、", "")  # 5%的延期、展期保证金
        return len(gap) <= 18 and not _ANOTHER.search(gap)


def last_clause(words: str) -> str:
    """What follows the last comma or stop."""
    return _BREAK.split(words)[-1]


def _open_brackets(words: str) -> int:
    """How many brackets open, less those that close: not 0 where only one end of *words* is inside a bracket."""
    return words.count("（") + words.count("(") - words.count("）") - words.count(")")


def _weaker(before: Cue, after: Cue) -> bool:
    """Whether the name after a number is the more telling one: 按年利率24%计收罚息."""
    return before.kind == "interest" and after.kind != "interest"


def _cut(words: str) -> str:
    parts = _BASE_CUT.split(words)
    return parts[-1].strip("（）()、“” 年月日的之")
