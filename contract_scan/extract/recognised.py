"""What was recognised in a picture, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract_scan.extract.assembly import ReadPage

if TYPE_CHECKING:
    from contract_scan.extract.ocr.page import ReadPicture

SKEWED = 2.0  # degrees worth telling


def recognised_page(read: ReadPicture, size: tuple[float, float]) -> ReadPage:
    """The page with its flaws: turned or skewed; *size* in points as displayed."""
    fault = "" if any(line.text.strip() for line in read.lines) else "illegible"
    return ReadPage(read.lines, size, fault, marks=read.marks, flaws=tuple(_flaws(read.turn)), recognised=True)


def _flaws(turn: float) -> list[str]:
    quarter = round(turn / 90) * 90
    flaws = []
    if quarter:
        flaws.append("倒着" if abs(quarter) == 180 else "横着或竖排")
    if abs(turn - quarter) >= SKEWED:
        flaws.append(f"歪斜 {abs(turn - quarter):.0f}°")
    return flaws
