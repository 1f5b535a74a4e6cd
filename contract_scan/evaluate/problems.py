"""Scoring reports against labelled contracts: the measuring tool for rule authors.

A label names a problem (``id``), quotes the words that carry it and says how sure its reader was: *sure* must be
found, *arguable* may be. Two levels are counted. **Problems**: was the borrower told of this problem of this
contract at all, with a quote that fits (unit: a document and an id; right when at least half of its pieces fit).
**Places**: every place where it stands (unit: a piece).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from contract_scan.errors import ContractScanError
from contract_scan.model import Report, Severity, Span

SHORTEST = 8  # a piece inside a label counts from this length on
ROOM = 120  # a piece may be this long, or three times the label, whichever is more


@dataclass(frozen=True, slots=True)
class Label:
    """A problem that a reader marked (source positions)."""

    rule: str
    span: Span
    sure: bool


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """One contract as a careful reader saw it."""

    doc: str
    labels: tuple[Label, ...]
    missing: frozenset[str]
    near_misses: tuple[tuple[str, Span], ...]
    is_loan: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """A miss, a false alarm or a flagged near miss, with its words."""

    kind: str
    doc: str
    rule: str
    words: str


@dataclass(slots=True)
class Tally:
    """Counts per rule, of problems and of places."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def scores(self, rule: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1, of one rule or of all."""
        found, missed, right, wrong = (
            sum(c.values()) if rule is None else c[rule] for c in (self.found, self.missed, self.right, self.wrong)
        )
        precision = right / (right + wrong) if right + wrong else 0.0
        recall = found / (found + missed) if found + missed else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


@dataclass(slots=True)
class Score:
    """Everything counted over a set of documents."""

    problems: Tally = field(default_factory=Tally)
    places: Tally = field(default_factory=Tally)
    confidence: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    near_misses: int = 0
    near_misses_flagged: int = 0
    documents: int = 0
    high_on_not_loans: int = 0
    slips: list[Slip] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """F1 of problems averaged over the rules with at least three documents that must be found."""
        tally = self.problems
        rules = [rule for rule in {*tally.found, *tally.missed} if tally.found[rule] + tally.missed[rule] >= 3]
        return sum(tally.scores(rule)[2] for rule in rules) / len(rules) if rules else 0.0


def read_label(raw: Mapping[str, object], text: str) -> LabelledDocument:
    """One label file, already parsed, against its text. Raises ContractScanError when a quote is not in the text."""
    doc = str(raw["doc"])
    labels = tuple(
        Label(str(p["id"]), _located(p, text, doc), p.get("certainty", "sure") == "sure")
        for p in _items(raw, "problems")
    )
    near = tuple((str(n["id"]), _located(n, text, doc)) for n in _items(raw, "near_misses"))
    missing = raw.get("missing") or []
    absent = frozenset(map(str, missing)) if isinstance(missing, list) else frozenset()
    return LabelledDocument(doc, labels, absent, near, raw.get("lender_type") != "not_a_loan")


