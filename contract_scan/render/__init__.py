"""Report → what people and programs read: html, json, text, md, and a letter to the lender.

Sees a :class:`~contract_scan.model.Report` and nothing behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from contract_scan.errors import ContractScanError
from contract_scan.model import Report
from contract_scan.render.html import render_html
from contract_scan.render.json import render_json
from contract_scan.render.letter import letter
from contract_scan.render.md import render_md
from contract_scan.render.safe import encode
from contract_scan.render.text import render_text

__all__ = ["RENDERERS", "encode", "letter", "render", "render_html"]

#: Format → renderer.
RENDERERS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"html": render_html, "json": render_json, "text": render_text, "md": render_md}
)


def render(report: Report, format: str) -> str:
    """The report in one of :data:`RENDERERS`; write it to a file with :func:`encode`."""
    if format not in RENDERERS:
        raise ContractScanError(f"不认识的格式 {format}。可用的格式：{'、'.join(RENDERERS)}。")
    return RENDERERS[format](report)
