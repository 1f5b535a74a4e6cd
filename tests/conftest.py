"""Shared by all tests: the engine is built once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contract_scan import load_engine
from contract_scan.checks import Engine

SHARED = Path(__file__).resolve().parents[2] / "shared"


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


def in_ci() -> bool:
    return bool(os.environ.get("CI"))
