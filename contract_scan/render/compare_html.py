"""A comparison as one HTML file in the manner of the report: no network, no script, everything escaped."""

from __future__ import annotations

from contract_scan.compare import AdvertComparison, Fate, Match, OfferComparison, Shift
from contract_scan.render import compare_view
from contract_scan.render.html import css, css_hash, environment
from contract_scan.render.live import Live

STYLE = ("report.css", "compare.css")
#: Match → (class, icon).
LOOK = {Match.DIFFERS: ("c", "n"), Match.NOT_WRITTEN: ("h", "u"), Match.CANNOT: ("l", "u"), Match.AGREES: ("ok", "y")}


def render_compare_html(comparison: compare_view.Comparison, live: Live | None = None) -> str:
    """The page: a file that needs nothing else, or, with *live*, a page of the local server."""
    style = css(*STYLE)
    kind = (
        "advert"
        if isinstance(comparison, AdvertComparison)
        else "offers"
        if isinstance(comparison, OfferComparison)
        else "versions"
    )
    return (
        environment()
        .get_template("compare.html.j2")
        .render(
            comparison=comparison,
            live=live,
            kind=kind,
            title=compare_view.title(comparison),
            statements=compare_view.statements(comparison),
            cv=compare_view,
            look=LOOK,
            Fate=Fate,
            Shift=Shift,
            css=style,
            css_hash=css_hash(style),
        )
    )
