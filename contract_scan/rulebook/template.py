"""The file a new rule starts from."""

from __future__ import annotations

import re
from pathlib import Path

from contract_scan.errors import RuleError
from contract_scan.rulebook import CATEGORIES

TEMPLATE = """id: {rule_id}
title: 用一句话说出问题
severity: medium            # critical | high | medium | low
effect: unfavourable        # 法律后果，见 rules/effects.yaml；决定报告最多能怎么说
confidence: likely          # certain | likely | check
applies: {{}}                 # 例：{{lender_type: [bank], signed_from: 2026-08-01}}
check:
  kind: phrase
  any:
    - <lender> … <power> … 调整 … 利率
  unless:
    - {{why: 约定了通知并可以提前还款, phrase: 提前 … 通知}}
why: 用平常的话说，这会让借款人吃什么亏。
ask: 请写明……（可以直接发给出借方的一句话）。
basis: [civil-code/496]
examples:
  hit:
    - ⟦甲方有权随时调整本合同的利率⟧。
  clear:
    - 甲方调整利率的，应当提前通知乙方。
"""


def write_template(rule_id: str, category: str, folder: Path) -> Path:
    """Write ``folder/category/rule_id.yaml`` and return its path; RuleError when the name or category is wrong."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", rule_id):
        raise RuleError(f"规则编号“{rule_id}”只能用小写英文、数字和连字符，如 my-rule。")
    if category not in CATEGORIES:
        raise RuleError(f"没有类别“{category}”，可用：{'、'.join(CATEGORIES)}。")
    path = folder / category / f"{rule_id}.yaml"
    if path.exists():
        raise RuleError(f"{path} 已经有了；换一个编号，或直接修改它。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEMPLATE.format(rule_id=rule_id), "utf-8")
    return path
