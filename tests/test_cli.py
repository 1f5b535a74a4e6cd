"""The commands as a user types them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contract_scan.cli import main

ROOT = Path(__file__).resolve().parents[1]
TEXT = """借款合同
甲方（出借人）：张三
乙方（借款人）：李四
第一条 借款金额为人民币50000元，借款期限12个月，年利率为12%，到期一次还本付息。
第二条 甲方转让本合同债权的，无需通知乙方。
第三条 乙方逾期还款的，按逾期本金每日0.05%支付违约金。
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "借款合同.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_report_lies_beside_the_contract(contract: Path) -> None:
    result = run("scan", contract)
    assert result.exit_code == 0
    report = contract.with_name("借款合同.报告.html")
    assert str(report) in result.output.replace("\n", "")
    assert report.read_text("utf-8").startswith("<!")


def test_json_quotes_are_the_text_at_their_offsets(contract: Path) -> None:
    result = run("scan", contract, "--format", "json")
    report = json.loads(result.stdout)
    pieces = [piece for finding in report["findings"] for piece in finding["evidence"]]
    assert pieces
    assert all(TEXT[p["start"] : p["end"]] == p["quote"] for p in pieces)


def test_same_input_same_bytes(contract: Path) -> None:
    arguments = ("scan", contract, "--format", "json", "--as-of", "2026-11-25")
    assert run(*arguments).stdout == run(*arguments).stdout


def test_fail_on(contract: Path) -> None:
    assert run("scan", contract, "--fail-on", "low").exit_code == 1
    assert run("scan", contract, "--fail-on", "critical").exit_code == 0


def test_several_files_and_one_that_fails(contract: Path, tmp_path: Path) -> None:
    result = run("scan", contract, tmp_path / "没有这个.pdf", "-o", tmp_path / "out", "--format", "json")
    assert result.exit_code == 2
    assert (tmp_path / "out" / "借款合同.报告.json").exists()


def test_the_letter_is_ready_to_send(contract: Path) -> None:
    result = run("letter", contract)
    assert result.exit_code == 0
    assert "无需通知乙方" in result.output


@pytest.mark.parametrize("command", [["--help"], ["scan", "--help"], ["letter", "--help"], ["rules", "--help"]])
def test_help_has_an_example(command: list[str]) -> None:
    result = run(*command)
    assert result.exit_code == 0
    assert "contract-scan" in result.output


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, contract_scan.cli; print(*{'spacy', 'jieba', 'pdfplumber', 'rich', 'yaml'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


class TestRules:
    def test_list_names_every_rule(self) -> None:
        assert "assignment-without-notice" in run("rules", "list").output

    def test_show_tells_why_and_what_to_ask(self) -> None:
        output = run("rules", "show", "assignment-without-notice").output
        assert "为什么" in output
        assert "问什么" in output

    def test_show_guesses_what_was_meant(self) -> None:
        result = run("rules", "show", "asignment-without-notice")
        assert result.exit_code == 2
        assert "assignment-without-notice" in result.output

    def test_a_new_rule_is_one_file_that_works(self, tmp_path: Path) -> None:
        assert run("rules", "new", "my-rule", "--category", "hidden-fees", "-o", tmp_path).exit_code == 0
        result = run("rules", "test", "my-rule", "--rules", tmp_path)
        assert result.exit_code == 0, result.output
        assert "2 个例子通过" in result.output

    def test_a_checkouts_own_rules_folder_takes_the_place_of_the_built_in_one(self, tmp_path: Path) -> None:
        shutil.copytree(ROOT / "rules", tmp_path / "rules")
        run("rules", "new", "my-rule", "--category", "hidden-fees", "-o", tmp_path / "rules")
        result = run("rules", "test", "my-rule", "--rules", tmp_path / "rules")
        assert result.exit_code == 0, result.output

    def test_a_mistake_in_a_rule_is_explained(self, tmp_path: Path) -> None:
        run("rules", "new", "my-rule", "--category", "hidden-fees", "-o", tmp_path)
        file = tmp_path / "hidden-fees" / "my-rule.yaml"
        file.write_text(file.read_text("utf-8").replace("title:", "titel:"), "utf-8")
        result = run("rules", "lint", "--rules", tmp_path)
        assert result.exit_code == 2
        assert "是不是想写 title" in result.output
