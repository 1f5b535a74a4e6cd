"""Shared by all tests: the engine is built once, and so is the browser."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contract_scan import load_engine
from contract_scan.checks import Engine

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SHARED = Path(__file__).resolve().parents[2] / "shared"


HERE = socket.gethostname()
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "", "0.0.0.0"})


@pytest.fixture(scope="session", autouse=True)
def only_this_computer() -> Iterator[None]:
    """Nothing that a test runs may reach another machine; batch, web and browser tests use loopback."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    def guarded_look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if host is not None and (host.decode() if isinstance(host, bytes) else host) not in LOOPBACK | {HERE}:
            raise AssertionError(f"a test asked where {host} is")
        return look_up(host, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(scope="session")
def engine() -> Engine:
    return load_engine()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real contracts, which is not part of the project."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("../shared/corpus is not there")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for the whole session: Playwright's sync interface can't be entered twice in a process."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        missing("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def missing(what: str) -> None:
    if in_ci():
        pytest.fail(f"{what} is missing, and CI must look at the pages in a browser")
    pytest.skip(f"{what} is not installed")


def in_ci() -> bool:
    return bool(os.environ.get("CI"))
