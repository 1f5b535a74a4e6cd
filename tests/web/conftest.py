"""A server of our own for the tests, and a browser that may talk to nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLES = Path(__file__).parents[2] / "samples"


def pdf(text: str, *, title: str = "") -> bytes:
    """A PDF with a Chinese text layer, one line a line."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    canvas = Canvas(out)
    canvas.setTitle(title)
    lines = [line[at : at + 40] for line in text.splitlines() for at in range(0, max(len(line), 1), 40)]
    for start in range(0, len(lines), 40):
        canvas.setFont("STSong-Light", 12)
        for row, line in enumerate(lines[start : start + 40]):
            canvas.drawString(60, 780 - 18 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where ``contract-scan serve`` listens, with its children ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "contract_scan", "serve", "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(2)]
    try:
        yield told[0].split("：", 1)[1].strip().rstrip("/")
    finally:
        process.terminate()
        assert process.communicate(timeout=20)[0] == "", "the server logs nothing about what it was given"


@dataclass
class Heard:
    """What a page said and asked for while a test used it."""

    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("console", lambda message: self.console.append(message.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("dialog", lambda dialog: (self.console.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    def strangers(self, address: str) -> list[str]:
        """Requests that did not go to our server."""
        ours = (f"{address}/", "data:", f"blob:{address}/")
        return [url for url in self.requests if not url.startswith(ours)]


@pytest.fixture
def heard(address: str) -> Iterator[Heard]:
    """Whatever a test does: no console message, no request that leaves our server."""
    heard = Heard()
    yield heard
    assert heard.console == []
    assert heard.strangers(address) == []


@pytest.fixture(params=[390, 1280], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str, heard: Heard) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": request.param, "height": 844}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    heard.listen(page)
    page.goto(address)
    yield page
    context.close()
