"""contract-scan cost, and the options of scan that change the cost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contract_scan.cli import main

LOAN = ("--principal", "2万", "--months", "12", "--rate", "0.65", "--per", "month", "--method", "等本等息")
FEES = ("--fee", "服务费=800@upfront", "--fee", "担保费=0.45%@monthly", "--fee", "权益包=199@once")
TEXT = """借款合同
甲方（出借人）：沈望
乙方（借款人）：何青
第一条 甲方借给乙方人民币10,000元，借款期限12个月，年利率12.5%，还款方式为先息后本。
"""


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.output


def test_a_leaflet_gives_the_same_card_as_a_contract() -> None:
    code, out = run("cost", *LOAN, *FEES, "--lender-type", "microloan", "--signed-on", "2026-09-28")
    assert code == 0
    assert "真实年化 33.60%（单利口径）" in out
    assert "总成本：3,639.00 元" in out
    assert "监管压降目标（四倍 LPR） 12.00%：高于这条线" in out


def test_json() -> None:
    code, out = run("cost", *LOAN, *FEES, "--format", "json")
    tree = json.loads(out)
    assert code == 0
    assert tree["schema"] == "contract-scan-cost/1"
    assert tree["cost"]["received"] == "19200.00"


def test_without_a_rate_the_instalment_will_do() -> None:
    assert "真实年化 35.07%" in run("cost", "--principal", "10000", "--months", "12", "--instalment", "1000")[1]


@pytest.mark.parametrize("term", ["12个月", "1年", "一年", "12月", "壹拾贰个月"])
def test_the_term_may_be_written_as_on_the_leaflet(term: str) -> None:
    words = ("--principal", "2万", "--rate", "0.65", "--per", "month", "--method", "等本等息", *FEES)
    assert run("cost", *words, "--term", term) == run("cost", *LOAN, *FEES)


def test_a_term_in_days() -> None:
    loan = ("--principal", "1000", "--received", "700", "--instalment", "1000")
    assert run("cost", *loan, "--term", "7天") == run("cost", *loan, "--days", "7")


def test_seven_days() -> None:
    """700 arrives, 1,000 goes back after 7 days: 300 / 700 × 365 / 7 = 2234.69 %."""
    out = run("cost", "--principal", "1000", "--received", "700", "--days", "7", "--instalment", "1000")[1]
    assert "真实年化 2234.69%" in out


def test_the_lpr_and_the_income_of_the_user() -> None:
    out = run("cost", *LOAN, "--lender-type", "private", "--lpr", "2.5", "--income", "5000")[1]
    assert "10.00%：高于这条线" in out
    assert "是月收入 5,000.00 元的 36%" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--rate", "12"), "--principal"),
        (("--principal", "1万", "--rate", "12"), "--months 12"),
        (("--principal", "1万", "--rate", "12", "--term", "很久"), "看不懂"),
        (("--principal", "1万", "--rate", "12", "--term", "1年", "--months", "12"), "只写一次"),
        (("--principal", "很多", "--months", "3"), "不是一个数"),
        (("--principal", "-5", "--months", "3"), "不是一个数"),
        (("--principal", "100", "--months", "3", "--fee", "服务费800"), "看不懂"),
        (("--principal", "100", "--months", "3", "--fee", "服务费=八百"), "不是一个数"),
    ],
)
def test_what_is_wrong_is_said_with_an_example(words: tuple[str, ...], says: str) -> None:
    code, out = run("cost", *words)
    assert code == 2
    assert says in out


def test_what_is_missing_is_asked() -> None:
    code, out = run("cost", "--principal", "10000", "--months", "12")
    assert code == 0
    assert "还缺：年利率是多少" in out


def test_scan_takes_the_lpr_and_the_income(tmp_path: Path) -> None:
    file = tmp_path / "合同.txt"
    file.write_text(TEXT, "utf-8")
    words = ("scan", str(file), "--format", "json", "--lender-type", "private", "--as-of", "2026-11-25")
    cost = json.loads(run(*words)[1])["cost"]
    assert (cost["lines"][0]["stale"], cost["burden"]) == (True, [])
    cost = json.loads(run(*words, "--lpr", "2.5", "--income", "4000")[1])["cost"]
    assert (cost["lines"][0]["value"], cost["lines"][0]["stale"]) == ("10.0", False)
    assert cost["lines"][0]["standing"] == "above"
    assert cost["burden"] != []
