"""What leaves the desk: real cells, valid SARIF, no formula, and nothing about a named lender that nobody confirmed."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from contract_scan.batch import Store
from contract_scan.batch.confirm import confirm, unconfirm
from contract_scan.batch.deliver import deliver, export
from contract_scan.batch.export.csv import contracts_csv, problems_csv
from contract_scan.batch.export.pack import gather, pack_html, pack_md
from contract_scan.batch.export.xlsx import xlsx
from contract_scan.batch.query import Query, find
from contract_scan.batch.records import Desk, read_desk
from contract_scan.errors import ContractScanError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LENDER = "砚湖小额贷款有限公司"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "\n=1")


def sheets(content: bytes) -> dict[str, ElementTree.Element]:
    """The sheets of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [
            sheet.get("name", "") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        ]
        return {
            name: ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            for number, name in enumerate(names, 1)
        }


def with_lender(desk: Desk, lender: str) -> Desk:
    return replace(desk, cases=tuple(replace(case, lender=lender) for case in desk.cases))


def test_the_workbook_has_its_sheets_with_filters_and_a_frozen_head(finished: Path) -> None:
    found = sheets((finished / "results.xlsx").read_bytes())
    assert list(found) == ["说明", "总览", "问题", "关键条款", "成本", "未能检查"]
    for name in list(found)[1:]:
        assert found[name].find(f"{MAIN}autoFilter") is not None
        pane = found[name].find(f".//{MAIN}pane")
        assert pane is not None
        assert pane.get("state") == "frozen"
    assert len(found["总览"].findall(f".//{MAIN}row")) == 1 + 7
    assert len(found["未能检查"].findall(f".//{MAIN}row")) == 1 + 1


def test_numbers_and_days_are_real_cells(finished: Path) -> None:
    row = sheets((finished / "results.xlsx").read_bytes())["总览"].findall(f".//{MAIN}row")[1]
    kinds = {(cell.get("r") or "")[:1]: cell.get("t") for cell in row}
    assert (kinds["A"], kinds["H"], kinds["I"], kinds["K"]) == ("s", None, None, None)


@pytest.mark.parametrize("evil", FORMULAS)
def test_no_cell_becomes_a_formula(store: Store, evil: str) -> None:
    desk = with_lender(read_desk(store), evil)
    for name, sheet in sheets(xlsx(desk, store)).items():
        assert sheet.find(f".//{MAIN}f") is None, name
        assert sheet.find(f".//{MAIN}hyperlink") is None, name
    for content in (contracts_csv(desk), problems_csv(desk)):
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            assert not [cell for cell in row if re.match(r"[\s]*[=+@＝]|[\s]*-\D", cell)]


def test_csv_opens_in_a_spreadsheet(finished: Path) -> None:
    content = (finished / "contracts.csv").read_bytes()
    assert content.startswith("\ufeff文件".encode())
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 8
    assert {row["结论"] for row in rows} >= {"先别签", "未能检查"}
    assert next(row for row in rows if "microloan" in row["文件"])["借款金额"] == "200000"


