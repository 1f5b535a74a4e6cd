"""Who lends, who borrows, in the ways real contracts say it."""

from __future__ import annotations

import pytest

from contract_scan.checks import Engine
from contract_scan.model import Role, Source
from contract_scan.normalise import normalise
from contract_scan.outline import read_parties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲方（出借人）：张三\n乙方（借款人）：李四\n", {"甲方": "lender", "乙方": "borrower"}),
        ("甲方（借款人）：李四\n乙方（出借人）：张三\n", {"甲方": "borrower", "乙方": "lender"}),
        ("甲方：（出借人）张三，乙方：（借入者）李四", {"甲方": "lender"}),
        ("借款人（以下简称“甲方”）向某某银行（以下简称“乙方”）借款。", {"甲方": "borrower", "乙方": "lender"}),
        ("出借人（甲方）：王五\n借款人（乙方）：赵六", {"甲方": "lender", "乙方": "borrower"}),
        ("甲方：借款人李四\n乙方：贷款人某某小额贷款有限公司", {"甲方": "borrower", "乙方": "lender"}),
        ("甲方 | 贷款人\n乙方 | 借款人\n", {"甲方": "lender", "乙方": "borrower"}),
        (
            "甲方（借款人）：李四\n乙方（出借人）：张三\n丙方（居间服务方）：某某科技有限公司\n丁方（担保人）：某某融资担保有限公司",
            {"甲方": "borrower", "乙方": "lender", "丙方": "platform", "丁方": "guarantor"},
        ),
        (
            "甲方：\n乙方：\n1、甲方为从事借款咨询服务的专业公司。2、乙方为具有借款需求的自然人。",
            {"甲方": "platform", "乙方": "borrower"},
        ),
        ("本人授权贵行查询征信。", {"本人": "borrower", "贵行": "lender"}),
        ("贷款人：青山银行股份有限公司\n借款人：李四", {"贷款人": "lender", "借款人": "borrower"}),
        (
            "因经营需要，甲方向乙方借款。甲方应按期向乙方归还本金。甲方应按时还款。",
            {"甲方": "borrower", "乙方": "lender"},
        ),
        (
            "您（以下简称“甲方”，即借款人）通过云帆科技有限公司（以下简称“云帆”或“乙方”）申请借款。",
            {"甲方": "borrower"},
        ),
        ("青禾网络科技有限公司（以下简称“青禾”）是信息中介平台。", {"青禾": "platform"}),
    ],
)
def test_roles_come_from_the_contracts_own_words(text: str, expected: dict[str, str], engine: Engine) -> None:
    document = normalise(Source("x", "0" * 64, "text", text))
    found = {a: p.role.value for p in read_parties(document.text, engine.rulebook.roles) for a in p.aliases}
    assert {alias: found.get(alias) for alias in expected} == expected


def test_an_undefined_symbol_has_no_role(engine: Engine) -> None:
    parties = read_parties("甲方与乙方友好协商。", engine.rulebook.roles)
    assert not [p for p in parties if "甲方" in p.aliases]


def test_the_registered_name_is_read(engine: Engine) -> None:
    text = "贷款人（甲方）：青禾商业银行股份有限公司城南支行\n借款人（乙方）：李四\n"
    names = {p.role: p.name for p in read_parties(text, engine.rulebook.roles) if p.name}
    assert names[Role.LENDER] == "青禾商业银行股份有限公司城南支行"


@pytest.mark.parametrize(
    "text",
    [
        "甲方（出借人）：张三乙方（借款人）：李四四\n",
        "甲方（出借人）：张三 借款人：李四四\n",
        "甲方（出借人）：张三\n乙方：李四四\n",
    ],
)
def test_a_name_ends_where_the_next_party_begins(text: str, engine: Engine) -> None:
    names = {p.role: p.name for p in read_parties(text, engine.rulebook.roles) if p.name}
    assert names[Role.LENDER] == "张三"
