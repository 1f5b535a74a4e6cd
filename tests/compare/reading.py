"""Loans told in a few clauses, all ours, and their reports."""

from __future__ import annotations

from datetime import date

from contract_scan import scan_text
from contract_scan.checks import Engine
from contract_scan.model import Options, Report

OPTIONS = Options(as_of=date(2026, 9, 25))
HEAD = """借款合同
甲方（出借人）：沈望
乙方（借款人）：何青
"""
CLAUSES = {
    "amount": "借款金额为人民币12,000元，借款期限12个月。",
    "rate": "年利率12%，按月等额本息还款。",
    "fee": "",
    "prepay": "乙方可以提前还款，不收取违约金。",
    "late": "乙方逾期的，按逾期本金每日万分之五支付罚息。",
    "transfer": "甲方转让债权的，应当书面通知乙方。",
    "other": "",
}


def loan(**changed: str) -> str:
    """The text of the usual loan; *changed* replaces clauses ("" leaves one out)."""
    clauses = [text for text in (CLAUSES | changed).values() if text]
    return HEAD + "".join(f"第{'一二三四五六七八九十'[at]}条 {text}\n" for at, text in enumerate(clauses))


def report(text: str, engine: Engine) -> Report:
    """The report on a text, whatever it is."""
    return scan_text(text, engine, OPTIONS)
