"""Pages of the original in the HTML report: framed, linked, folded, harmless."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from contract_scan.model import Box
from contract_scan.render import view
from contract_scan.render.html import render_html
from contract_scan.render.page_view import PagePicture, page_views, pages_of, shown

from .factory import quiet, report

PICTURES = tuple(PagePicture(number, 595.0, 842.0, "image/webp", b"RIFF" + bytes([number])) for number in (3, 1))


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(report(), PICTURES)


def test_every_place_on_a_pictured_page_is_framed_and_linked(page: str) -> None:
    items = view.read_order(report())
    views = page_views(items, PICTURES)
    assert [one.number for one in views] == [1, 3]
    frames = [frame for one in views for frame in one.frames]
    assert len(frames) >= 5
    for anchor, target in shown(views).items():
        assert f'id="{anchor}"' in page
        assert page.count(f'id="{target}"') == 1
        assert f'href="#{target}"' in page
    assert {frame.place.evidence.page for frame in frames} <= {1, 2, 3}


def test_a_frame_is_drawn_around_each_box(page: str) -> None:
    views = page_views(view.read_order(report()), PICTURES)
    box = views[0].frames[0].boxes[0]
    assert f'x="{box.x0 - 1:.1f}" y="{box.top - 1:.1f}"' in page
    assert page.count('class="bx"') == sum(len(frame.boxes) for one in views for frame in one.frames)


def test_pages_are_folded_and_inside_the_file(page: str) -> None:
    assert page.count('<details class="pgv">') == 2
    assert "open" not in re.findall(r'<details class="pgv"[^>]*>', page)[0]
    assert page.count("data:image/webp;base64,") == 2
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page.replace('href="data:,', ""))


def test_without_pictures_nothing_speaks_of_pages() -> None:
    text = render_html(report())
    assert "原件的页面" not in text
    assert "看原页" not in text
    assert "看原页" not in render_html(quiet(), PICTURES)


def test_a_title_from_outside_stays_text() -> None:
    base = report()
    first = replace(base.findings[0], title='"><script>alert(1)</script>')
    text = render_html(replace(base, findings=(first, *base.findings[1:])), PICTURES)
    assert "<script" not in text


def test_boxes_that_lie_nowhere_are_not_drawn() -> None:
    base = report()
    finding = next(finding for finding in base.findings if finding.evidence and finding.evidence[0].boxes)
    nan = float("nan")
    evidence = tuple(replace(each, boxes=(Box(1, nan, nan, nan, nan),)) for each in finding.evidence)
    lone = replace(base, findings=(replace(finding, evidence=evidence),))
    items = view.read_order(lone)
    assert pages_of(items) == frozenset()
    assert all(not one.frames for one in page_views(items, PICTURES))


def test_numbers_at_one_place_stand_side_by_side() -> None:
    base = report()
    finding = next(finding for finding in base.findings if finding.evidence and finding.evidence[0].boxes)
    twice = replace(base, findings=(finding, replace(finding, rule="another")))
    number = finding.evidence[0].boxes[0].page
    picture = PagePicture(number, 595.0, 842.0, "image/webp", b"")
    (one,) = page_views(view.read_order(twice), [picture])
    assert len({frame.tag for frame in one.frames}) == len(one.frames)
