"""Where each character of a Word file's text stands in its XML.

The reader itself tells: it reads the document once more with every character replaced by one that occurs nowhere
else, so no second walk of the XML has to agree with the first.
"""

from __future__ import annotations

from contract_scan.errors import Unreadable
from contract_scan.extract.docx import NESTED, open_body
from contract_scan.extract.docx_body import T
from contract_scan.extract.docx_package import Package

FIRST, LAST = 0x10000, 0x10FFFF  # what stands for a character; the rest of a longer file has no homes
#: The n-th w:t of the main part in document order, and the character in it; None for what the reader put in.
Home = tuple[int, int] | None


def text_homes(data: bytes) -> tuple[str, list[Home]]:
    """The text of the main part as ``read_docx`` gives it, and the home of every character of it.

    Spaces and line ends have none, nor have numbering and cell separators. Raises like ``read_docx``.
    """
    document, body = open_body(Package(data))
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for index, element in enumerate(document.iter(T)):
        text = element.text or ""
        kept = [place for place, char in enumerate(text) if not char.isspace()][: LAST - FIRST + 1 - len(places)]
        coded = list(text)
        for place in kept:
            coded[place] = chr(FIRST + len(places))
            places.append((index, place))
            letters.append(text[place])
        element.text = "".join(coded)
    try:
        read = "\n".join(body.read(document))
    except RecursionError:
        raise Unreadable(NESTED) from None
    homes: list[Home] = [
        places[ord(char) - FIRST] if FIRST <= ord(char) < FIRST + len(places) else None for char in read
    ]
    text = "".join(char if home is None else letters[ord(char) - FIRST] for char, home in zip(read, homes, strict=True))
    return text, homes
