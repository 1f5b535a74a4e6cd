"""missing, compare and conflict: checks that read facts."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from contract_scan.checks.index import TextIndex
from contract_scan.checks.match import Unit, find, present
from contract_scan.checks.phrase import Tools
from contract_scan.checks.quote import merged, trimmed
from contract_scan.model import Confidence, Contract, Fact, Outcome, Span, Verdict
from contract_scan.rulebook.parameters import Parameters
from contract_scan.rulebook.schema import Check, CompareCheck, ConflictCheck, MissingCheck, Pattern, Rule, Selector

OPERATORS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
CHARGES = ("rate", "fee", "unclear")
PER_YEAR = {"day": Decimal(365), "month": Decimal(12), "year": Decimal(1)}


def select(facts: Iterable[Fact], selector: Selector) -> list[Fact]:
    """The facts a selector means."""
    return [fact for fact in facts if fits(fact, selector)]


def fits(fact: Fact, wanted: Selector) -> bool:
    """Whether a selector means this fact."""
    if (wanted.value == "given" and fact.value is None) or (wanted.value == "blank" and fact.value is not None):
        return False
    pairs = (
        (wanted.kind, fact.kind), (wanted.role, fact.role), (wanted.unit, fact.unit),
        (wanted.per, fact.per), (wanted.timing, fact.timing),
    )  # fmt: skip
    return all(not allowed or value in allowed for allowed, value in pairs)


def check_missing(check: MissingCheck, rule: Rule, tools: Tools) -> Outcome:
    """HIT without evidence when nothing that would satisfy is found; UNDETERMINED when pages are unread."""
    index = tools.index
    whole = Unit(Span(0, len(index.text)), None, 0)
    if len(index.text) < check.least or any(not _anywhere(index, p, rule, whole) for p in check.given):
        return Outcome(Verdict.CLEAR)
    read = [fact for fact in index.contract.facts if fact.span]  # what was computed is not what the contract says
    if any(select(read, selector) for selector in check.facts):
        return Outcome(Verdict.CLEAR)
    if any(_anywhere(index, pattern, rule, whole) for pattern in check.patterns):
        return Outcome(Verdict.CLEAR)
    if any(_anywhere(index, p, rule, whole) for p in check.unless):
        return Outcome(Verdict.UNDETERMINED, reason="合同把这部分指向了附件或其他文件，这里没有看到。")
    if index.contract.document.source.unread:
        return Outcome(Verdict.UNDETERMINED, reason="有的页没有读出文字，不能断定合同里没有。")
    if hiding := next((gap for gap in index.contract.gaps if gap.hides), None):
        return Outcome(Verdict.UNDETERMINED, reason=f"{hiding.sentence}在那之前不能断定合同里没有。")
    return Outcome(Verdict.HIT, confidence=rule.confidence)


def _anywhere(index: TextIndex, pattern: Pattern, rule: Rule, whole: Unit) -> bool:
    if pattern.regex is not None:
        return present(index, pattern, rule, whole) or pattern.regex.compiled.search(index.text) is not None
    return next(find(index, pattern, rule), None) is not None


def check_compare(check: CompareCheck, rule: Rule, tools: Tools, parameters: Parameters) -> Outcome:
    """HIT where a number is past the limit on the contract's day; computed ones are quoted where none is stated."""
    contract = tools.index.contract
    limit, stale = _limit(check, contract.judged_on, parameters)
    if limit is None:
        return Outcome(Verdict.UNDETERMINED, reason=f"没有 {contract.judged_on} 的法定数值，无法比较。")
    facts = [f for f in select(contract.facts, check.fact) if isinstance(f.value, Decimal)]
    if not facts:
        return _absent(check, rule, tools.index)
    over = [f for f in facts if OPERATORS[check.op](_value(f, annual=check.annual), limit)]
    hits = [f for f in over if not _said(check.unless, f, rule, tools) and _held(check.given, f, rule, tools)]
    stated = [fact for fact in hits if fact.span is not None]
    spans = [_around(tools.index, span) for fact in stated or hits for span in places(fact)]
    if not spans:
        return Outcome(Verdict.CLEAR)
    return Outcome(Verdict.HIT, merged(spans), stale, Confidence.CHECK if stale else rule.confidence)


def _absent(check: CompareCheck, rule: Rule, index: TextIndex) -> Outcome:
    """What the rule says of a contract that states no such number, where its conditions hold anywhere in the text."""
    whole = Unit(Span(0, len(index.text)), None, 0)
    excused = any(_anywhere(index, pattern, rule, whole) for pattern in check.unless)
    if check.absent is Verdict.CLEAR or excused:
        return Outcome(Verdict.CLEAR)
    asked = all(_anywhere(index, pattern, rule, whole) for pattern in check.given)
    return Outcome(check.absent, reason=check.absent_reason) if asked else Outcome(Verdict.CLEAR)


def places(fact: Fact) -> tuple[Span, ...]:
    """Where a fact stands; for a derived one, where the rates and charges stand that it was computed from.

    A contradiction stands on both its sides.
    """
    if fact.span is not None:
        return (fact.span,)
    charges = [one for one in fact.derived_from if one.kind in CHARGES or fact.kind == "difference"]
    charges = charges or list(fact.derived_from)
    return tuple(dict.fromkeys(span for source in charges for span in places(source)))


