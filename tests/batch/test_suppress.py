"""What an adviser decides not to see needs a reason, a person and an end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contract_scan.batch.suppress import Suppression, packed, read_suppressions, unpacked
from contract_scan.errors import RuleError

GOOD = """
- rule: penalty-double
  scope: 投诉/一*
  who: 李律师
  reason: 对方已书面撤回
  until: 2027-01-01
"""


def test_a_decision_is_read_as_written(tmp_path: Path) -> None:
    (path := tmp_path / "contract-scan-ignore.yaml").write_text(GOOD, "utf-8")
    (item,) = read_suppressions(path)
    assert item == Suppression("penalty-double", "投诉/一*", "李律师", "对方已书面撤回", date(2027, 1, 1))
    assert unpacked(packed([item])) == (item,)
    assert str(item) == "对方已书面撤回（李律师，至 2027-01-01）"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("rule: penalty-double", "rules: x"), "是不是想写 rule"),
        (("  until: 2027-01-01\n", ""), "缺少 until"),
        (("who: 李律师", "who: ''"), "缺少 who"),
        (("reason: 对方已书面撤回", "reason:"), "缺少 reason"),
        (("- rule", "  rule"), "应是以"),
    ],
)
def test_a_decision_without_its_reasons_is_refused(tmp_path: Path, changed: tuple[str, str], said: str) -> None:
    (path := tmp_path / "x.yaml").write_text(GOOD.replace(*changed), "utf-8")
    with pytest.raises(RuleError, match=said):
        read_suppressions(path)


@pytest.mark.parametrize(
    ("rule", "scope", "covers"),
    [
        ("penalty-double", "投诉/一*", True),
        ("*", "*", True),
        ("penalty-double", "某某小额贷款有限公司", True),
        ("other", "*", False),
        ("penalty-double", "投诉/二*", False),
        ("penalty-double", "某某", False),
    ],
)
def test_a_decision_covers_only_its_scope(rule: str, scope: str, covers: bool) -> None:
    item = Suppression(rule, scope, "李", "因为", date(2027, 1, 1))
    assert item.covers("penalty-double", ("投诉/一.txt",), "某某小额贷款有限公司") is covers
