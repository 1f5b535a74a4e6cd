"""Scoring reports against labelled contracts: problems found (:mod:`problems`) and facts read (:mod:`facts`)."""

from contract_scan.evaluate.facts import FactScore, LabelledFact, add_facts, fact_table, read_fact_labels
from contract_scan.evaluate.problems import (
    Label,
    LabelledDocument,
    Score,
    Slip,
    Tally,
    add,
    fits,
    read_label,
    table,
)

__all__ = [
    "FactScore", "Label", "LabelledDocument", "LabelledFact", "Score", "Slip", "Tally",
    "add", "add_facts", "fact_table", "fits", "read_fact_labels", "read_label", "table",
]  # fmt: skip
