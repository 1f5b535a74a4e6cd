"""The report in a real browser, opened from disk, at the width of a phone and of a desktop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contract_scan.render import encode, render

from .factory import long_report, priced, quiet, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (390, 1280)
#: Text nodes whose contrast with what lies behind them is below WCAG AA: [ratio, words, class].
LOW_CONTRAST = """() => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const lum = c => c.slice(0, 3).map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = node => {
    for (let n = node; n; n = n.parentElement) {
      const c = rgb(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const low = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.textContent.trim() || !parent.getClientRects().length) continue;
    const style = getComputedStyle(parent), a = lum(rgb(style.color)), b = lum(behind(parent));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const large = parseFloat(style.fontSize) >= 24
      || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) low.push([ratio.toFixed(2), node.textContent.trim().slice(0, 20), parent.className]);
  }
  return low;
}"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("报告 文件夹")
    made = {
        "usual": report(),
        "quiet": quiet(),
        "priced": report(cost=priced()),
        "odd": quiet("借款合同\n第一条 长\n" + "A" * 3000 + "\n" + "利" * 3000 + "\n" + "\u05d0\u05d1 " * 99),
        "long": long_report(30_000, 40),
    }
    for name, one in made.items():
        (folder / f"{name}.html").write_bytes(encode(render(one, "html")))
    return {name: folder / f"{name}.html" for name in made}


def _open(browser: Browser, path: Path, width: int, *, scheme: str = "light", script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", [320, *WIDTHS])
@pytest.mark.parametrize("name", ["usual", "quiet", "odd", "long", "priced"])
def test_nothing_sticks_out_sideways(browser: Browser, saved: dict[str, Path], name: str, width: int) -> None:
    page = _open(browser, saved[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """() => [...document.querySelectorAll('main *, header *')]
           .filter(n => !n.closest('.scroll, .vh, details:not([open])')
           && n.getBoundingClientRect().right > innerWidth + 1).map(n => n.tagName + '.' + n.className)"""
    )
    assert wide == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_errors_and_no_requests(browser: Browser, saved: dict[str, Path], width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    heard: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(saved["usual"].as_uri())
    page.mouse.wheel(0, 20_000)
    assert heard == []
    assert asked == [saved["usual"].as_uri()]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_link_leads_somewhere_visible(browser: Browser, saved: dict[str, Path], width: int) -> None:
    page = _open(browser, saved["usual"], width)
    lost = page.evaluate(
        """() => [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))
           .filter(h => !h.startsWith('#') || !document.getElementById(h.slice(1)))"""
    )
    assert lost == []
    folded = page.evaluate(
        """() => [...document.querySelectorAll('a')].map(a => document.getElementById(a.hash.slice(1)))
           .filter(n => n.closest('details:not([open])')).map(n => n.id)"""
    )
    assert folded == []


@pytest.mark.parametrize("width", WIDTHS)
def test_marks_are_seen_and_lead_to_their_finding_and_back(
    browser: Browser, saved: dict[str, Path], width: int
) -> None:
    page = _open(browser, saved["usual"], width)
    marks = page.locator("mark")
    assert marks.count() > 10
    assert all(mark.is_visible() for mark in marks.all())
    page.locator("#m2 ~ sup a.num").first.click()
    page.wait_for_function("location.hash === '#f2'", timeout=10_000)
    assert page.evaluate("document.querySelector('#f2').getBoundingClientRect().top") < 844
    page.locator("#f2 blockquote a").first.click()
    page.wait_for_function("location.hash === '#m2'", timeout=10_000)
    assert 0 <= page.evaluate("document.querySelector('#m2 + mark').getBoundingClientRect().top") < 844


def test_the_explanation_stands_beside_the_words_on_a_desktop_and_below_on_a_phone(
    browser: Browser, saved: dict[str, Path]
) -> None:
    boxes = {}
    for width in WIDTHS:
        page = _open(browser, saved["usual"], width)
        row = page.locator(".cl.has", has=page.locator("#m2"))
        boxes[width] = (row.locator(".t").bounding_box(), row.locator(".note").first.bounding_box())
    text, note = boxes[390]
    assert text is not None
    assert note is not None
    assert note["y"] >= text["y"] + text["height"] - 1
    text, note = boxes[1280]
    assert text is not None
    assert note is not None
    assert note["x"] >= text["x"] + text["width"]
    assert abs(note["y"] - text["y"]) < 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["usual", "quiet", "priced"])
def test_all_text_meets_wcag_aa(browser: Browser, saved: dict[str, Path], name: str, width: int, scheme: str) -> None:
    page = _open(browser, saved[name], width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 24, 27)")
    assert page.evaluate(LOW_CONTRAST) == []


def test_without_script_everything_is_there_and_folds_open(browser: Browser, saved: dict[str, Path]) -> None:
    page = _open(browser, saved["usual"], 390, script=False)
    assert page.locator("mark").first.is_visible()
    law = page.locator("#f2 .law")
    assert not law.is_visible()
    page.locator("#f2 details.laws summary").click()
    assert law.is_visible()
    page.locator("#only").check()
    assert not page.locator(".doc > p.t").first.is_visible()
    assert page.locator(".cl.has").first.is_visible()
    page.locator("#k-c").uncheck()
    assert not page.locator("#f2").is_visible()
    assert page.locator("#f5").is_visible()


def test_the_keyboard_reaches_the_main_part_and_shows_where_it_is(browser: Browser, saved: dict[str, Path]) -> None:
    page = _open(browser, saved["usual"], 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    assert page.locator(".skip").bounding_box()["height"] > 20  # type: ignore[index]
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#main'", timeout=10_000)
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_in_print_folds_are_open_and_controls_gone(browser: Browser, saved: dict[str, Path]) -> None:
    page = _open(browser, saved["usual"], 1280)
    page.emulate_media(media="print")
    assert not page.locator(".toc").is_visible()
    assert not page.locator("#only").is_visible()
    assert page.locator("#f2 .law q").bounding_box()["height"] > 0  # type: ignore[index]
    assert page.locator("mark").first.is_visible()


#: Words of an SVG that lie on each other: [one, other].
OVERLAPPING = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('#cost svg[role=img]')) {
    const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    texts.forEach(([one, a], i) => texts.slice(i + 1).forEach(([other, b]) => {
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 5 && b.top < a.bottom - 5)
        found.push([one, other]);
    }));
    const frame = svg.getBoundingClientRect();
    const out = a => a.left < frame.left - 2 || a.right > frame.right + 2;
    texts.forEach(([one, a]) => { if (out(a)) found.push([one, 'edge']); });
  }
  return found;
}"""


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_the_words_of_the_charts_do_not_touch(browser: Browser, saved: dict[str, Path], width: int) -> None:
    page = _open(browser, saved["priced"], width)
    assert page.locator("#cost svg[role=img]").count() == 2
    assert page.evaluate(OVERLAPPING) == []


def test_the_ledger_is_printed(browser: Browser, saved: dict[str, Path]) -> None:
    page = _open(browser, saved["priced"], 1280)
    assert not page.locator(".ledger td").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".ledger td").first.is_visible()
    assert page.locator("#cost svg[role=img]").first.is_visible()
