"""The closed vocabularies: what a severity, a role, a lender type may be."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a problem can cost the borrower."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for critical … 3 for low; sorts the gravest first."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure a finding is: certain, likely, or something for a person to check."""

    CERTAIN = "certain"
    LIKELY = "likely"
    CHECK = "check"

    @property
    def rank(self) -> int:
        """0 for certain … 2 for check."""
        return list(Confidence).index(self)


class Verdict(StrEnum):
    """What a check answers."""

    HIT = "hit"
    CLEAR = "clear"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class Effect(StrEnum):
    """What the law does about a problem; decides the strongest words a finding may use."""

    VOID = "void"
    MAY_BE_VOID = "may-be-void"
    NOT_SUPPORTED = "not-supported"
    REDUCIBLE = "reducible"
    RECALCULATED = "recalculated"
    NOT_PART_OF_CONTRACT = "not-part-of-contract"
    DEFAULT_RULE = "default-rule"
    REGULATORY = "regulatory"
    UNFAVOURABLE = "unfavourable"
    SIGNAL = "signal"


class Role(StrEnum):
    """What a party does in the deal."""

    LENDER = "lender"
    BORROWER = "borrower"
    GUARANTOR = "guarantor"
    PLATFORM = "platform"
    SERVICER = "servicer"
    OTHER = "other"


class LenderType(StrEnum):
    """What kind of lender the wording points to (a clue, never a statement about its licence)."""

    BANK = "bank"
    CONSUMER_FINANCE = "consumer_finance"
    AUTO_FINANCE = "auto_finance"
    MICROLOAN = "microloan"
    TRUST = "trust"
    PAWN = "pawn"
    GUARANTOR = "guarantor"
    PLATFORM = "platform"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class BorrowerType(StrEnum):
    """Who borrows; decides whether consumer law can apply."""

    CONSUMER = "consumer"
    INDIVIDUAL_BUSINESS = "individual_business"
    COMPANY = "company"
    UNKNOWN = "unknown"


class ContractKind(StrEnum):
    """What kind of document this is."""

    LOAN = "loan"
    GUARANTEE = "guarantee"
    SERVICE = "service"
    AUTHORIZATION = "authorization"
    NOT_LOAN = "not_loan"
    UNKNOWN = "unknown"


class Jurisdiction(StrEnum):
    """Whose law governs."""

    MAINLAND = "mainland"
    TAIWAN = "taiwan"
    HONGKONG = "hongkong"


class Level(StrEnum):
    """The five levels of the summary."""

    STOP = "stop"  # 先别签
    NEGOTIATE = "negotiate"  # 先谈清楚
    NOTICE = "notice"  # 留意
    NOTHING_FOUND = "nothing_found"  # 在读到的部分未发现问题
    UNDETERMINED = "undetermined"  # 无法判断
