"""Names are clues: the table of what each should point to, and what the report may say about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contract_scan.model import LenderType
from contract_scan.rulebook.directory import load_directory, plain_name

RULES = Path(__file__).resolve().parents[2] / "rules"
DIRECTORY = load_directory(RULES / "directory")

NAMES = [
    ("东河银行股份有限公司", LenderType.BANK),
    ("东河银行股份有限公司南城分行", LenderType.BANK),
    ("东河银行股份有限公司信用卡中心", LenderType.BANK),
    ("东河银行", LenderType.BANK),
    ("西山农村商业银行股份有限公司青石支行", LenderType.BANK),
    ("西山县青石村镇银行有限责任公司", LenderType.BANK),
    ("西山县农村信用合作联社", LenderType.BANK),
    ("青石农村信用社", LenderType.BANK),
    ("东河金融租赁股份有限公司", LenderType.BANK),
    ("东河集团财务有限公司", LenderType.BANK),
    ("东河消费金融有限公司", LenderType.CONSUMER_FINANCE),
    ("东河消费金融股份有限公司", LenderType.CONSUMER_FINANCE),
    ("东河汽车金融（中国）有限公司", LenderType.AUTO_FINANCE),
    ("东河国际信托有限公司", LenderType.TRUST),
    ("东河信托有限责任公司（以下简称“贷款人”）", LenderType.TRUST),
    ("南城市青石小额贷款有限公司", LenderType.MICROLOAN),
    ("南城青石网络小额贷款有限责任公司", LenderType.MICROLOAN),
    ("青石小额贷款股份有限公司北城分公司", LenderType.MICROLOAN),
    ("贷款人：青石小额贷款（南城）有限公司", LenderType.MICROLOAN),
    ("南城青石典当有限责任公司", LenderType.PAWN),
    ("青石典当行", LenderType.PAWN),
    ("南城青石典当行有限公司", LenderType.PAWN),
    ("东河融资担保有限公司", LenderType.GUARANTOR),
    ("东河融资性担保股份有限公司", LenderType.GUARANTOR),
    ("东河融资担保集团股份有限公司", LenderType.GUARANTOR),
    ("东河担保有限公司", LenderType.GUARANTOR),
    ("南城青石信息科技有限公司", LenderType.PLATFORM),
    ("青石商务信息咨询（南城）有限公司", LenderType.PLATFORM),
    ("青石消费金融服务有限公司", LenderType.PLATFORM),
    ("青石小额贷款咨询有限公司", LenderType.PLATFORM),
    ("青石典当咨询有限公司", LenderType.PLATFORM),
    ("东河银行卡数据服务有限公司", LenderType.PLATFORM),
    ("青石资产管理有限公司", LenderType.PRIVATE),
    ("青石投资咨询有限公司", LenderType.PRIVATE),
    ("青石财富管理（北京）有限公司", LenderType.PRIVATE),
    ("南城青石商贸有限公司", LenderType.PRIVATE),
    ("青石（有限合伙）企业管理合伙企业（有限合伙）", LenderType.PRIVATE),
    ("南城区青石建材经营部", LenderType.PRIVATE),
    ("青石寄售行", LenderType.PRIVATE),
    ("张大山（身份证号：110101199001010011）", LenderType.PRIVATE),
    ("李某某", LenderType.PRIVATE),
    ("欧阳小河", LenderType.PRIVATE),
    ("东河财产保险股份有限公司南城分公司", LenderType.UNKNOWN),
    ("东河融资租赁有限公司", LenderType.UNKNOWN),
    ("东河商业保理有限公司", LenderType.UNKNOWN),
    ("东河银行贷款中心", LenderType.UNKNOWN),
    ("东河银行客户签约中心", LenderType.UNKNOWN),
    ("青石快贷", LenderType.UNKNOWN),
    ("青石钱包APP", LenderType.UNKNOWN),
    ("青石客服", LenderType.UNKNOWN),
    ("Bluestone Capital Ltd", None),
    ("", None),
    ("委托", None),
    ("信托受益权", None),
    ("提供担保", None),
]


@pytest.mark.parametrize(("name", "lender_type"), NAMES)
def test_a_name_points_to_a_lender_type(name: str, lender_type: LenderType | None) -> None:
    assert DIRECTORY.lender_type_of(name) is lender_type


PLAIN = [
    ("东河银行股份有限公司（以下简称“贷款人”）", "东河银行股份有限公司"),
    ("出借人：青石小额贷款（南城）有限公司", "青石小额贷款有限公司"),
    ("公司名称：青石科技有限公司", "青石科技有限公司"),
    ("青石科技有限公司南城分公司", "青石科技有限公司"),
    ("青石科技有限公司，以下简称甲方", "青石科技有限公司"),
    (" 青石 科技有限公司 ", "青石科技有限公司"),
]


@pytest.mark.parametrize(("written", "plain"), PLAIN)
def test_labels_places_and_branches_are_left_out(written: str, plain: str) -> None:
    assert plain_name(written) == plain


@pytest.mark.parametrize("name", ["", *(name for name, _ in NAMES if name)])
def test_the_check_never_vouches_for_anyone(name: str) -> None:
    for lender_type in LenderType:
        check = DIRECTORY.check(lender_type, name)
        said = check.type_name + check.hint + check.licence + check.note
        assert not re.search("有资质|具备资质|有资格|放心|安全|合法机构|已核实|没有资质", said)
        assert "核对" in said or "请" in said
        assert check.steps
        assert check.channels


CHECKS = [
    (LenderType.BANK, "东河银行股份有限公司", "国家金融监督管理总局", "nfra-12378"),
    (LenderType.MICROLOAN, "青石小额贷款有限公司", "地方金融管理局", "local-finance"),
    (LenderType.PAWN, "青石典当行", "地方金融管理局", "local-finance"),
    (LenderType.PLATFORM, "青石信息科技有限公司", "真正放款的机构", "market-12315"),
    (LenderType.GUARANTOR, "东河担保有限公司", "融资担保业务经营许可证", "local-finance"),
    (LenderType.PRIVATE, "张大山（身份证号：110101199001010011）", "银行转账", "court-12368"),
    (LenderType.PRIVATE, "青石商贸有限公司", "经营范围", "police-110"),
    (LenderType.UNKNOWN, "东河银行贷款中心", "冒名", "antifraud-96110"),
    (LenderType.UNKNOWN, "青石快贷", "统一社会信用代码", "antifraud-96110"),
    (LenderType.UNKNOWN, "", "没有写清", "hotline-12345"),
]


@pytest.mark.parametrize(("lender_type", "name", "words", "channel"), CHECKS)
def test_each_kind_is_told_where_to_look_and_whom_to_call(
    lender_type: LenderType, name: str, words: str, channel: str
) -> None:
    check = DIRECTORY.check(lender_type, name)
    assert words in check.hint
    assert channel in {found.id for found in check.channels}


def test_a_name_at_odds_with_the_wording_is_said_to_be_uncertain() -> None:
    assert "看不准" in DIRECTORY.check(LenderType.MICROLOAN, "青石商贸有限公司").hint


def test_the_licence_number_is_only_what_the_contract_says() -> None:
    assert DIRECTORY.check(LenderType.BANK, "东河银行").licence_number == ""
    assert DIRECTORY.check(LenderType.BANK, "东河银行", licence_number="B0001").licence_number == "B0001"


def test_only_channels_with_source_and_date_are_shown() -> None:
    assert {"cac-12377", "nifa"}.isdisjoint(DIRECTORY.channels)
    assert all(channel.source and channel.source_date for channel in DIRECTORY.channels.values())
    assert all(not channel.phone for channel in DIRECTORY.channels.values() if channel.verified == "recalled")
    assert DIRECTORY.channels["credit-center"].phone == ""


def test_complaints_about_banks_no_longer_go_to_the_central_bank() -> None:
    for lender_type in (LenderType.BANK, LenderType.CONSUMER_FINANCE, LenderType.AUTO_FINANCE, LenderType.TRUST):
        phones = [channel.phone for channel in DIRECTORY.check(lender_type, "").channels]
        assert "12378" in phones
        assert "12363" not in phones


def test_first_aid_after_a_fraud_begins_with_stopping() -> None:
    assert DIRECTORY.emergency[0].startswith("停止转账")
    assert "110" in DIRECTORY.emergency[1]
