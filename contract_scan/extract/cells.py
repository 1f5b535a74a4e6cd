"""How table rows are written as text, for PDF and Word alike."""

from __future__ import annotations

#: A cell with at least this many lines and characters is running text: it keeps its line ends, on lines of its own.
PROSE_LINES, PROSE_CHARS = 3, 160


def is_prose(lines: int, characters: int) -> bool:
    """Whether a cell holds running text rather than a value."""
    return lines >= PROSE_LINES and characters >= PROSE_CHARS
