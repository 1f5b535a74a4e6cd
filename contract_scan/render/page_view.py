"""Pictures of pages with the quoted words boxed, as the HTML report shows them."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contract_scan.model import Box
from contract_scan.render.annotate import LETTER
from contract_scan.render.view import Item, Place

TAG = 9.0  # points; the number at a box


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A rendering of one page: its number, width and height in points as displayed, a compressed image."""

    number: int
    width: float
    height: float
    media: str  # image/webp
    data: bytes


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of one place on one page: rectangles (points), and where the number stands."""

    place: Place
    letter: str
    title: str
    boxes: tuple[Box, ...]
    tag: tuple[float, float]

    @property
    def id(self) -> str:
        """The id of the frame, on the page where it stands."""
        return f"v{self.boxes[0].page}-{self.place.anchor}"


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of the report: the picture as a data URI, and what is framed on it."""

    number: int
    width: float
    height: float
    uri: str
    frames: tuple[Frame, ...]


def page_views(items: Iterable[Item], pictures: Iterable[PagePicture]) -> tuple[PageView, ...]:
    """A view for every picture, in the order of the pages."""
    known = tuple(items)
    return tuple(_view(known, picture) for picture in sorted(pictures, key=lambda picture: picture.number))


def shown(views: Iterable[PageView]) -> dict[str, str]:
    """Anchor of a place in the text → id of its first frame on a picture."""
    frames = [frame for view in views for frame in view.frames]
    return {frame.place.anchor: frame.id for frame in reversed(frames)}


def pages_of(items: Iterable[Item]) -> frozenset[int]:
    """The numbers of the pages on which something is quoted."""
    places = (place for item in items for place in item.places)
    return frozenset(box.page for place in places for box in drawn(place.evidence.boxes))


def drawn(boxes: Iterable[Box]) -> Iterator[Box]:
    """The boxes that lie somewhere."""
    return (box for box in boxes if all(map(math.isfinite, (box.x0, box.top, box.x1, box.bottom))))


def _view(items: tuple[Item, ...], picture: PagePicture) -> PageView:
    uri = f"data:{picture.media};base64,{base64.b64encode(picture.data).decode()}"
    return PageView(picture.number, picture.width, picture.height, uri, tuple(_frames(items, picture.number)))


def _frames(items: tuple[Item, ...], page: int) -> Iterator[Frame]:
    taken: list[tuple[float, float]] = []
    for item in items:
        for place in item.places:
            boxes = tuple(box for box in drawn(place.evidence.boxes) if box.page == page)
            if boxes:
                tag = _tag(boxes[0], taken)
                yield Frame(place, LETTER[item.finding.severity], item.finding.title, boxes, tag)


def _tag(box: Box, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Above the first word; beside the numbers that are there already."""
    x, y = box.x0, max(box.top - TAG, 0.0)
    while any(abs(x - a) < TAG and abs(y - b) < TAG for a, b in taken):
        x += TAG + 1
    taken.append((x, y))
    return x, y
