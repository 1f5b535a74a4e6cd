"""What the loan really costs: schedule, true annual rate, what each charge adds, which line in law it crosses."""

from contract_scan.cost.annualise import (
    Annual,
    NoRate,
    annual,
    compounding,
    dated_rate,
    ledger,
    ledger_rate,
    periodic_rate,
    unit_period_rate,
)
from contract_scan.cost.cashflow import Fee, Method, Row, Terms, Timing, flows, instalment, schedule
from contract_scan.cost.estimate import Estimate, estimate

__all__ = [
    "Annual", "Estimate", "Fee", "Method", "NoRate", "Row", "Terms", "Timing",
    "annual", "compounding", "dated_rate", "estimate", "flows", "instalment", "ledger", "ledger_rate",
    "periodic_rate", "schedule", "unit_period_rate",
]  # fmt: skip
