"""What holds for every text: order, places, parties, lead-ins, hostile input."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_scan.facts import read_facts
from contract_scan.model import Party, Role, Sentence, Span
from tests.facts.reading import PARTIES, document_of, read, sentences_of

CONTRACT = """借款合同
第一条 借款金额：人民币伍万元整（¥50,000.00），借款期限12个月。
第二条 借款年利率为15.4%，还款方式为等额本息，还款日为每月15日。
第三条 乙方应于放款时向丙方一次性支付借款本金3%的服务费。
第四条 逾期的，每日按逾期本金的0.05%支付罚息；提前还款的，按剩余本金的1%支付违约金。
签订日期：2026年9月1日"""


def test_a_whole_contract_in_reading_order() -> None:
    assert [(fact.kind, fact.role, str(fact.value)) for fact in read(CONTRACT)] == [
        ("amount", "principal", "50000"),
        ("amount", "principal", "50000.00"),
        ("term", "loan", "12"),
        ("rate", "contract", "15.4"),
        ("repayment-method", "", "等额本息"),
        ("date", "due", "15"),
        ("fee", "服务费", "3"),
        ("rate", "overdue", "0.05"),
        ("fee", "违约金", "1"),
        ("date", "signed", "2026-09-01"),
    ]


def test_the_span_of_a_fact_holds_its_number_and_its_name() -> None:
    text = "乙方同意，逾期罚息每日按借款金额的2.5%计收，直至清偿。"
    (fact,) = read(text, "rate")
    assert fact.span is not None
    assert fact.span.of(text) == "逾期罚息每日按借款金额的2.5%"


def test_the_lead_in_says_when_an_item_applies() -> None:
    text = "乙方提前还款的，应支付：\n剩余本金3%的补偿金。"
    lead_in, item = sentences_of(text)
    sentences = (lead_in, Sentence(item.span, "", lead_in.span))
    (fact,) = (fact for fact in read_facts(document_of(text), sentences, PARTIES) if fact.kind == "fee")
    assert (fact.role, fact.timing) == ("补偿金", "on-prepayment")


def test_the_contract_says_who_is_paid() -> None:
    text = "乙方应向某某咨询公司支付借款金额2%的咨询费。"
    parties = (Party(Role.SERVICER, ("某某咨询公司",)), Party(Role.OTHER, ("见证人",)))
    (fact,) = read_facts(document_of(text), sentences_of(text), parties)
    assert fact.payee == "servicer"


def test_without_sentences_only_what_needs_none_is_read() -> None:
    assert [fact.kind for fact in read_facts(document_of(CONTRACT), (), ())] == ["repayment-method"]


FRAGMENTS = (
    "利率",
    "1.2%",
    "每日",
    "违约金",
    "，",
    "。",
    "壹拾万元整",
    "____",
    "【】",
    "年月日",
    "12个月",
    "的",
    "\n",
    "（",
    "LPR",
    "×",
)


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_facts_inside_it(text: str) -> None:
    facts = read(text)
    spans = [fact.span for fact in facts if fact.span is not None]
    assert len(spans) == len(facts)
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(fact.value is None or not isinstance(fact.value, Decimal) or fact.value.is_finite() for fact in facts)


@pytest.mark.parametrize(
    "unit",
    [
        "违约金1%",
        "；1%",
        "一",
        "（",
        "【",
        "_",
        "1,",
        "-1%",
        "小写：¥1",
        "每万元",
        "年月日",
        "改变",
        "利率加收",
        "服务",
    ],
)
def test_hostile_repetition_costs_time_in_proportion_to_its_length(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    whole = (Sentence(Span(0, len(text)), ""),)
    begin = time.process_time()
    read_facts(document_of(text), whole, PARTIES)
    assert time.process_time() - begin < 8