def _items(raw: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    items = raw.get(key) or []
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _located(entry: Mapping[str, object], text: str, doc: str) -> Span:
    quote = str(entry["quote"])
    start = text.find(quote)
    if start < 0:
        raise ContractScanError(f"{doc}：标注里的引文不在正文里：{quote[:30]}")
    return Span(start, start + len(quote))


def fits(piece: Span, label: Span) -> bool:
    """The piece covers half of the label, or lies inside it and is long enough, and is not much longer."""
    shared = min(piece.end, label.end) - max(piece.start, label.start)
    inside = label.contains(piece) and len(piece) >= min(SHORTEST, len(label))
    return (2 * shared >= len(label) or inside) and len(piece) <= max(3 * len(label), ROOM)


def add(score: Score, labelled: LabelledDocument, report: Report, ids: frozenset[str] | None = None) -> None:
    """Count one document into *score*; *ids* restricts to some rules."""
    score.documents += 1
    labels = [label for label in labelled.labels if ids is None or label.rule in ids]
    findings = [f for f in report.findings if ids is None or f.rule in ids]
    text = report.source.text
    pieces = sorted((e.span, f.rule, f.confidence.value) for f in findings for e in f.evidence)
    taken = _match(score, labels, pieces, labelled.doc, text)
    _problems(score, labels, taken, labelled.doc, text)
    absent = {f.rule for f in findings if not f.evidence}
    _absences(score, absent, {r for r in labelled.missing if ids is None or r in ids}, labelled.doc)
    for rule, span in labelled.near_misses:
        if ids is None or rule in ids:
            score.near_misses += 1
            if any(r == rule and piece.overlaps(span) for piece, r, _ in pieces):
                score.near_misses_flagged += 1
                score.slips.append(Slip("near miss", labelled.doc, rule, span.of(text)))
    if not labelled.is_loan:
        score.high_on_not_loans += sum(f.severity in (Severity.CRITICAL, Severity.HIGH) for f in report.findings)


def _match(
    score: Score, labels: Sequence[Label], pieces: Iterable[tuple[Span, str, str]], doc: str, text: str
) -> list[bool]:
    """Match pieces to labels one to one; one more piece per label is tolerated (a problem quoted in two halves)."""
    taken, spare = [False] * len(labels), [True] * len(labels)
    fit: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for span, rule, confidence in pieces:
        fitting = [k for k, label in enumerate(labels) if label.rule == rule and fits(span, label.span)]
        free = next((k for k in fitting if not taken[k]), None)
        again = next((k for k in fitting if spare[k]), None)
        if free is not None:
            taken[free] = True
        elif again is not None:
            spare[again] = False
        good = bool(free is not None or again is not None)
        (score.places.right if good else score.places.wrong)[rule] += 1
        (fit if good else wrong)[rule] += 1
        score.confidence[confidence][0 if good else 1] += 1
        if not good:
            score.slips.append(Slip("false", doc, rule, span.of(text)))
    for rule in {*fit, *wrong}:
        (score.problems.right if fit[rule] >= wrong[rule] else score.problems.wrong)[rule] += 1
    return taken


def _problems(score: Score, labels: Sequence[Label], taken: Sequence[bool], doc: str, text: str) -> None:
    needed: dict[str, list[bool]] = defaultdict(list)
    for label, found in zip(labels, taken, strict=True):
        if label.sure:
            needed[label.rule].append(found)
            (score.places.found if found else score.places.missed)[label.rule] += 1
            if not found:
                score.slips.append(Slip("miss", doc, label.rule, label.span.of(text)))
    for rule, results in needed.items():
        (score.problems.found if any(results) else score.problems.missed)[rule] += 1


def _absences(score: Score, told: set[str], labelled: set[str], doc: str) -> None:
    for tally in (score.problems, score.places):
        for rule in labelled:
            (tally.found if rule in told else tally.missed)[rule] += 1
        for rule in told:
            (tally.right if rule in labelled else tally.wrong)[rule] += 1
    score.slips += [Slip("miss", doc, rule, "（全文没有）") for rule in sorted(labelled - told)]
    score.slips += [Slip("false", doc, rule, "（说全文没有）") for rule in sorted(told - labelled)]


def table(score: Score) -> Iterator[str]:
    """One line per rule, then the totals."""
    for rule in sorted({*score.problems.found, *score.problems.missed, *score.problems.right, *score.problems.wrong}):
        precision, recall, f1 = score.problems.scores(rule)
        tally = score.problems
        yield (
            f"{rule:36s} 应找 {tally.found[rule] + tally.missed[rule]:3d} 查全 {recall:.2f}"
            f"  报出 {tally.right[rule] + tally.wrong[rule]:3d} 查准 {precision:.2f}  F1 {f1:.2f}"
        )
    for name, level in (("问题", score.problems), ("位置", score.places)):
        precision, recall, f1 = level.scores()
        yield f"{name}：查准 {precision:.4f}  查全 {recall:.4f}  F1 {f1:.4f}"
    yield f"宏平均 F1 {score.macro_f1:.4f}；文件 {score.documents} 份"
    for confidence, (right, wrong) in sorted(score.confidence.items()):
        yield f"把握 {confidence}：对 {right}，错 {wrong}，占 {right / (right + wrong):.3f}"
    yield f"形似而无害的句子 {score.near_misses} 处，误报 {score.near_misses_flagged} 处"
    yield f"非借贷文件上 high 以上的发现：{score.high_on_not_loans}"
