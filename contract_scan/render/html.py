"""Report → one HTML file that needs neither network nor script; every string is escaped on its way out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from contract_scan.model import Confidence, Effect, Evidence, Level, Report, Role
from contract_scan.render import annotate, cost, safe, terms, view, words
from contract_scan.render.cost_charts import scale, stack
from contract_scan.render.headline import headline
from contract_scan.render.page_view import PagePicture, page_views, shown

if TYPE_CHECKING:
    from jinja2 import Environment

#: Level → (class, icon; no icon where nothing was found).
LEVEL = {
    Level.STOP: ("l1", "c"),
    Level.NEGOTIATE: ("l2", "h"),
    Level.NOTICE: ("l3", "m"),
    Level.NOTHING_FOUND: ("l4", ""),
    Level.UNDETERMINED: ("l5", "u"),
}
#: State of a key term → (class, icon).
TERM = {
    terms.State.FOUND: ("yes", "y"),
    terms.State.MENTIONED: ("yes", "y"),
    terms.State.BLANK: ("no1", "n"),
    terms.State.UNCLEAR: ("no1", "n"),
    terms.State.UNKNOWN: ("l", "u"),
    terms.State.MISSING: ("no1", "n"),
}
REGULATORY, SIGNAL = {Effect.REGULATORY, Effect.UNFAVOURABLE}, {Effect.SIGNAL}


def render_html(report: Report, pictures: Iterable[PagePicture] = ()) -> str:
    """The report page, with *pictures* of its pages; no lone surrogate, control or direction mark can occur in it."""
    from markupsafe import Markup

    items, rows = view.read_order(report), terms.key_terms(report)
    starts = {cite.evidence.span.start for term in rows for cite in term.cites}
    contract = annotate.annotated(report, items, {start: f"k{start}" for start in sorted(starts)})
    statements, because = headline(report, items, rows)
    shots = page_views(items, pictures)
    page = environment().get_template("report.html.j2")
    return page.render(
        report=report,
        title=view.title(report),
        statements=statements,
        because=because,
        items=items,
        important=view.most_important(items),
        signals=view.signals(items),
        tally=view.tally(report),
        terms=rows,
        cited=view.cited(items),
        contract_html=Markup(contract),  # noqa: S704 — built by annotate, which escapes every piece of text
        invisible=safe.invisible_count(report.source.text),
        spoken=lambda evidence: view.spoken(report, evidence),
        stated_rate=dict(report.cost.written).get("年化", ""),
        near=any(line.standing == "near" for line in report.cost.lines),
        page_views=shots,
        shown=shown(shots),
        css=css("report.css", "pages.css"),
        css_hash=css_hash(css("report.css", "pages.css")),
    )


@cache
def environment() -> Environment:
    """Compiled templates with the words and filters they share, once a process."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from contract_scan.render.bytecode import kept_templates

    environment = Environment(
        loader=PackageLoader("contract_scan.render", "templates"),
        bytecode_cache=kept_templates(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters.update(
        where=_where, tied=safe.tied, ranges=view.page_ranges, verified=words.verified, category=words.category
    )
    environment.globals.update(
        words=words,
        cost=cost,
        scale=scale,
        stack=stack,
        view=view,
        count=terms.count,
        letter=annotate.LETTER,
        level=LEVEL,
        term_look=TERM,
        term_label=terms.LABEL,
        State=terms.State,
        Role=Role,
        Confidence=Confidence,
        dashed=REGULATORY,
        red=SIGNAL,
        icon=lambda name: Markup(annotate.icon(name)),  # noqa: S704 — the name is one of ours
    )
    return environment


def _harmless(value: object) -> object:
    """What every {{ }} passes through before it is escaped."""
    return safe.visible(value) if type(value) is str else value


def _where(evidence: Evidence) -> str:
    return view.where(evidence) or "合同正文"


@cache
def css(*names: str) -> str:
    """Style sheets of ours, one after the other."""
    from markupsafe import Markup

    folder = files("contract_scan.render").joinpath("templates")
    return Markup("".join(folder.joinpath(name).read_text("utf-8") for name in names))  # noqa: S704 — our own files


def css_hash(style: str) -> str:
    """What a page's policy allows: exactly this style sheet, nothing a contract could smuggle in."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
