"""The whole contract text in its clause structure, every quoted passage marked, its explanation beside it.

One pass over the positions where something begins or ends; time and size stay linear in the text. The result
is HTML: all text goes through :func:`_escape` or :func:`_attribute`, all markup is built here.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from contract_scan.model import Confidence, Page, Report, Severity
from contract_scan.render import safe, words
from contract_scan.render.layout import Layout, Opening
from contract_scan.render.view import Item, Place

LETTER = {Severity.CRITICAL: "c", Severity.HIGH: "h", Severity.MEDIUM: "m", Severity.LOW: "l"}
DEEPEST = 3


def icon(name: str) -> str:
    """A small picture from the symbols at the top of the page."""
    return f'<svg class="ic" aria-hidden="true"><use href="#s-{name}"/></svg>'


def annotated(report: Report, items: tuple[Item, ...], anchors: Mapping[int, str]) -> str:
    """HTML of the whole text; *anchors* are further ids (by source position) that links point to."""
    layout = Layout(report, items, anchors)
    writer = _Writer(report, items)
    for here, after in pairwise(layout.stops):
        writer.close_marks(layout.ends.get(here, ()))
        if here in layout.cuts:
            writer.turn(layout.outline.get(here), layout.pages.get(here, ()), depth=layout.depth(here))
        writer.open_marks(layout.starts.get(here, ()), anchors.get(here, ""))
        writer.write(here, after, furniture=layout.is_furniture(here))
    return writer.finish(layout.ends.get(layout.size, ()), layout.pages.get(layout.size, ()))


@dataclass(slots=True)
class _Row:
    """A paragraph being written; ``ink``: there is something to see, ``marked``: some of it is quoted."""

    depth: int = 0
    level: int = 0
    label_end: int = 0
    parts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ink: bool = False
    marked: bool = False

    def html(self) -> str:
        tag = f"h{self.level}" if self.level else "p"
        depth = f" d{min(self.depth, DEEPEST)}" if self.depth else ""
        line = "".join(self.parts).rstrip()
        if not self.marked:
            return f'<{tag} class="t{depth}">{line}</{tag}>\n'
        side = f'<div class="notes">{"".join(self.notes)}</div>' if self.notes else ""
        return f'<div class="cl has{depth}"><{tag} class="t">{line}</{tag}>{side}</div>\n'


class _Writer:
    """Writes paragraphs, marks and notes in the order of the text."""

    def __init__(self, report: Report, items: tuple[Item, ...]) -> None:
        self._text = report.source.text
        self._unread = set(report.source.unread)
        self._findings = {item.number: item.finding for item in items}
        self._active: dict[int, int] = {}
        self._fresh = False
        self._row = _Row()
        self._out: list[str] = []

    def close_marks(self, places: Iterable[Place]) -> None:
        """The number of a finding stands where its quotation ends."""
        for place in places:
            self._active[place.number] -= 1
            if not self._active[place.number]:
                del self._active[place.number]
            self._row.parts.append(self._number(place.number))
            self._row.ink = True

    def open_marks(self, places: Iterable[Place], anchor: str) -> None:
        """Anchors and side notes of what begins here."""
        if anchor:
            self._row.parts.append(f'<span class="at" id="{anchor}"></span>')
            self._row.ink = True
        for place in places:
            self._active[place.number] = self._active.get(place.number, 0) + 1
            self._row.parts.append(f'<span class="at" id="{place.anchor}"></span>')
            self._row.notes.append(self._note(place))
            self._row.ink = self._row.marked = self._fresh = True

    def turn(self, opening: Opening | None, pages: Iterable[Page | int], *, depth: int) -> None:
        """Finish the paragraph and begin the next one."""
        self._flush(pages)
        self._row = _Row(depth)
        if opening:
            self._row.level, self._row.label_end = opening.level, opening.label_end

    def write(self, start: int, end: int, *, furniture: bool) -> None:
        """A piece of text in which nothing begins or ends."""
        text = _escape(self._text[start:end])
        if not text or (text.isspace() and not self._row.ink):
            return
        self._row.ink = True
        if start < self._row.label_end and not self._row.level:
            text = f"<b>{text}</b>"
        if furniture:
            text = f'<span class="fur">{text}</span>'
        self._row.parts.append(self._mark(text) if self._active else text)

    def finish(self, places: Iterable[Place], pages: Iterable[Page | int]) -> str:
        """The HTML of everything written."""
        self.close_marks(places)
        self._flush(pages)
        return "".join(self._out)

    def _flush(self, pages: Iterable[Page | int]) -> None:
        if self._row.ink:
            self._out.append(self._row.html())
        self._out.extend(self._page(page) for page in pages)

    def _mark(self, text: str) -> str:
        active = sorted(self._active)
        findings = [self._findings[number] for number in active]
        classes = [LETTER[min(findings, key=lambda finding: finding.severity.rank).severity]]
        classes += ["st"] * self._fresh + ["two"] * (len(active) > 1)
        classes += ["ck"] * all(finding.confidence is Confidence.CHECK for finding in findings)
        self._fresh, self._row.marked = False, True
        numbers = " ".join(map(str, active))
        return f'<mark class="{" ".join(classes)}" data-f="{numbers}">{text}</mark>'

    def _number(self, number: int) -> str:
        finding = self._findings[number]
        label = _attribute(f"问题 {number}：{finding.title}")
        check = " ck" * (finding.confidence is Confidence.CHECK)
        letter = LETTER[finding.severity]
        link = f'<a class="num {letter}{check}" href="#f{number}" aria-label="{label}">{number}</a>'
        return f"<sup>{link}</sup>"

    def _note(self, place: Place) -> str:
        finding, number = self._findings[place.number], place.number
        letter, check = LETTER[finding.severity], finding.confidence is Confidence.CHECK
        tag = ' <span class="chk">请核对</span>' if check else ""
        nth = f"{place.of}\u00a0处中的第\u00a0{place.index}\u00a0处" if place.of > 1 else ""
        nth = f'<br><span class="sm">{nth}</span>' if nth else ""
        why = f"<p>{_escape(finding.message)}</p>" if place.index == 1 else ""
        return (
            f'<div class="note {letter}{" ck" * check}" role="note" aria-label="批注 {number}">'
            f'<a class="num{" ck" * check}" href="#f{number}" aria-label="到问题 {number} 的说明">{number}</a> '
            f'<span class="sev {letter}">{icon(letter)}{words.SEVERITY[finding.severity]}</span>{tag}'
            f"<br><b>{_escape(finding.title)}</b>{nth}{why}</div>"
        )

    def _page(self, page: Page | int) -> str:
        number = page if isinstance(page, int) else page.number
        head = f"第\u00a0{number}\u00a0页"
        if isinstance(page, int) or number in self._unread:
            head += "　没读出，这一页的内容没有检查"
        elif page.read_by == "ocr":
            sure = f"，可信度 {page.confidence:.2f}" if page.confidence is not None else ""
            head += f"　识别文字{sure}"
        return f'<p class="pm" id="p{number}">{head}</p>\n'


def _escape(text: str) -> str:
    return html.escape(safe.visible(safe.flow(text)), quote=False)


def _attribute(text: str) -> str:
    return html.escape(safe.plain(text))
