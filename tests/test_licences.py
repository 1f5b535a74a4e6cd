"""Nothing we need has a licence that would reach contract-scan itself."""

from __future__ import annotations

import pytest

from tests.licences import licence, needed, reaches_us

PACKAGES = sorted(needed(), key=lambda package: package.metadata["Name"].lower())


def test_the_core_is_among_them() -> None:
    names = {package.metadata["Name"].lower() for package in PACKAGES}
    assert {"pdfplumber", "jieba", "spacy", "jinja2", "click", "pypdfium2"} <= names


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.metadata["Name"])
def test_a_needed_package_has_a_licence_we_may_pass_on(package) -> None:  # type: ignore[no-untyped-def]
    stated = licence(package)
    assert stated != "?", "states no licence"
    assert not reaches_us(stated), stated


@pytest.mark.parametrize(
    ("stated", "reaches"),
    [
        ("MIT", False),
        ("Apache-2.0 OR BSD-2-Clause", False),
        ("GPL-3.0-or-later", True),
        ("GNU Affero General Public License v3", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("LGPL-2.1-or-later", False),
        ("MIT OR GPL-2.0", False),
        ("Apache-2.0 AND GPL-3.0-only", True),
        ("GPL-3.0 WITH GCC-exception", False),
    ],
)
def test_which_licences_would_reach_us(stated: str, reaches: bool) -> None:
    assert reaches_us(stated) is reaches
