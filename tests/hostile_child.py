"""A child of contract_scan.isolate in which contracts do what hostile files do to real parsers."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from contract_scan.errors import Encrypted, RuleError
from contract_scan.isolate import Answer, Job, serve


def hang() -> str:
    time.sleep(1000)
    return ""


def spin() -> str:
    while True:
        pass


def eat_memory() -> str:
    return "吃" * (1 << 33)


def exit_quietly() -> str:
    os._exit(0)


def die_of_a_signal() -> str:
    os.kill(os.getpid(), signal.SIGSEGV)
    return ""


def talk_nonsense() -> str:
    for number in range(3, 20):  # whatever number the answer's pipe has
        try:
            os.write(number, b"\xff" * 64)
        except OSError:
            continue
    os._exit(0)


def write_a_huge_file() -> str:
    with tempfile.TemporaryFile() as file:
        for _ in range(64):
            file.write(b"\0" * (1 << 20))
    return ""


def crash_inside() -> str:
    raise ZeroDivisionError("contents of the contract: 张三 13800000000")


def need_a_password() -> str:
    raise Encrypted("文件有密码：请先去掉密码再检查。")


def print_loudly() -> str:
    print("x" * 100_000, flush=True)
    print("x" * 100_000, flush=True, file=sys.stderr)
    os.system("echo also from a program it started")
    return "fine"


DEEDS = {
    deed.__name__: deed
    for deed in (
        hang, spin, eat_memory, exit_quietly, die_of_a_signal, talk_nonsense, write_a_huge_file, crash_inside,
        need_a_password, print_loudly,
    )
}  # fmt: skip


def answer(job: Job) -> dict[str, str]:
    """The deed the contract names; anything else comes back as it is, with the child's process id."""
    text = job.content.decode() if isinstance(job.content, bytes) else job.content.read_text("utf-8")
    return {"source": DEEDS[text]() if text in DEEDS else text, "pid": str(os.getpid())}


def load(rules: Path | None) -> tuple[dict[str, str], Answer]:
    if rules:
        raise RuleError("rules/x.yaml：不认识的键 checks。")
    return {"tool": "1", "rules": "1", "rules_sha256": "0" * 64}, answer


if __name__ == "__main__":
    serve(load)
