"""Scoring facts against labels: what counts as found, right, wrong, and beyond the labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from contract_scan.cli import main

TEXT = """借款合同
甲方（出借人）：张三
乙方（借款人）：李四
借款金额为人民币50000元，借款期限12个月，年利率为12%。
放款时一次性扣除借款本金3%的服务费。
"""
RATE = '{kind: rate, role: contract, value: "12", unit: percent, per: year, quote: "年利率为12%"}'
FEE = '{kind: fee, role: 服务费, value: "3", unit: percent, per: once, timing: upfront, quote: "借款本金3%的服务费"}'

TERM = '{kind: term, value: "1", unit: year, quote: "借款期限12个月"}'


def facts_told(folder: Path, *labels: str) -> list[str]:
    (folder / "one.txt").write_text(TEXT, "utf-8")
    listed = "\n".join(f"  - {label}" for label in labels)
    (folder / "one.yaml").write_text(f"doc: one\nproblems: []\nfacts:\n{listed}\n", "utf-8")
    result = CliRunner().invoke(main, ["evaluate", str(folder), str(folder)])
    assert result.exit_code == 0, result.output
    return [" ".join(line.split()) for line in result.output.splitlines() if line.startswith("事实")]


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ((RATE,), "事实 rate 标注 1 找到 1 占 1.000 标注处读出 1 其中对 1.000"),
        ((RATE.replace('"12"', '"10"'),), "事实 rate 标注 1 找到 0 占 0.000 标注处读出 1 其中对 0.000"),
        ((RATE.replace("year", "month"),), "事实 rate 标注 1 找到 0 占 0.000 标注处读出 1 其中对 0.000"),
        ((FEE,), "事实 费用的收取时间：找到的 1 项中与标注一致 1"),
        ((FEE.replace("upfront", "monthly"),), "事实 费用的收取时间：找到的 1 项中与标注一致 0"),
        ((TERM,), "事实 term 标注 1 找到 1 占 1.000 标注处读出 1 其中对 1.000"),
        ((RATE, FEE), "事实 利率与费用 标注 2 找到 2 占 1.000 标注处读出 2 其中对 1.000"),
    ],
)
def test_what_was_read_is_held_against_the_labels(labels: tuple[str, ...], told: str, tmp_path: Path) -> None:
    assert any(line.startswith(told) for line in facts_told(tmp_path, *labels))
