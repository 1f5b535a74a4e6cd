"""What :mod:`speed` runs on: texts, PDF files and rulebooks of any size, made from our own contracts and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from contract_scan.checks.index import elements_of
from contract_scan.rulebook.regex import read_regex
from contract_scan.rulebook.schema import Check, Pattern, PhraseCheck, Rule

HERE = Path(__file__).resolve().parent


def contract_text(characters: int) -> str:
    """So many characters of our own contracts, one after another, as running chapters of one long contract."""
    texts = [path.read_text("utf-8") for path in sorted(HERE.glob("contracts/*.txt"))]
    out, size = [], 0
    for number, text in enumerate(cycle(texts), 1):
        out.append(f"第{number}章 附加约定\n{text}\n")
        size += len(out[-1])
        if size >= characters:
            return "".join(out)[:characters]
    return ""


def make_pdf(path: Path, pages: int) -> None:
    """A text PDF of our own contracts, forty lines of forty-two characters a page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4)
    paragraphs = contract_text(pages * 1680).split("\n")
    lines = [line[i : i + 42] for line in paragraphs for i in range(0, max(len(line), 1), 42)]
    for page in range(pages):
        canvas.setFont("STSong-Light", 10.5)
        for row, line in enumerate(lines[page * 40 : page * 40 + 40]):
            canvas.drawString(60, 780 - row * 18, line)
        canvas.showPage()
    canvas.save()


def grown(rules: Sequence[Rule], count: int) -> tuple[Rule, ...]:
    """A rulebook of *count* rules as it grows: after the first fifty, three in four speak of what is not in the text.

    A big rulebook is for many kinds of contract, and most of it does not hit one of them (the measurements behind
    the target were made so, too). Every fourth is a copy of a rule of ours that finds all that the rule finds.
    """
    many = (replace(rules[i % len(rules)], id=f"{rules[i % len(rules)].id}-{i}") for i in range(count))
    return tuple(rule if i < 50 or i % 4 == 0 else foreign(rule) for i, rule in enumerate(many))


def foreign(rule: Rule) -> Rule:
    """The same rule with other words for its concepts and expressions: it finds nothing in a contract."""
    concepts = {concept for element in elements_of(rule) for concept in element.concepts}
    terms = {concept: (f"辰巳{concept}", f"午未{concept}") for concept in concepts}
    return replace(rule, terms=terms, checks=tuple(_foreign_check(check) for check in rule.checks))


def _foreign_check(check: Check) -> Check:
    if not isinstance(check, PhraseCheck):
        return check
    return replace(check, any=tuple(map(_foreign_pattern, check.any)))


def _foreign_pattern(pattern: Pattern) -> Pattern:
    return replace(pattern, regex=read_regex(f"辰巳(?:{pattern.regex.source})", "speed")) if pattern.regex else pattern
