"""Finding, suppressing, comparing with before, and purging."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contract_scan.batch import Store
from contract_scan.batch.confirm import confirm
from contract_scan.batch.deliver import deliver
from contract_scan.batch.export.pack import gather
from contract_scan.batch.groups import find_templates, find_twins
from contract_scan.batch.purge import purge
from contract_scan.batch.query import Query, find, read_baseline
from contract_scan.batch.records import read_desk
from contract_scan.batch.suppress import Suppression, packed
from contract_scan.model import Severity

LENDER = "砚湖小额贷款有限公司"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query(), 7),
        (Query(lender="砚湖"), 1),
        (Query(lender="没有"), 0),
        (Query(file="一"), 2),
        (Query(above=Decimal(24)), 6),
        (Query(above=Decimal(24), lender="砚湖"), 1),
        (Query(rule="upfront-fee-deducted"), 4),
        (Query(rule="no-such-rule"), 0),
        (Query(severity=Severity.CRITICAL), 6),
        (Query(text="平台服务费"), 4),
        (Query(text="面馆 设备"), 1),
        (Query(text="“网络借款三方协议”"), 4),
        (Query(text="没有写过的词语组合"), 0),
        (Query(text='" OR key MATCH "*'), 0),
        (Query(text="NEAR(a b) AND NOT x"), 0),
        (Query(new=True), 7),
    ],
    ids=str,
)
def test_every_condition_narrows(store: Store, query: Query, count: int) -> None:
    assert len(find(store, query).cases) == count


def test_a_query_for_a_rule_shows_only_that_problem(store: Store) -> None:
    desk = find(store, Query(rule="upfront-fee-deducted"))
    assert {problem.rule for case in desk.cases for problem in case.problems} == {"upfront-fee-deducted"}


def test_a_baseline_shows_only_what_is_new(store: Store, out: Path) -> None:
    baseline = read_baseline(out)
    assert find(store, Query(), baseline=baseline).cases == ()
    case = read_desk(store).cases[0]
    gone = {(name, problem.fingerprint) for name in case.names for problem in case.problems[:1]}
    (found,) = find(store, Query(), baseline=set(baseline) - gone).cases
    assert found.problems == case.problems[:1]


def test_what_is_suppressed_is_counted_apart_with_its_reason(store: Store, out: Path) -> None:
    before = read_desk(store)
    item = Suppression("upfront-fee-deducted", "*", "李律师", "已另案处理", date(2027, 1, 1))
    with store.writing():
        store.remember("suppressions", packed([item]))
    desk = read_desk(store)
    told = sum(len(case.counted) for case in before.cases) - sum(len(case.counted) for case in desk.cases)
    assert told == 4
    assert {problem.suppressed for case in desk.cases for problem in case.problems} == {"", str(item)}
    deliver(store, ("csv",))
    assert "已另案处理" in (out / "index.html").read_text("utf-8")
    assert "已另案处理" in (out / "problems.csv").read_text("utf-8-sig")


def test_a_suppression_ends_on_its_day(store: Store) -> None:
    item = Suppression("*", "*", "李律师", "暂时", date(2026, 11, 25))
    with store.writing():
        store.remember("suppressions", packed([item]))
    assert all(case.counted == case.problems for case in read_desk(store).cases)


def test_contracts_of_one_template_are_one_group_and_the_differences_are_named(store: Store) -> None:
    (template,) = find_templates(read_desk(store).cases, store)
    assert len(template.cases) == 4
    assert template.differs == ("借款金额",)
    assert template.alike > 0.95
    assert template.common(1)[0][1] == 4


def test_the_same_contract_in_another_file_is_told(store: Store) -> None:
    cases = read_desk(store).cases
    doubles = [case.names for case in cases if len(case.names) > 1]
    assert [[name.split("/")[1] for name in names] for names in doubles] == [["一 副本.txt", "一.txt"]]
    (twins,) = find_twins(find_templates(cases, store), store)
    names = sorted(case.names[0].split("/")[1] for case in twins)
    assert names == ["=HYPERLINK(1)&amp;.txt", "一 副本.txt", "一 排版.txt"]


def test_a_purge_deletes_every_text_and_keeps_the_figures(store: Store, out: Path) -> None:
    before = read_desk(store)
    words = [case.problems[0].quote for case in before.cases if case.problems and case.problems[0].quote]
    confirm(find(store, Query(lender=LENDER)), store, who="李律师", on=date(2026, 11, 26))
    deliver(store, ("xlsx", "jsonl"))
    purge(store)
    deliver(store)
    after = read_desk(store)
    figures = [(case.level, case.rate, case.principal, len(case.problems)) for case in before.cases]
    assert sorted(map(str, figures)) == sorted(
        str((case.level, case.rate, case.principal, len(case.problems))) for case in after.cases
    )
    assert sorted(path.name for path in out.iterdir() if not path.name.startswith("results.sqlite-")) == [
        ".gitignore", "index.html", "results.sqlite",
    ]  # fmt: skip
    left = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    for secret in (*words, "投诉/一", "网络借款三方协议", "平台服务费　"):
        assert secret.encode() not in left, secret
    assert find(store, Query(text="面馆 设备")).cases == ()
    assert store.rows("SELECT sum(length(block)) AS size FROM words_data")[0]["size"] < 100
    quotes = [quote for one in gather(after, store, LENDER).charges for shown in one.exhibits for quote in shown.quotes]
    assert quotes
    assert {quote for _, quote in quotes} == {"（原文已按 --purge 删除）"}
