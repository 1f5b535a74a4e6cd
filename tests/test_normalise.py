"""Every character is spelled one way and knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_scan.model import Document, Source, Span
from contract_scan.normalise import fold, normalise


def read(text: str, furniture: tuple[Span, ...] = ()) -> Document:
    return normalise(Source("x", "0" * 64, "text", text, furniture=furniture))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("年利率１２％", "年利率12%"),
        ("贷款⼈承担⻛险", "贷款人承担风险"),  # Kangxi and supplement radicals, as Chromium's PDFs have them
        ("①100元", "①100元"),  # NFKC would read 1100元
        ("甲 方：张三", "甲方：张三"),
        ("甲　　方（出借人）", "甲方（出借人）"),
        ("利\u200b率由甲方\ufeff决定", "利率由甲方决定"),
        ("借款金额:50,000元(大写)", "借款金额：50,000元（大写）"),
        ("https://a.b/c", "https://a.b/c"),
        ("借款人應按期償還貸款", "借款人应按期偿还贷款"),
        ("第一行结束。\n第二行", "第一行结束。\n第二行"),
        ("第一行没完，\n第二行", "第一行没完，第二行"),
        ("列表：\n（一）甲", "列表：\n（一）甲"),
        ("a\r\nb", "a\nb"),
        ("\x00利\x07率", "利率"),
    ],
)
def test_one_spelling(written: str, read_as: str) -> None:
    assert read(written).text == read_as


def test_lines_broken_at_the_margin_are_joined_and_short_ones_are_not() -> None:
    line = "借款人应当按照本合同约定的期限和方式向贷款人归还借款本金并支付"
    text = f"第一条 还款\n{line}\n{line}\n{line}\n{line}\n{line}\n{line}\n利息。\n第二条 其他\n"
    assert "归还借款本金并支付借款人应当" in read(text).text
    assert "第一条还款\n" in read(text).text


def test_page_furniture_is_skipped_but_still_in_the_source() -> None:
    text = "借款人应按期第3页共8页归还借款。"
    document = read(text, (Span(6, 12),))
    assert document.text == "借款人应按期归还借款。"
    assert document.quote(Span(0, len(document.text))) == text


ALPHABET = "利息预先扣除１２％（），。 \n\u3000…㎡①⼈⻛貸還\u200b\r,:;()abc\u0301\ud800"


@given(st.text(alphabet=ALPHABET))
def test_every_normalised_character_knows_its_home(raw: str) -> None:
    document = read(raw)
    assert list(document.homes) == sorted(set(document.homes))
    for index, character in enumerate(document.text):
        home = document.to_source(Span(index, index + 1))
        written = home.of(raw)
        assert len(written) == 1
        assert character == fold(written) or character in "，：；（）！？\n" or character in "贷还"


@given(st.text(alphabet=ALPHABET), st.data())
def test_a_quotation_is_the_source_text_at_its_span(raw: str, data: st.DataObject) -> None:
    document = read(raw)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    home = document.to_source(Span(start, end))
    assert document.quote(Span(start, end)) == raw[home.start : home.end]
