"""The runs of a Word document, split where a comment begins or ends."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from docx.text.run import Run
    from lxml.etree import _Element

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NO_COMMENTS = ("}txbxContent", "}ruby", "}AlternateContent")
Place = tuple[int, int]  # the n-th w:t of the document, a character in it


class Runs:
    """The text elements of a document in order, and the runs that they are in."""

    def __init__(self, document: _Element) -> None:
        from docx.oxml.ns import qn

        self._run, self._format = qn("w:r"), qn("w:rPr")
        self._texts = list(document.iter(qn("w:t")))
        self._pieces: dict[int, list[tuple[int, _Element]]] = {}  # text element → (first character, run), in order

    def can_mark(self, start: Place, end: Place) -> bool:
        """Whether Word allows a comment from one character to another: not in a text box or beside a ruby."""
        return self._is_plain(start[0]) and self._is_plain(end[0])

    def split(self, places: Iterable[Place]) -> None:
        """Let a run begin at each place (which may be the end of a text element)."""
        cuts: dict[int, set[int]] = defaultdict(set)
        for index, place in places:
            cuts[index].add(place)
        for index in sorted(cuts):  # in this order: a cut moves what follows to another run
            element = self._texts[index]
            later = [(place, self._cut(element, place)) for place in sorted(cuts[index], reverse=True)]
            pieces = [(place, run) for place, run in reversed(later) if run is not None]
            if not pieces or pieces[0][0] > 0:
                pieces.insert(0, (0, _parent(element)))
            self._pieces[index] = pieces

    def between(self, start: Place, end: Place) -> Sequence[Run]:
        """The first and the last run of the characters from *start* to *end*, both included; after ``split``."""
        from docx.oxml.text.run import CT_R
        from docx.text.run import Run

        elements = [cast("CT_R", self._run_at(place)) for place in (start, end)]
        return [Run(element, None) for element in elements]  # type: ignore[arg-type]  # its parent is never asked

    def _run_at(self, place: Place) -> _Element:
        pieces = self._pieces[place[0]]
        return pieces[bisect_right([first for first, _ in pieces], place[1]) - 1][1]

    def _is_plain(self, index: int) -> bool:
        element = self._texts[index]
        if _parent(element).tag != self._run:
            return False
        return not any(str(above.tag).endswith(NO_COMMENTS) for above in element.iterancestors())

    def _cut(self, element: _Element, place: int) -> _Element | None:
        """Move what follows a character of a text element to a run of its own; None where that would leave nothing."""
        run, text = _parent(element), element.text or ""
        following = list(element.itersiblings())
        if place == 0:
            before = [one for one in element.itersiblings(preceding=True) if one.tag != self._format]
            return self._moved(run, [element, *following]) if before else None
        if place < len(text):
            rest = deepcopy(element)
            rest.text, element.text = text[place:], text[:place]
            for piece in (rest, element):
                piece.set(SPACE, "preserve")
            following.insert(0, rest)
        return self._moved(run, following) if following else None

    def _moved(self, run: _Element, children: Sequence[_Element]) -> _Element:
        """A new run after another one, of the same format, with these children."""
        new = run.makeelement(run.tag)
        new.attrib.update(run.attrib)
        properties = run.find(self._format)
        if properties is not None:
            new.append(deepcopy(properties))
        new.extend(children)
        run.addnext(new)
        return new


def _parent(element: _Element) -> _Element:
    parent = element.getparent()
    assert parent is not None
    return parent
