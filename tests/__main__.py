"""All checks, in one command: python -m tests"""

import subprocess
import sys

COMMANDS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "--strict", "contract_scan"),
    ("pytest", "-q", "-n", "2", "--dist", "worksteal"),
)


def main() -> int:
    """Run each in turn, all of them even after a failure; 0 when every one passed."""
    failed = [command for command in COMMANDS if subprocess.run([sys.executable, "-m", *command]).returncode]
    for command in failed:
        print("failed:", *command)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
