"""The frozen values that flow between stages.

Spans are half-open and count code points. Up to :class:`Document` two coordinate systems exist:
*source* positions index ``Source.text``; *document* positions index the normalised ``Document.text``.
Clauses, sentences, parties, facts and check outcomes use document positions; everything in a
:class:`Report` (evidence) uses source positions, so that a quotation is always ``source.text[span]``.
"""

from contract_scan.model.contract import Clause, Contract, Fact, Lack, Options, Outcome, Party, RoleWords, Sentence
from contract_scan.model.kinds import (
    BorrowerType,
    Confidence,
    ContractKind,
    Effect,
    Jurisdiction,
    LenderType,
    Level,
    Role,
    Severity,
    Verdict,
)
from contract_scan.model.report import (
    Basis,
    Channel,
    CostCard,
    CostRow,
    CostShare,
    Coverage,
    Evidence,
    Finding,
    LenderCheck,
    RateLine,
    Report,
    Summary,
    Unjudged,
    VerifyStep,
    Versions,
)
from contract_scan.model.text import CELL_SEPARATOR, Box, Document, Page, Part, Source, Span

__all__ = [
    "CELL_SEPARATOR",
    "Basis",
    "BorrowerType",
    "Box",
    "Channel",
    "Clause",
    "Confidence",
    "Contract",
    "ContractKind",
    "CostCard",
    "CostRow",
    "CostShare",
    "Coverage",
    "Document",
    "Effect",
    "Evidence",
    "Fact",
    "Finding",
    "Jurisdiction",
    "Lack",
    "LenderCheck",
    "LenderType",
    "Level",
    "Options",
    "Outcome",
    "Page",
    "Part",
    "Party",
    "RateLine",
    "Report",
    "Role",
    "RoleWords",
    "Sentence",
    "Severity",
    "Source",
    "Span",
    "Summary",
    "Unjudged",
    "Verdict",
    "VerifyStep",
    "Versions",
]
