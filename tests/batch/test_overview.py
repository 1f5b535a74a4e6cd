"""The overview: self-contained, escaped, readable without script, and it sorts and filters with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contract_scan.batch import Store
from contract_scan.batch.overview import bars, common_rules, lender_rows, spread, write_overview
from contract_scan.batch.records import read_desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def page(finished: Path) -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("needs chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto((finished / "index.html").as_uri())
        yield page
        browser.close()
    assert wrong == []


def shown(page: Page) -> int:
    page.wait_for_timeout(250)
    return page.locator("#cases tbody tr:visible").count()


def test_every_contract_and_every_failure_stands_in_the_page(finished: Path, store: Store) -> None:
    html = (finished / "index.html").read_text("utf-8")
    for case in read_desk(store).cases:
        assert f'href="reports/{case.key[:20]}.html"' in html
        assert (finished / f"reports/{case.key[:20]}.html").exists()
    assert "坏.pdf" in html
    assert html.count("<tr data-l=") == 7


def test_nothing_is_loaded_from_anywhere(finished: Path) -> None:
    html = (finished / "index.html").read_text("utf-8")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:|//)|@import|url\(""", html)
    assert "default-src 'none'" in html
    assert len(re.findall("<script", html)) == 1


def test_hostile_names_are_words_only(store: Store) -> None:
    with store.writing():
        store.execute(
            "UPDATE scan SET lender = '</script><img src=x onerror=alert(1)>', title = '<i>' WHERE lender <> ''"
        )
        store.execute("UPDATE file SET path = path || '\"><b onclick=x>' || char(0x202e)")
    html = write_overview(read_desk(store), store)
    assert "<img" not in html
    assert "<b onclick" not in html
    assert "\u202e" not in html


def test_counts_agree_with_the_cases(store: Store) -> None:
    cases = read_desk(store).cases
    rules = common_rules(cases)
    rows = lender_rows(cases, store, rules)
    assert sum(len(row.cases) for row in rows) == len(cases)
    for index, problem in enumerate(rules):
        having = sum(any(one.rule == problem.rule for one in case.counted) for case in cases)
        assert sum(row.cells[index].count for row in rows) == having
    known = [case.rate for case in cases if case.rate is not None]
    assert sum(count for _, count in bars(cases)) == len(known)
    assert (found := spread(cases)) is not None
    assert (found.low, found.high, found.count) == (min(known), max(known), len(known))


def test_an_empty_desk_is_a_page_too(store: Store) -> None:
    with store.writing():
        store.execute("DELETE FROM file")
    assert "<h1>0 份合同</h1>" in write_overview(read_desk(store), store)


@pytest.mark.parametrize(
    ("field", "value", "count"),
    [
        ("[name=words]", "砚湖", 1),
        ("[name=words]", "一 副本", 1),
        ("[name=words]", "没有这样的", 0),
        ("[name=above]", "24", 6),
    ],
)
def test_typing_filters_the_table(page: Page, field: str, value: str, count: int) -> None:
    page.click("button[type=reset]")
    assert shown(page) == 7
    page.fill(field, value)
    assert shown(page) == count
    assert page.inner_text("#told") == f"显示 {count} 份，共 7 份"


def test_choosing_filters_the_table(page: Page) -> None:
    page.click("button[type=reset]")
    page.select_option("[name=level]", index=1)
    assert shown(page) == 6
    page.select_option("[name=rule]", index=1)
    assert 0 < shown(page) <= 6
    page.click("button[type=reset]")
    assert shown(page) == 7


def test_a_head_sorts_and_unknown_values_stay_last(page: Page) -> None:
    page.click("button[type=reset]")
    column = "#cases tbody tr td:nth-child(6)"
    for _ in range(2):
        page.click("#cases th.y button")
        values = page.eval_on_selector_all(column, "cells => cells.map(cell => cell.dataset.v)")
        known = [float(value) for value in values if value]
        assert known in (sorted(known), sorted(known, reverse=True))
        assert values[len(known) :] == [""] * (len(values) - len(known))


def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