def rests_on_doubt(check: Check, outcome: Outcome, contract: Contract) -> str:
    """Why a verdict about numbers cannot be given: the doubtful figures it depends on; "" where it can.

    A hit needs one sure number past the limit; all clear needs every number to be sure.
    """
    if not contract.doubtful or not isinstance(check, (CompareCheck, ConflictCheck)):
        return ""
    if outcome.verdict is Verdict.HIT:
        spans = [span for span in contract.doubtful if any(span.overlaps(place) for place in outcome.evidence)]
        spans = spans if len(spans) >= len(outcome.evidence) else []
    elif outcome.verdict is Verdict.CLEAR:
        read = {place for fact in select(contract.facts, check.fact) for place in places(fact)}
        spans = [span for span in contract.doubtful if any(span.overlaps(place) for place in read)]
    else:
        return ""
    figures = "、".join(dict.fromkeys(f"“{contract.document.quote(span).strip()[:20]}”" for span in spans[:4]))
    return f"这一条取决于{figures}，是从图片识别的，看不太清：请对照原件。" if spans else ""


def _said(excuses: Sequence[Pattern], fact: Fact, rule: Rule, tools: Tools) -> bool:
    """Whether any of the patterns stands around one of the fact's places.

    No sentence states a number that was computed: only what is said anywhere in the contract excuses it.
    """
    counting = [pattern for pattern in excuses if fact.span is not None or pattern.within == "document"]
    return any(present(tools.index, pattern, rule, unit) for unit in _units(fact, tools) for pattern in counting)


def _held(contexts: Sequence[Pattern], fact: Fact, rule: Rule, tools: Tools) -> bool:
    """Whether each of the patterns stands around one of the fact's places."""
    units = _units(fact, tools)
    return all(any(present(tools.index, pattern, rule, unit) for unit in units) for pattern in contexts)


def _units(fact: Fact, tools: Tools) -> list[Unit]:
    numbers = dict.fromkeys(tools.index.sentence_at(span.start) for span in places(fact))
    sentences = tools.index.sentences
    return [Unit(sentences[number].span, sentences[number].lead_in, number) for number in numbers]


def _limit(check: CompareCheck, day: date, parameters: Parameters) -> tuple[Decimal | None, str]:
    """The limit on that day, and a warning when nobody has checked the parameter for that day."""
    if check.limit.value is not None:
        return check.limit.value, ""
    found = parameters.on(check.limit.parameter, day)
    if found is None:
        return None, ""
    warning = f"用的是 {found.valid_from} 起的{found.title} {found.value}，之后是否变动没有核对，请查最新值。"
    return found.value * check.limit.times, warning if found.stale else ""


def _value(fact: Fact, *, annual: bool) -> Decimal:
    assert isinstance(fact.value, Decimal)
    return fact.value * PER_YEAR.get(fact.per, Decimal(1)) if annual else fact.value


def _around(index: TextIndex, span: Span) -> Span:
    """The comma-to-comma part that holds a fact."""
    from contract_scan.checks.index import Hit
    from contract_scan.checks.match import Match
    from contract_scan.checks.quote import quote

    number = index.sentence_at(span.start)
    sentence = index.sentences[number].span
    unit = Unit(Span(min(sentence.start, span.start), max(sentence.end, span.end)), None, number)
    return trimmed(index.text, quote(index.text, Match((Hit(span.start, span.end),), unit), "sentence"))


def check_conflict(check: ConflictCheck, rule: Rule, tools: Tools) -> Outcome:
    """HIT with both places where two facts that speak of the same thing differ."""
    contract = tools.index.contract
    facts = [f for f in select(contract.facts, check.fact) if isinstance(f.value, Decimal) and f.span]
    facts = [f for f in facts if not (check.annual and f.per not in PER_YEAR)]
    facts = [f for f in facts if not _said(check.unless, f, rule, tools)]
    alike: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        alike.setdefault((_place(fact, check.within, tools.index), *_sameness(fact, check)), []).append(fact)
    apart = [fact for group in alike.values() for fact in _apart(group, check)]
    spans = [_around(tools.index, span) for fact in apart for span in places(fact)]
    return Outcome(Verdict.HIT, merged(spans), confidence=rule.confidence) if spans else Outcome(Verdict.CLEAR)


def _sameness(fact: Fact, check: ConflictCheck) -> tuple[object, ...]:
    """What two facts must share to speak of the same thing."""
    told = {"kind": fact.kind, "role": fact.role, "unit": fact.unit, "per": fact.per, "timing": fact.timing}
    return tuple(told[name] for name in check.same if name in told)


def _place(fact: Fact, within: str, index: TextIndex) -> object:
    if within == "document" or fact.span is None:
        return None
    number = index.sentence_at(fact.span.start)
    return index.sentences[number].clause if within == "clause" else number


def _apart(alike: Sequence[Fact], check: ConflictCheck) -> list[Fact]:
    """Those that differ from another: each is held against the least and the greatest, which differ from it most."""
    values = [_value(fact, annual=check.annual) for fact in alike]
    least, most = min(values), max(values)
    return [
        f for f, value in zip(alike, values, strict=True) if _differ(value, least, check) or _differ(value, most, check)
    ]


def _differ(first: Decimal, second: Decimal, check: ConflictCheck) -> bool:
    apart = abs(first - second)
    return apart > check.tolerance and apart > check.share / 100 * max(abs(first), abs(second))
