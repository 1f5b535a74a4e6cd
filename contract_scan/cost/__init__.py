"""What the loan really costs: schedule, true annual rate, what each charge adds, which line in law it crosses."""

from contract_scan.cost.annualise import Annual, NoRate, annual, dated_rate, periodic_rate
from contract_scan.cost.cashflow import Fee, Method, Row, Terms, Timing, flows, instalment, schedule
from contract_scan.cost.estimate import estimate

__all__ = [
    "Annual", "Fee", "Method", "NoRate", "Row", "Terms", "Timing",
    "annual", "dated_rate", "estimate", "flows", "instalment", "periodic_rate", "schedule",
]  # fmt: skip
