"""When a citation applies only to some lenders or borrowers: the keyword, its Chinese sentence, who is in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from contract_scan.model import BorrowerType, LenderType

_BANK = {LenderType.BANK}
_BANKING = _BANK | {LenderType.CONSUMER_FINANCE, LenderType.AUTO_FINANCE, LenderType.TRUST}
_LICENSED = _BANKING | {LenderType.MICROLOAN}
_LOCAL = {LenderType.MICROLOAN, LenderType.PAWN, LenderType.GUARANTOR}
#: The contract's wording does not settle who the creditor is.
_UNSETTLED = {LenderType.UNKNOWN, LenderType.PLATFORM, LenderType.GUARANTOR}

_CONSUMER = {BorrowerType.CONSUMER}
_PERSON = {BorrowerType.CONSUMER, BorrowerType.INDIVIDUAL_BUSINESS}
_BUSINESS = {BorrowerType.INDIVIDUAL_BUSINESS, BorrowerType.COMPANY}


class Holds(Enum):
    """Whether a condition is met: yes, no, or not settled by what we know."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Condition:
    """A restriction of who a rule of law speaks to.

    ``text`` is shown as long as it is not settled. ``lenders`` and ``borrowers`` meet it; ``open_lenders``
    leave it open; every other known type fails it. None means: does not depend on it. ``settled`` is false
    for what no contract can settle (the binding force of a voluntary standard).
    """

    text: str
    lenders: frozenset[LenderType] | None = None
    borrowers: frozenset[BorrowerType] | None = None
    open_lenders: frozenset[LenderType] = frozenset(_UNSETTLED)
    settled: bool = True

    def holds(self, lender: LenderType, borrower: BorrowerType) -> Holds:
        """Whether it is met for this lender and this borrower."""
        answers = {self._lender(lender), self._borrower(borrower)}
        if Holds.NO in answers:
            return Holds.NO
        return Holds.OPEN if Holds.OPEN in answers or not self.settled else Holds.YES

    def _lender(self, lender: LenderType) -> Holds:
        if self.lenders is None or lender in self.lenders:
            return Holds.YES
        return Holds.OPEN if lender in self.open_lenders else Holds.NO

    def _borrower(self, borrower: BorrowerType) -> Holds:
        if self.borrowers is None or borrower in self.borrowers:
            return Holds.YES
        return Holds.OPEN if borrower is BorrowerType.UNKNOWN else Holds.NO


def _lenders(text: str, lenders: set[LenderType], *also_open: LenderType) -> Condition:
    return Condition(text, frozenset(lenders), open_lenders=frozenset(_UNSETTLED.union(also_open)))


#: Keyword in rules/law → condition. ``any`` lifts the condition a file sets for all its articles.
CONDITIONS: Mapping[str, Condition] = {
    "any": Condition(""),
    "consumer": Condition("仅当你是为生活消费借款的个人时适用", borrowers=frozenset(_CONSUMER)),
    "business": Condition("仅当借款人是企业或个体工商户时适用", borrowers=frozenset(_BUSINESS)),
    "company": Condition(
        "仅适用于银行对企业的融资",
        frozenset(_BANKING),
        frozenset({BorrowerType.COMPANY}),
    ),
    "private-lender": _lenders("仅当出借人是个人或没有放贷牌照的一般单位时适用（民间借贷）", {LenderType.PRIVATE}),
    "licensed-lender": _lenders("仅当出借人是银行、消费金融、小贷等持牌放贷机构时适用", _LICENSED, LenderType.PAWN),
    "financial-institution": _lenders("仅当出借人是银行、消费金融等金融机构时适用", _BANKING, LenderType.MICROLOAN),
    "bank-institution": _lenders("仅当出借人是银行业金融机构时适用", _BANKING),
    "commercial-bank": _lenders("仅当出借人是商业银行时适用", _BANK),
    "bank-consumer": Condition(
        "仅当出借人是银行（其他机构参照）、你是个人金融消费者时适用",
        frozenset(_BANK),
        frozenset(_PERSON),
        frozenset(_UNSETTLED | _LICENSED),
    ),
    "bank-individual": Condition(
        "仅当出借人是吸收存款的银行类机构、借款人是个人时适用",
        frozenset(_BANK),
        frozenset(_PERSON),
        frozenset(_UNSETTLED | _BANKING),
    ),
    "consumer-finance": _lenders("仅当出借人是消费金融公司时适用", {LenderType.CONSUMER_FINANCE}),
    "microloan": _lenders("仅当出借人是小额贷款公司时适用", {LenderType.MICROLOAN}),
    "pawn": _lenders("仅当对方是典当行时适用", {LenderType.PAWN}),
    "local-finance": _lenders("仅当出借人是小额贷款公司、典当行等七类地方金融组织时适用", _LOCAL),
    "institution": _lenders(
        "约束从事贷款业务的机构；个人之间的借款不受它约束",
        _LICENSED | {LenderType.PAWN},
        LenderType.PRIVATE,
    ),
    "personal-loan": Condition("仅当出借人是放贷机构、借款人是个人时适用", frozenset(_LICENSED), frozenset(_PERSON)),
    "facilitated-loan": Condition(
        "仅当贷款由银行等机构与互联网平台合作发放（助贷）时适用",
        frozenset(_BANKING),
        open_lenders=frozenset(_UNSETTLED),
        settled=False,
    ),
    "recommended-standard": Condition(
        "推荐性国家标准，没有强制力；双方没有约定催收时段时参照",
        frozenset(_LICENSED),
        frozenset(_PERSON),
        settled=False,
    ),
    "self-regulation": Condition(
        "行业协会的自律要求，没有法律强制力", frozenset(_BANKING), frozenset(_PERSON), settled=False
    ),
}