def test_json_lines_hold_every_report_and_every_failure(finished: Path, store: Store) -> None:
    lines = [json.loads(line) for line in (finished / "results.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 8
    assert sum("failure" in line for line in lines) == 1
    assert sorted(name for line in lines for name in line["files"]) == [
        row["path"] for row in store.rows("SELECT path FROM file ORDER BY path")
    ]
    assert all(line["report"]["schema"] == "contract-scan-report/1" for line in lines if "report" in line)


def test_sarif_is_valid_and_points_at_the_words(finished: Path, store: Store) -> None:
    log = json.loads((finished / "results.sarif").read_text("utf-8"))
    schema = json.loads(Path(__file__).with_name("sarif-2.1.0.schema.json").read_text("utf-8"))
    jsonschema.validate(log, schema)
    (run,) = log["runs"]
    assert len(run["results"]) == len(store.rows("SELECT 1 FROM finding"))
    assert run["invocations"][0]["executionSuccessful"] is False
    case = next(case for case in read_desk(store).cases if case.names[0].endswith("一 副本.txt"))
    source = store.rows("SELECT source FROM scan WHERE key = ?", (case.key,))[0]["source"]
    regions = [
        place["physicalLocation"]["region"]
        for result in run["results"]
        for place in result["locations"]
        if "%E4%B8%80%20%E5%89%AF" in place["physicalLocation"]["artifactLocation"]["uri"]
        and "region" in place["physicalLocation"]
    ]
    assert regions
    for region in regions:
        start = region["charOffset"]
        assert source[start : start + region["charLength"]] == region["snippet"]["text"]


def test_a_pack_about_a_named_lender_holds_only_what_somebody_confirmed(store: Store) -> None:
    with pytest.raises(ContractScanError, match="都还没有人核实"):
        gather(read_desk(store), store, LENDER)
    every = find(store, Query(lender=LENDER))
    rule = every.cases[0].problems[0].rule
    assert confirm(find(store, Query(lender=LENDER, rule=rule)), store, who="李律师", on=date(2026, 11, 26)) == 1
    pack = gather(read_desk(store), store, LENDER)
    assert [charge.problem.rule for charge in pack.charges] == [rule]
    assert pack.left_out == len(every.cases[0].problems) - 1
    for page in (pack_html(pack), pack_md(pack)):
        assert "李律师" in page
        assert every.cases[0].problems[0].quote[5:15] in page
        assert f"另有 {pack.left_out} 处" in page.replace("\u00a0", " ")
        assert "《" in page
    assert unconfirm(read_desk(store), store) == 1
    with pytest.raises(ContractScanError, match="都还没有人核实"):
        gather(read_desk(store), store, LENDER)


def test_a_confirmation_outlives_new_rules(store: Store) -> None:
    desk = find(store, Query(lender=LENDER))
    confirm(desk, store, who="李律师", on=date(2026, 11, 26))
    with store.writing():
        store.execute("UPDATE scan SET key = 'new' || key")
        store.execute("UPDATE finding SET key = 'new' || key")
        store.execute("UPDATE file SET key = 'new' || key WHERE key <> ''")
    assert find(store, Query(lender=LENDER)).confirmed


def test_a_pack_needs_to_know_the_lender(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ContractScanError, match="请加 --lender"):
        export(read_desk(store), store, tmp_path / "x.html")
    with pytest.raises(ContractScanError, match="读到的出借人有"):
        gather(read_desk(store), store, "没有这家")


def test_words_of_a_contract_never_become_markup(store: Store) -> None:
    evil = '<script>alert(1)</script>[x](javascript:1) | `"'
    desk = with_lender(read_desk(store), evil)
    confirm(desk, store, who="<b>李</b>", on=date(2026, 11, 26))
    desk = with_lender(read_desk(store), evil)
    pack = gather(desk, store, evil)
    assert "<script" not in pack_html(pack)
    assert "<b>李" not in pack_html(pack)
    assert "<script" not in pack_md(pack)
    assert not re.search(r"(?<!\\)\]\(", pack_md(pack))


def test_every_export_says_that_nobody_has_looked(store: Store, out: Path) -> None:
    deliver(store, ("xlsx", "csv"))
    assert "程序初筛，未经人工核实" in (out / "index.html").read_text("utf-8")
    assert "程序初筛，未经人工核实" in (out / "problems.csv").read_text("utf-8-sig")
    confirm(read_desk(store), store, who="李律师", on=date(2026, 11, 26))
    deliver(store)
    assert "程序初筛，未经人工核实" not in (out / "index.html").read_text("utf-8")


def test_figures_are_those_of_the_reports(store: Store) -> None:
    case = next(case for case in read_desk(store).cases if "microloan" in case.names[0])
    report = json.loads(store.rows("SELECT report FROM scan WHERE key = ?", (case.key,))[0]["report"])
    assert case.rate == Decimal(report["cost"]["simple"])
    assert case.level.value == report["summary"]["level"]
    assert [problem.rule for problem in sorted(case.problems, key=lambda problem: problem.number)] == [
        finding["rule"] for finding in report["findings"]
    ]
