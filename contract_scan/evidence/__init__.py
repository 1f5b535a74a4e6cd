"""What a report found, shown on the original itself: pictures of its pages, and annotated copies of the file.

Reads the original's bytes next to the report; the original is never written.
"""

from __future__ import annotations

from contract_scan.evidence.docx import annotate_docx
from contract_scan.evidence.original import annotated, files_of, original_of
from contract_scan.evidence.pdf import annotate_pdf
from contract_scan.evidence.pictures import WHICH, page_pictures

__all__ = ["WHICH", "annotate_docx", "annotate_pdf", "annotated", "files_of", "original_of", "page_pictures"]
