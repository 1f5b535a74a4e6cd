"""Two versions of one contract: clauses, problems, and what decides that they are versions at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract_scan.checks import Engine
from contract_scan.compare import ClauseChange, Fate, Shift, compare_versions, similarity
from contract_scan.compare.clauses import Block, compare_clauses, pieces
from contract_scan.compare.versions import VERSIONS_FROM
from tests.compare.reading import CLAUSES, loan, report

UNFAIR = "甲方转让债权的，无需通知乙方。"
REWRITTEN = "甲方可以随时卖掉这笔账，不必告诉任何人。"
OLD = loan()


def told(change: ClauseChange) -> tuple[Shift, str, str, str]:
    gone, new = ("".join(p.text for p in change.pieces if p.kind == kind).strip() for kind in ("gone", "new"))
    return change.shift, change.after or change.before, gone, new


CHANGES = [
    ("nothing", OLD, OLD, []),
    ("a number", OLD, loan(rate="年利率15.6%，按月等额本息还款。"), [(Shift.CHANGED, "第二条", "12", "15.6")]),
    (
        "a clause gone, the rest renumbered", OLD, loan(prepay=""),
        [(Shift.REMOVED, "第三条", CLAUSES["prepay"], "")],
    ),
    (
        "a clause added, the rest renumbered", OLD, loan(fee="乙方另付甲方服务费600元。"),
        [(Shift.ADDED, "第三条", "", "乙方另付甲方服务费600元。")],
    ),
    (
        "a clause moved", OLD, loan(prepay=CLAUSES["late"], late=CLAUSES["prepay"]),
        [(Shift.MOVED, "第三条", "", "")],
    ),
    (
        "a clause rewritten", OLD, loan(transfer=REWRITTEN),
        [(Shift.REMOVED, "第五条", CLAUSES["transfer"], ""), (Shift.ADDED, "第五条", "", REWRITTEN)],
    ),
    ("blanks only", OLD, OLD.replace("年利率12%", "年利率 12%"), []),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_changed_clauses(old: str, new: str, expected: list[tuple[Shift, str, str, str]], engine: Engine) -> None:
    comparison = compare_versions(report(old, engine), report(new, engine))
    found = [told(change) for change in comparison.clauses]
    if found and found[0][0] is Shift.MOVED:  # which of two that changed places has moved is a matter of taste
        assert [one[0] for one in found] == [Shift.MOVED]
        return
    assert sorted(found) == sorted(expected)


def test_renumbered_clauses_are_not_told_as_changed(engine: Engine) -> None:
    comparison = compare_versions(report(OLD, engine), report(loan(prepay=""), engine))
    assert comparison.renumbered == 2  # 第四条 and 第五条 became 第三条 and 第四条


def test_the_pieces_spell_both_texts() -> None:
    before, after = "逾期的，每日按0.05%计收，不计复利。", "逾期的，每月按1.5%计收罚息，并计复利。"
    found = list(pieces(before, after))
    assert "".join(p.text for p in found if p.kind != "new") == before
    assert "".join(p.text for p in found if p.kind != "gone") == after


def fates(old: str, new: str, engine: Engine) -> dict[str, Fate]:
    comparison = compare_versions(report(old, engine), report(new, engine))
    return {one.finding.rule: one.fate for one in comparison.problems}


RULE = "assignment-without-notice"


@pytest.mark.parametrize(
    ("old", "new", "fate"),
    [
        (OLD, loan(transfer=UNFAIR), Fate.GAINED),
        (loan(transfer=UNFAIR), OLD, Fate.SOLVED),
        (loan(transfer=UNFAIR), loan(transfer=UNFAIR), Fate.KEPT),
    ],
)
def test_problems_gained_solved_and_kept(old: str, new: str, fate: Fate, engine: Engine) -> None:
    assert fates(old, new, engine)[RULE] is fate


def test_a_problem_is_not_solved_by_a_page_that_was_not_read(engine: Engine) -> None:
    new = report(OLD, engine)
    new = replace(new, coverage=replace(new.coverage, unread=(2,)))
    comparison = compare_versions(report(loan(transfer=UNFAIR), engine), new)
    tracked = next(one for one in comparison.problems if one.finding.rule == RULE)
    assert tracked.fate is Fate.OPEN
    assert "没有读出" in tracked.reason


def test_versions_are_told_from_offers_by_their_wording(engine: Engine) -> None:
    other = "借据\n今由罗安向贺平借到人民币叁万元整，月息一分，到二〇二七年三月还清。双方签字后生效。"
    assert similarity(report(OLD, engine), report(loan(rate="年利率15%，到期一次还本付息。"), engine)) > VERSIONS_FROM
    assert similarity(report(OLD, engine), report(other, engine)) < VERSIONS_FROM
    assert similarity(report("", engine), report(OLD, engine)) == 0


def test_time_stays_bounded_on_text_made_to_be_slow() -> None:
    assert [p.kind for p in pieces("甲" * 2000, "甲" * 1999 + "乙")] == [
        "gone",
        "new",
    ]  # told whole, not letter by letter
    many = [Block("", "乙", "乙")] * 20_000
    changes, same, _ = compare_clauses(many, many[:15_000])
    assert (same, {change.shift for change in changes}) == (15_000, {Shift.REMOVED})
