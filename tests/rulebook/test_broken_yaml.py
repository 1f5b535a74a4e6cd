"""Every mistake in a data file is named, placed and answered with a remedy.

Each file under ``broken/`` begins with the words its message must contain.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from contract_scan.errors import RuleError
from contract_scan.rulebook.directory import load_directory
from contract_scan.rulebook.law import load_law
from contract_scan.rulebook.parameters import load_parameters

BROKEN = Path(__file__).parent / "broken"
RULES = Path(__file__).resolve().parents[2] / "rules"


def cases(folder: str) -> list[Path]:
    return sorted((BROKEN / folder).glob("*.yaml"))


def expected(file: Path) -> list[str]:
    first = file.read_text("utf-8").splitlines()[0]
    return first.removeprefix("# expect: ").split(" | ")


def assert_told(error: RuleError, file: Path) -> None:
    assert [word for word in expected(file) if word not in str(error)] == [], str(error)


@pytest.mark.parametrize("file", cases("law"), ids=lambda file: file.stem)
def test_a_mistake_in_a_law_file_is_explained(file: Path, tmp_path: Path) -> None:
    shutil.copy(file, tmp_path)
    with pytest.raises(RuleError) as caught:
        load_law(tmp_path)
    assert_told(caught.value, file)


@pytest.mark.parametrize("file", cases("parameters"), ids=lambda file: file.stem)
def test_a_mistake_in_a_parameter_file_is_explained(file: Path, tmp_path: Path) -> None:
    shutil.copy(file, tmp_path)
    with pytest.raises(RuleError) as caught:
        load_parameters(tmp_path)
    assert_told(caught.value, file)


@pytest.mark.parametrize("file", cases("directory"), ids=lambda file: file.stem)
def test_a_mistake_in_the_directory_is_explained(file: Path, tmp_path: Path) -> None:
    shutil.copytree(RULES / "directory", tmp_path, dirs_exist_ok=True)
    shutil.copy(file, tmp_path / f"{file.stem.split('--')[0]}.yaml")
    with pytest.raises(RuleError) as caught:
        load_directory(tmp_path)
    assert_told(caught.value, file)


def test_there_are_broken_files_of_every_kind() -> None:
    assert [len(cases(folder)) >= 10 for folder in ("law", "parameters", "directory")] == [True, True, True]
