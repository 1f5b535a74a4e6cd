"""Real files, where the folder of real contracts is there: as many characters as its plain text has, in order."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from contract_scan.errors import Unreadable
from contract_scan.extract import Readers, extract
from contract_scan.extract.ocr import is_installed

#: number → least similarity; the plain texts follow the order of drawing, so forms with many boxes differ.
LEAST = {
    "034": 0.99, "035": 0.99, "056": 0.99, "057": 0.97, "060": 0.98, "085": 0.96, "113": 0.99, "120": 0.97,
    "140": 0.97, "151": 0.99, "154": 0.95, "155": 0.93, "163": 0.99, "164": 0.99, "171": 0.94,
}  # fmt: skip


@pytest.mark.parametrize(("number", "least"), LEAST.items())
def test_the_text_agrees_with_the_plain_text(number: str, least: float, corpus: Path) -> None:
    (original,) = (corpus / "originals").glob(f"{number}-*")
    (plain,) = (corpus / "text").glob(f"{number}-*")
    source = extract(original)
    expected, found = squashed(plain.read_text("utf-8")), squashed(source.text)
    assert SequenceMatcher(None, expected, found, autojunk=False).ratio() >= least
    assert source.unread == ()


def test_a_scan_without_recognition_says_what_to_do(corpus: Path) -> None:
    (original,) = (corpus / "originals").glob("X01-*.pdf")
    with pytest.raises(Unreadable, match="扫描"):
        extract(original, Readers("never"))


@pytest.mark.skipif(not is_installed(), reason="the extra ocr is not installed")
def test_a_scan_is_recognised(corpus: Path) -> None:
    (original,) = (corpus / "originals").glob("X01-*.pdf")
    source = extract(original)
    assert {page.read_by for page in source.pages} == {"ocr"}
    assert len(source.text) > 300


def squashed(text: str) -> str:
    return re.sub(r"[\s_|＿\ue000-\uf8ff]", "", text)
