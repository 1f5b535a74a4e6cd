"""The folder tree is a claim about who may know whom; this proves that the code keeps it."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import contract_scan

PACKAGE = Path(contract_scan.__file__).parent
BASE = {"errors", "model"}
MAY_IMPORT: dict[str, set[str]] = {
    "_version": set(),
    "errors": set(),
    "model": set(),
    "cache": set(),
    "segment": {"cache"},
    "extract": BASE,
    "normalise": BASE,
    "boxes": BASE,
    "personal": BASE,
    "mask": BASE | {"personal"},
    "outline": BASE,
    "facts": BASE,
    "cost": BASE,
    "rulebook": BASE | {"cache"},
    "checks": BASE | {"rulebook", "segment"},
    "assemble": BASE | {"_version", "boxes", "checks", "rulebook"},
    "costing": BASE | {"cost", "rulebook"},
    "doubts": BASE,
    "papers": BASE | {"facts", "outline"},
    "pipeline": BASE
    | {"assemble", "checks", "cost", "costing", "doubts", "extract", "normalise", "outline", "papers", "rulebook"},
    "examples": BASE | {"checks", "pipeline", "rulebook"},
    "compare": BASE,
    "render": BASE | {"cache", "compare", "mask"},
    "evidence": BASE | {"extract", "render"},
    "evaluate": BASE,
    "sketch": set(),
    "isolate": BASE | {"_version", "checks", "extract", "mask", "pipeline", "render", "rulebook", "sketch"},
    "batch": BASE | {"_version", "isolate", "mask", "render", "rulebook", "segment", "sketch"},
    "web": BASE | {"", "_version", "checks", "compare", "extract", "isolate", "mask", "pipeline", "render"},
    "__main__": {"cli"},
    "": BASE | {"_version", "batch", "checks", "extract", "pipeline", "render", "rulebook"},
    "cli": BASE
    | {"", "_version", "batch", "compare", "costing", "evaluate", "evidence", "examples", "extract", "facts", "isolate"}
    | {"checks", "mask", "render", "rulebook", "web"},
}
HEAVY = {"pdfplumber", "pypdfium2", "pdfminer", "docx", "lxml", "spacy", "jieba", "jinja2", "rich", "yaml", "opencc"}
HEAVY |= {"ahocorasick_rs", "charset_normalizer", "cv2", "distributed", "numpy", "onnxruntime", "PIL", "pypdf"}
HEAVY |= {"markupsafe", "python_multipart", "rapidocr", "starlette", "uvicorn", "xlsxwriter"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


def imported(path: Path, *, top_only: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body if top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module == "contract_scan":
                known = {part_of(p) for p in modules()}
                yield from (f"contract_scan.{a.name}" if a.name in known else "contract_scan" for a in node.names)
            else:
                yield node.module


def test_the_map_has_no_cycle() -> None:
    TopologicalSorter(MAY_IMPORT).prepare()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_follow_the_map(path: Path) -> None:
    part = part_of(path)
    for name in imported(path):
        if name == "contract_scan" or name.startswith("contract_scan."):
            target = name.removeprefix("contract_scan").removeprefix(".").split(".")[0]
            assert target in MAY_IMPORT[part] | {part}, f"{part} must not import {target or 'contract_scan'}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_heavy_is_imported_at_module_level(path: Path) -> None:
    assert not HEAVY & {name.split(".")[0] for name in imported(path, top_only=True)}


def test_the_front_door_is_small_on_purpose() -> None:
    assert contract_scan.__all__ == [
        "ContractScanError", "Finding", "Options", "Report", "Severity", "__version__",
        "load_engine", "render", "scan", "scan_many", "scan_text", "scan_together",
    ]  # fmt: skip
    assert all(hasattr(contract_scan, name) for name in contract_scan.__all__)


def test_sizes_stay_readable() -> None:
    for path in modules():
        lines = path.read_text("utf-8").count("\n")
        assert lines <= 350, f"{path.name} has {lines} lines"
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path.name}: {node.name} is too long"


def test_every_package_is_installed() -> None:
    config = configparser.ConfigParser()
    config.read(PACKAGE.parent / "setup.cfg", "utf-8")
    listed = {name for name in config["options"]["packages"].split() if name.startswith("contract_scan.")}
    assert listed == {
        ".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in PACKAGE.glob("*/**/__init__.py")
    }
