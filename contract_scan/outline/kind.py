"""What kind of contract, whose law, which lender, which borrower: from title, names and wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contract_scan.model import BorrowerType, ContractKind, Jurisdiction, LenderType, Party, Role

TITLE_LINES = 8
_TITLES: tuple[tuple[ContractKind, str], ...] = (
    (
        ContractKind.AUTHORIZATION,
        r"授权(?:委托)?书|授权协议|授权确认|授权条款|征信.{0,8}授权|扣款授权|隐私(?:政策|协议)",
    ),
    (
        ContractKind.GUARANTEE,
        r"(?:保证|担保|反担保|抵押|质押)(?:合同|协议|书|函|承诺)|最高额(?:保证|抵押|质押)|担保人承诺",
    ),
    (
        ContractKind.SERVICE,
        r"(?:咨询|居间|服务|中介|管理|会员|委托)[^\n]{0,12}(?:协议|合同)|注册协议|用户协议|服务条款",
    ),
    (ContractKind.LOAN, r"借款|贷款|借贷|授信|分期|借据|借条|典当|当票|消费信贷|信用卡|融资|欠条|借呗|白条"),
)
_LOAN_WORDS = re.compile(
    "借款|贷款|出借|放款|还款|本金|利息|利率|逾期|罚息|年化|授信|还本|本息|征信|分期|借贷|债权|当金|贷与"
)
_OTHER_WORDS = re.compile(
    "租赁物业|物业|业主|房屋租赁|租房|押金|劳动合同|用人单位|劳动者|工资|社会保险|货物|交货|验收|质量标准|采购|供货|施工|工程款|发包|承包人|"
    "销货方|购货方|卖方|买方|交付货|家政|保洁|雇主|雇员|工期|保修|产品质量|供应商|加盟|特许|合作运营|商标|租期|房屋|水电"
)
#: A sale with buy-back or a lease of one's own phone: a loan in another coat (Civil Code art. 146).
_DISGUISED = re.compile(
    r"回租|回购|租回|以租代|售后回|买断[款金]|赎回|租金[^。\n]{0,20}(?:逾期|滞纳)|评估价|保证金.{0,12}扣除"
)
_TAIWAN = re.compile("新台币|中华民国|台湾|民国[0-9一二三四五六七八九十百]{1,4}年|立约定书人|贵行得|消费者债务清理")
_HONGKONG = re.compile("港币|港元|香港特别行政区法[律例]|放债人条例|香港法例|HK\\$")
_MAINLAND = re.compile("中华人民共和国|民法典|合同法|中国人民银行|人民币")


@dataclass(frozen=True, slots=True)
class Nature:
    """Kind, jurisdiction, lender and borrower type, and why the first and the third were chosen."""

    kind: ContractKind
    jurisdiction: Jurisdiction
    lender_type: LenderType
    borrower_type: BorrowerType
    kind_reason: str
    lender_reason: str


def read_nature(text: str, parties: Sequence[Party], lender_type_of: Callable[[str], LenderType | None]) -> Nature:
    """Judge the whole document; *lender_type_of* maps a registered name to a type (the directory's data)."""
    kind, kind_reason = _kind(text)
    lender, lender_reason = _lender_type(text, parties, lender_type_of, kind)
    return Nature(kind, _jurisdiction(text), lender, _borrower_type(text, parties), kind_reason, lender_reason)


def _kind(text: str) -> tuple[ContractKind, str]:
    size = max(len(text), 1)
    loan = len(_LOAN_WORDS.findall(text))
    other = len(_OTHER_WORDS.findall(text))
    dense = loan * 1000 / size
    named = _named(text)
    if dense >= 6 or (dense >= 2.5 and loan > other):
        return named or ContractKind.LOAN, f"全文出现借贷用语 {loan} 处"
    if loan >= 4 and _DISGUISED.search(text) and len(_DISGUISED.findall(text)) >= 3:
        return ContractKind.LOAN, "写成买卖或租赁，但有回租、回购、逾期等借贷特征"
    if named is ContractKind.LOAN and loan >= other:
        return named, "标题写明是借贷文件"
    if named in (ContractKind.AUTHORIZATION, ContractKind.GUARANTEE) and (loan >= 2 or other == 0):
        return named, "标题写明是授权或担保文件"
    if size < 200:
        return ContractKind.UNKNOWN, "文字太少，看不出是不是借款合同"
    return ContractKind.NOT_LOAN, f"全文只有 {loan} 处借贷用语，看起来不是借款合同"


def _named(text: str) -> ContractKind | None:
    """What the first lines call the document; 贷款及抵押合同 is a loan, 借款保证合同 a guarantee."""
    lines = [line for line in text.split("\n") if line.strip()][:TITLE_LINES]
    for line in lines:
        if re.search(r"(?:借款|贷款|借贷)(?:合同)?[及和与暨、]", line[:60]):
            return ContractKind.LOAN
        for kind, pattern in _TITLES:
            if len(line) <= 60 and re.search(pattern, line):
                return kind
    return None


def _jurisdiction(text: str) -> Jurisdiction:
    mainland = len(_MAINLAND.findall(text))
    if len(_TAIWAN.findall(text)) > mainland:
        return Jurisdiction.TAIWAN
    return Jurisdiction.HONGKONG if len(_HONGKONG.findall(text)) > mainland else Jurisdiction.MAINLAND


#: The lender is shown with an identity card: a natural person.
_LENDER_ID = re.compile(
    r"借条|欠条|今借到|(?:出借人|贷款人|债权人|出借方)[^\n]{0,30}\n?[^\n]{0,12}身[份分]证|贷与人[^\n]{0,30}\n?[^\n]{0,12}身[份分]证"
)
_WORDING: tuple[tuple[LenderType, str, int], ...] = (
    (LenderType.PAWN, r"典当|当票|当金|绝当|当户", 3),
    (LenderType.CONSUMER_FINANCE, r"消费金融(?:股份)?有限公司", 1),
    (LenderType.AUTO_FINANCE, r"汽车金融有限公司", 1),
    (LenderType.TRUST, r"信托(?:有限)?(?:责任)?公司", 1),
    (LenderType.MICROLOAN, r"小额贷款(?:股份|有限|公司)", 1),
    (
        LenderType.PLATFORM,
        r"居间|撮合|网络借贷|平台(?:注册|用户|服务|运营)|信息中介|(?:网站|平台|APP)[^。\n]{0,12}(?:注册|提供)|网站用户名|(?:平台|用户)[^。\n]{0,4}[账帐]号|平台服务费|平台[^。\n]{0,6}运营|通过[^。\n]{1,12}平台|丙方.{0,30}(?:平台|网站)",
        2,
    ),
    (LenderType.BANK, r"贵行|本行|我行|贷款银行|农村信用(?:合作)?社", 2),
)


def _lender_type(
    text: str,
    parties: Sequence[Party],
    lender_type_of: Callable[[str], LenderType | None],
    kind: ContractKind,
) -> tuple[LenderType, str]:
    if kind is ContractKind.GUARANTEE:
        return LenderType.GUARANTOR, "这是一份担保文件"
    lenders = [party for party in parties if party.role is Role.LENDER and party.name]
    for party in lenders:
        found = lender_type_of(party.name)
        if found not in (None, LenderType.UNKNOWN, LenderType.PRIVATE, LenderType.PLATFORM):
            return found or LenderType.UNKNOWN, f"出借人名称“{party.name}”"
    for lender, pattern, least in _WORDING:
        hits = re.findall(pattern, text)
        if len(hits) >= least:
            return lender, f"合同用语（如“{hits[0][:12]}”）"
    platforms = [p for p in parties if p.role is Role.PLATFORM and p.aliases[0] in ("丙方", "丁方")]
    if platforms or any(p.name and lender_type_of(p.name) is LenderType.PLATFORM for p in parties):
        return LenderType.PLATFORM, "合同里有平台或居间一方"
    if any(lender_type_of(party.name) is LenderType.PRIVATE for party in lenders) or _LENDER_ID.search(text[:2000]):
        return LenderType.PRIVATE, "出借人是个人，或没有放贷牌照的一般主体"
    return LenderType.UNKNOWN, "合同里没有写明出借方是哪一类机构"


_CONSUMPTION = re.compile(
    "消费|装修|教育|培训|课程|学费|购车|购买车辆|轿车|旅游|医美|治疗|医疗|住院|看病|助学|婚庆|结婚|住房|购房|租房|生活|家具|家电|冰箱|自用|日常|取暖"
)


def _borrower_type(text: str, parties: Sequence[Party]) -> BorrowerType:
    names = [party.name for party in parties if party.role is Role.BORROWER and party.name]
    if any(re.search("公司$|企业$|合作社$|厂$", name) for name in names):
        return BorrowerType.COMPANY
    near = "".join(text[m.start() : m.start() + 120] for m in list(re.finditer(r"借款人|借款方|乙方", text[:3000]))[:3])
    if re.search("营业执照|组织机构代码|法定代表人|统一社会信用代码", near) and "身份证" not in near:
        return BorrowerType.COMPANY
    if re.search(r"个体工商户|经营性(?:贷款|借款)|生产经营|经营周转|用于经营", text):
        return BorrowerType.INDIVIDUAL_BUSINESS
    if _CONSUMPTION.search(text) and re.search("身[份分]证|身份号码|本人|您", text):
        return BorrowerType.CONSUMER
    return BorrowerType.UNKNOWN
