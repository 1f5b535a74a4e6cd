"""python -m contract_scan.web: the child process of the local page."""

from __future__ import annotations

from contract_scan.isolate import serve
from contract_scan.web.task import load

if __name__ == "__main__":
    serve(load)
