"""The fixed Chinese words of every report: one table for each closed vocabulary of the model."""

from __future__ import annotations

from contract_scan.model import (
    BorrowerType,
    Confidence,
    ContractKind,
    Effect,
    Jurisdiction,
    LenderType,
    Level,
    Role,
    Severity,
)

SEVERITY = {
    Severity.CRITICAL: "严重",
    Severity.HIGH: "较重",
    Severity.MEDIUM: "中等",
    Severity.LOW: "轻微",
}
CONFIDENCE = {Confidence.CERTAIN: "确定", Confidence.LIKELY: "较可能", Confidence.CHECK: "请核对"}
LEVEL = {
    Level.STOP: "先别签",
    Level.NEGOTIATE: "先谈清楚",
    Level.NOTICE: "留意",
    Level.NOTHING_FOUND: "已检查的部分未发现问题",
    Level.UNDETERMINED: "无法判断",
}
#: Effect → (label, what the label means to a reader).
EFFECT = {
    Effect.VOID: ("法律规定无效", "法律写明这类约定不算数；有条件的，会写出条件。"),
    Effect.MAY_BE_VOID: ("可以主张无效", "属于格式条款而且不合理时，你可以主张它无效，由法院认定。"),
    Effect.NOT_SUPPORTED: ("不予支持", "超出法律上限的部分，对方起诉，法院也不予支持。"),
    Effect.REDUCIBLE: ("可以请求调减", "你提出来，由法院或仲裁机构决定减多少。"),
    Effect.RECALCULATED: ("按实际到账算", "本金按真正到手的钱计算，利息也跟着少。"),
    Effect.NOT_PART_OF_CONTRACT: (
        "可以主张不成为合同内容",
        "对方没有提示、没有说明的重要条款，你可以主张它不算合同的一部分。",
    ),
    Effect.DEFAULT_RULE: ("法律另行认定", "没写或写得矛盾时，法律有自己的认定办法，报告会写明是哪一种。"),
    Effect.REGULATORY: ("监管要求", "监管部门要求机构不这样做；可以投诉，但条款不会因此自动无效。"),
    Effect.UNFAVOURABLE: ("合法但不利", "法律允许这样约定，只是对你不利，能谈则谈。"),
    Effect.SIGNAL: ("诈骗常见信号", "不谈效力。写法相像，不等于对方就是骗子；先停下，核实对方是谁。"),
}
KIND = {
    ContractKind.LOAN: "借款合同",
    ContractKind.GUARANTEE: "担保合同",
    ContractKind.SERVICE: "服务协议",
    ContractKind.AUTHORIZATION: "授权书",
    ContractKind.NOT_LOAN: "不像借款合同",
    ContractKind.UNKNOWN: "没认出是哪种合同",
}
JURISDICTION = {
    Jurisdiction.MAINLAND: "中国内地法律",
    Jurisdiction.TAIWAN: "台湾地区法律",
    Jurisdiction.HONGKONG: "香港法律",
}
ROLE = {
    Role.LENDER: "出借人",
    Role.BORROWER: "借款人",
    Role.GUARANTOR: "担保人",
    Role.PLATFORM: "平台",
    Role.SERVICER: "服务机构",
    Role.OTHER: "其他当事人",
}
LENDER = {
    LenderType.BANK: "银行",
    LenderType.CONSUMER_FINANCE: "消费金融",
    LenderType.AUTO_FINANCE: "汽车金融",
    LenderType.MICROLOAN: "小额贷款",
    LenderType.TRUST: "信托",
    LenderType.PAWN: "典当",
    LenderType.GUARANTOR: "担保",
    LenderType.PLATFORM: "平台",
    LenderType.PRIVATE: "民间借贷",
    LenderType.UNKNOWN: "不明",
}
#: What a fact is about.
FACT = {
    "amount": "金额",
    "rate": "利率",
    "fee": "费用",
    "term": "期限",
    "date": "日期",
    "repayment-method": "还款方式",
    "schedule": "还款计划",
}
BORROWER = {
    BorrowerType.CONSUMER: "个人",
    BorrowerType.INDIVIDUAL_BUSINESS: "个体工商户",
    BorrowerType.COMPANY: "企业",
    BorrowerType.UNKNOWN: "没有写明",
}
#: Rule category (folder name) → what it is called, in the order of a letter.
CATEGORY = {
    "fraud-signals": "需要先核实的事项",
    "upfront-deduction": "放款时扣款",
    "rate-ambiguity": "利率",
    "hidden-fees": "费用",
    "default-charges": "逾期与违约",
    "prepayment": "提前还款",
    "security": "担保",
    "unilateral-power": "单方决定与变更",
    "rights-waiver": "免责与放弃权利",
    "data-and-collection": "个人信息与催收",
    "disputes": "争议解决",
    "bundling": "搭售",
    "formation": "合同的订立与形式",
    "blanks-and-missing": "空白与没有写明的内容",
}
OTHER_CATEGORY = "其他"
VERIFIED = {
    "verbatim": "逐字核对",
    "partial": "部分核对",
    "recalled": "凭记忆，待核",
    "verified": "已对照来源",
}
READ_BY = {"text": "文字层", "ocr": "识别文字", "none": "没读出"}
PER = {"day": "每日", "month": "每月", "year": "每年", "instalment": "每期", "once": "一次"}
UNIT = {
    "percent": "%",
    "permille": "‰",
    "yuan": "元",
    "day": "天",
    "month": "个月",
    "year": "年",
    "instalment": "期",
    "bp": "个基点",
}
DISCLAIMER = "这份报告由程序按公开的规则生成，不是法律意见，也不代替律师或法院的判断。没有报出的地方，不等于没有问题。"
#: What a fraud signal asks of the reader, in the frame at the top.
STOP = "核实之前，不要转账，不要把验证码、密码告诉别人，不要共享屏幕。"
NOT_FOUND = "合同里没有找到，不等于没有约定"
MISSING_QUOTE = "全文未找到"
NO_TEXT = "条文未收录"


def category(name: str) -> str:
    """The Chinese name of a rule category; a category we do not know keeps its own name."""
    return CATEGORY.get(name, name or OTHER_CATEGORY)


def verified(mark: str) -> str:
    """How far a legal text or a source was checked, in words; nothing is said to be checked by default."""
    return VERIFIED.get(mark.lower(), "未核对")
