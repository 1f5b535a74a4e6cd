"""What the report says beyond its findings: groups, glossary, letter, checklist, warning signs."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from contract_scan.checks import Engine
from contract_scan.model import Confidence, Effect, Severity, Unjudged
from contract_scan.render import checklist, groups, message, render, view
from contract_scan.render.glossary import TERMS, Glossary
from contract_scan.render.letter_docx import letter_docx
from contract_scan.render.safe import plain
from contract_scan.render.traditional import traditional

from .factory import priced, quiet, report


def test_every_category_and_every_named_rule_has_a_group(engine: Engine) -> None:
    rules = engine.rulebook.rules
    assert {rule.category for rule in rules} <= set(groups.CATEGORY)
    assert set(groups.RULE) <= {rule.id for rule in rules}
    assert {*groups.CATEGORY.values(), *groups.RULE.values()} <= set(groups.GROUPS)


def test_every_warning_sign_is_looked_for_by_rules_that_exist(engine: Engine) -> None:
    known = {rule.id for rule in engine.rulebook.rules}
    for name, rules in checklist.SIGNS:
        assert set(rules) <= known, name


def test_a_category_of_the_users_own_stands_under_other() -> None:
    one = replace(report().findings[0], rule="own", category="house-rules")
    assert groups.group_of(one) == "other"


def test_every_finding_stands_once_in_a_group_or_over_them() -> None:
    items = view.read_order(report())
    inside = [item.number for group in groups.grouped(items) for item in group.items]
    signals = [item.number for item in view.signals(items)]
    assert sorted([*inside, *signals]) == [item.number for item in items]
    for group in groups.grouped(items):
        assert [item.number for item in group.items] == sorted(item.number for item in group.items)


def test_a_term_is_linked_where_it_stands_first_and_explained_once() -> None:
    gloss = Glossary()
    assert gloss("年化按复利口径算，罚息照收复利") == (
        '年化按<a class="g" id="u-compound" href="#g-compound">复利口径</a>算，'
        '<a class="g" id="u-penalty-interest" href="#g-penalty-interest">罚息</a>照收复利'
    )
    assert gloss("复利和罚息") == "复利和罚息"
    assert [id for id, _, _ in gloss.entries()] == ["compound", "penalty-interest"]


def test_glossed_text_is_escaped() -> None:
    assert str(Glossary()("<b>本金</b>\x1b")) == (
        '&lt;b&gt;<a class="g" id="u-principal" href="#g-principal">本金</a>&lt;/b&gt;[U+001B]'
    )


def test_no_word_of_the_glossary_has_two_meanings() -> None:
    words = [word for names, _ in TERMS.values() for word in names]
    assert len(words) == len(set(words))


def test_the_glossary_holds_exactly_the_terms_that_are_linked() -> None:
    html = render(report(cost=priced()), "html")
    linked = re.findall('<a class="g" id="u-([a-z-]+)"', html)
    assert linked
    assert len(linked) == len(set(linked))
    assert re.findall('<div id="g-([a-z-]+)"><dt>', html) == linked


def test_the_letter_holds_the_gravest_points_with_the_exact_words() -> None:
    made = report()
    points = message.points(made, view.read_order(made))
    letter, chat = message.letter_of(made, points), message.chat_of(made, points)
    chosen = [point for point in points if point.chosen]
    assert 0 < len(chosen) <= message.CHOSEN
    assert all(point.severity in message.GRAVE for point in chosen)
    for point in points:
        assert (point.letter in letter) == (point.chat in chat) == point.chosen
    assert "“由甲方放款时从本金中直接扣下转交丙方，借款本金仍记作贰万元”" in letter
    assert letter.startswith("澄渡小额贷款有限公司（虚构）：\n您好！")


def test_without_grave_problems_the_others_are_chosen_and_without_any_the_papers_are_asked_for() -> None:
    made = report()
    mild = replace(made, findings=tuple(replace(one, severity=Severity.LOW) for one in made.findings))
    assert any(point.chosen for point in message.points(mild, view.read_order(mild)))
    nothing = message.points(quiet(), ())
    assert nothing == ()
    assert "还款计划表发给我核对" in message.letter_of(quiet(), nothing)
    assert "还款计划表发给我" in message.chat_of(quiet(), nothing)


def test_what_a_fraud_signal_says_is_no_point_of_the_letter() -> None:
    made = report()
    numbers = {point.number for point in message.points(made, view.read_order(made))}
    assert numbers.isdisjoint(item.number for item in view.signals(view.read_order(made)))


@pytest.mark.parametrize(
    ("sets", "state"),
    [("clear", "clear"), ("undetermined", "undetermined"), ("", "")],
)
def test_a_warning_sign_is_never_called_absent_unless_it_was_looked_for(sets: str, state: str) -> None:
    told = (Unjudged("fraud-pay-to-private-account", "x", "y"),)
    made = replace(quiet(), clear=told if sets == "clear" else (), undetermined=told if sets == "undetermined" else ())
    sign = next(one for one in checklist.signs(made, ()) if one.name == "钱要转到个人账户")
    assert sign.state == state


def test_a_warning_sign_leads_to_its_finding() -> None:
    made = report()
    found = [sign for sign in checklist.signs(made, view.read_order(made)) if sign.items]
    assert [item.finding.effect for sign in found for item in sign.items] == [Effect.SIGNAL]
    number = found[0].items[0].number
    assert f'找到了</span><span>{found[0].name}　<a class="nw" href="#f{number}">' in render(made, "html")


def test_the_checklist_says_what_this_contract_leaves_open() -> None:
    hints = {check.id: check.hint for check in checklist.checks(report())}
    assert "澄渡小额贷款有限公司（虚构）" in hints["name"]
    assert "登记全称" in {check.id: check.hint for check in checklist.checks(quiet())}["name"]
    assert "没有其他费用" in {check.id: check.hint for check in checklist.checks(quiet())}["fees"]


def test_complaints_go_to_the_channels_of_the_report_with_source_and_date() -> None:
    made = report()
    html = render(made, "html")
    for channel in made.lender.channels:
        assert html.count(f"<b>{channel.body}</b>") == 1
        assert channel.source_date in html


def test_the_letter_for_word_holds_the_same_lines_and_nothing_dangerous() -> None:
    text = "您好！\n\n· <b>引文</b> & “原话”\n\x1b[31m红\u202e反\x00"
    data = letter_docx(text)
    lines = [one.text for one in docx.Document(BytesIO(data)).paragraphs]
    assert lines == ["您好！", "", "· <b>引文</b> & “原话”", "[U+001B][31m红[U+202E]反[U+0000]"]
    assert data == letter_docx(text)


def test_traditional_characters_leave_quotations_alone() -> None:
    html = render(report(), "html")
    turned = traditional(html)
    assert "發現的問題" in turned
    assert "簽之前" in turned
    quotes = re.compile('<blockquote class="q[^"]*"><p>(.*?)</p>|<mark [^>]*>(.*?)</mark>|<q>(.*?)</q>', re.S)
    assert quotes.findall(turned) == quotes.findall(html)
    assert re.findall("<style>.*?</style>", turned, re.S) == re.findall("<style>.*?</style>", html, re.S)
    assert '<html lang="zh-Hant">' in turned


def test_doubtful_findings_may_be_asked_about_too() -> None:
    made = report()
    doubtful = [one for one in made.findings if one.confidence is Confidence.CHECK and one.effect is not Effect.SIGNAL]
    titles = {point.title for point in message.points(made, view.read_order(made))}
    assert {plain(one.title) for one in doubtful if one.ask} <= titles
