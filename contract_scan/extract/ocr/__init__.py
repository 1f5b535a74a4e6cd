"""Pictures → lines of text with positions, on this computer: no network, no download, nothing kept on disk."""

from __future__ import annotations

from contract_scan.extract.ocr.page import ReadPicture, read_picture


__all__ = ["ReadPicture", "read_picture"]
