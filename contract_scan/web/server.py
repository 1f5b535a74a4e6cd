"""serve(): the page on a port of this computer, until it is stopped."""

from __future__ import annotations

import importlib.util
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from contract_scan.errors import ContractScanError, MissingExtra
from contract_scan.isolate import Limits, Worker
from contract_scan.web.guard import LOOPBACK

NEEDED = ("starlette", "uvicorn", "python_multipart")
COMMAND = (sys.executable, "-P", "-m", "contract_scan.web")
MOST_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen (port 0: any that is free), who may ask, and what one file may cost."""

    host: str = "127.0.0.1"
    port: int = 0
    key: str = ""
    rules: Path | None = None
    workers: int = 2
    limits: Limits = field(default_factory=lambda: Limits(seconds=180.0))

    def __post_init__(self) -> None:
        """Other computers may only ask with a key. Raises ContractScanError."""
        if self.host not in LOOPBACK and len(self.key) < 16:
            raise ContractScanError(
                f"绑定到 {self.host}，别的电脑也能打开这个页面：请用 --token 给一个至少 16 个字符的口令，"
                "或者不写 --host，只在本机打开。"
            )


def serve(settings: Settings, *, announce: Callable[[str], None], open_browser: bool = True) -> None:
    """Listen until stopped with Ctrl-C; *announce* gets the address. Raises MissingExtra, ContractScanError."""
    if not all(importlib.util.find_spec(name) for name in NEEDED):
        raise MissingExtra("打开本机页面", "web")
    import uvicorn

    from contract_scan.web.app import build

    with _listening(settings) as listener:
        workers = [
            Worker(settings.limits, rules=settings.rules, command=COMMAND) for _ in range(max(1, settings.workers))
        ]
        app = build(workers, host=settings.host, key=settings.key, token=secrets.token_urlsafe(24))
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=2,
        )
        address = _address(settings, listener)
        announce(address)
        if open_browser:
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listener])


def default_workers() -> int:
    """Two contracts at once, one where there is one processor only."""
    return min(2, os.cpu_count() or 1)


def _listening(settings: Settings) -> socket.socket:
    """A socket that listens already, so that the browser may come at once. Raises ContractScanError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise ContractScanError(
            f"{settings.host} 的端口 {settings.port} 用不了（{error.strerror}）：请用 --port 换一个，或者不写，自动选。"
        ) from error
    return listener


def _address(settings: Settings, listener: socket.socket) -> str:
    name = f"[{settings.host}]" if ":" in settings.host else settings.host
    shown = f"?key={settings.key}" if settings.key else ""
    return f"http://{name}:{listener.getsockname()[1]}/{shown}"
