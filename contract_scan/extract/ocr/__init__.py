"""Pictures → lines of text with positions, on this computer: no network, no download, nothing kept on disk."""

from __future__ import annotations

from contract_scan.extract.ocr.readers import Readers, is_installed

__all__ = ["Readers", "is_installed"]
