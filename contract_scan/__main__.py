"""python -m contract_scan"""

from contract_scan.cli import main

main()
