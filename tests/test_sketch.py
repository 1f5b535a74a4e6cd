"""Contracts from one template are alike, whatever is filled in; others are not."""

from __future__ import annotations

import pytest

from contract_scan.sketch import SIZE, likeness, parts, sketch

CLAUSE = "借款人应当按照约定的期限足额偿还借款本金和利息，逾期的应当按照约定支付逾期利息并承担出借人实现债权的费用。"
LONG = "".join(f"{word}条款约定{CLAUSE}" for word in ("本金", "利率", "期限", "用途", "担保", "违约", "争议", "通知"))


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        (LONG, 1.0, 1.0),
        (LONG.replace("，", " , \n"), 1.0, 1.0),
        (LONG.replace("利率条款", "利率12.5%条款壹万"), 1.0, 1.0),
        (LONG.replace("担保", "保证"), 0.7, 0.99),
        ("房屋租赁双方就租金押金维修转租续租等事项达成以下一致意见并共同遵守执行" * 3, 0.0, 0.05),
        ("", 0.0, 0.0),
    ],
)
def test_likeness(other: str, least: float, most: float) -> None:
    assert least <= likeness(parts(sketch(LONG)), parts(sketch(other))) <= most


def test_a_sketch_is_small_and_always_the_same() -> None:
    text = "".join(chr(0x4E00 + number * 7 % 20000) for number in range(5000))
    assert len(sketch(text)) == SIZE * 16
    assert sketch(text) == sketch(text)
    assert list(parts(sketch(text))) == sorted(set(parts(sketch(text))))
