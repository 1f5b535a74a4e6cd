"""Hundreds of contracts at once: inputs → runner (any executor) → results in SQLite → overview and exports."""

from contract_scan.batch.inputs import Input, find_inputs
from contract_scan.batch.run import Progress, run_batch
from contract_scan.batch.runner import Scanned, scan_many
from contract_scan.batch.store import Store
from contract_scan.batch.task import Settings

__all__ = ["Input", "Progress", "Scanned", "Settings", "Store", "find_inputs", "run_batch", "scan_many"]
