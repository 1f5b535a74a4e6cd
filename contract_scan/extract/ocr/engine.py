"""The recogniser: rapidocr's models (inside its wheel) look for lines in a reduced picture and read the full one.

Finding the lines costs time for every pixel and does not need them all; reading small print does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from contract_scan.errors import MissingExtra
from contract_scan.extract.ocr.seals import is_stamped, merged, without_red

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from rapidocr.ch_ppocr_rec.typings import WordInfo

    Pixels = NDArray[np.uint8]

LONG_SIDE = 1_440  # pixels of the picture in which lines are looked for
TALL = 2.0  # times as high as wide: a long screenshot, which is read in pieces
OVER = 0.9  # how sure the classifier must be that a strip is upside down (rapidocr's own limit)
STAIN = 0.5  # mean confidence below which a strip is no text: a seal, a signature, a stain
TASK = "识别图片和扫描件里的文字"
Point = tuple[float, float]


class Char(NamedTuple):
    """A character read: where its middle lies along the strip (0 to 1), how sure the recogniser is (0 to 1), and
    whether it saw a space before it."""

    text: str
    place: float
    confidence: float
    spaced: bool = False


Said = tuple[str, tuple[Char, ...], bool]  # text, its characters, whether the strip is inverted


class Strip(NamedTuple):
    """A line or a part of one. ``corners``: start and end of its upper edge, end and start of its lower edge,
    as the text is read, in pixels of the picture."""

    corners: tuple[Point, Point, Point, Point]
    chars: tuple[Char, ...]

    @property
    def confidence(self) -> float:
        """The mean over its characters."""
        return _mean(self.chars)

    @property
    def length(self) -> float:
        """From where reading begins to where it ends, in pixels."""
        return _apart(self.at(0), self.at(1))

    @property
    def height(self) -> float:
        """Across the direction of reading, in pixels."""
        return _apart(self.corners[0], self.corners[3])

    @property
    def weight(self) -> float:
        """How many characters it tells, each as far as it is sure."""
        return sum(char.confidence for char in self.chars)

    def at(self, place: float) -> Point:
        """A point of its middle line."""
        a, b, c, d = self.corners
        start, end = ((a[0] + d[0]) / 2, (a[1] + d[1]) / 2), ((b[0] + c[0]) / 2, (b[1] + c[1]) / 2)
        return start[0] + place * (end[0] - start[0]), start[1] + place * (end[1] - start[1])

    def crosses(self, other: Strip) -> bool:
        """Whether a good part of the middle line of one lies in the other."""
        return self._enters(other) or other._enters(self)

    def _enters(self, other: Strip) -> bool:
        (x, y), (x1, y1) = other.at(0), other.at(1)
        length, half = max(other.length, 1.0), other.height / 2
        along, across = (x1 - x) / length, (y1 - y) / length
        inside = 0
        for step in range(1, 10):
            px, py = self.at(step / 10)
            far, off = (px - x) * along + (py - y) * across, (py - y) * along - (px - x) * across
            inside += 0 <= far <= length and abs(off) < half
        return inside >= 3

    def moved(self, down: float) -> Strip:
        """The same strip, further down."""
        a, b, c, d = ((x, y + down) for x, y in self.corners)
        return self._replace(corners=(a, b, c, d))

    def box(self, start: float, end: float) -> tuple[float, float, float, float]:
        """The upright rectangle around a part of it: x0, top, x1, bottom."""
        a, b, c, d = self.corners
        points = [_between(p, q, place) for place in (start, end) for p, q in ((a, b), (d, c))]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)


class Recogniser:
    """One set of models, for one thread at a time. MissingExtra when rapidocr is not installed."""

    def __init__(self, threads: int) -> None:
        try:
            from rapidocr import RapidOCR
        except ImportError:
            raise MissingExtra(TASK, "ocr") from None
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        self._engine.return_word_box = True

    def read(self, pixels: Pixels) -> list[Strip]:
        """The strips of a picture (rows × columns × blue, green, red), in no particular order."""
        return [strip.moved(top) for top, low in pieces(pixels) for strip in self._read(pixels[top:low])]

    def _read(self, pixels: Pixels) -> list[Strip]:
        strips = self._strips(pixels)
        if not is_stamped(pixels):
            return strips
        return merged(strips, self._strips(without_red(pixels)))

    def _strips(self, pixels: Pixels) -> list[Strip]:
        import cv2
        from rapidocr.main import RapidOCRError

        scale = min(1.0, LONG_SIDE / max(pixels.shape[:2]))
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
        try:
            _, found = self._engine.detect_and_crop(small, {})
        except RapidOCRError:  # that there is no text in the picture
            return []
        boxes = (found.boxes / scale).astype("float32")
        turned, heads = self._engine.cls_and_rotate(self._engine.crop_text_regions(pixels, boxes))
        if heads.cls_res is None:
            return []
        inverted = ["180" in label and score > OVER for label, score in heads.cls_res]
        strips = [
            Strip(_corners(box, text, inverted=over), chars)
            for box, (text, chars, over) in zip(boxes.tolist(), self._said(turned, inverted), strict=True)
        ]
        return [strip for strip in strips if strip.chars and strip.confidence >= STAIN]

    def _said(self, turned: list[Pixels], inverted: Sequence[bool]) -> list[Said]:
        """What each strip says, and whether it is inverted. One that seems to lie the other way than most of them is
        read both ways: the classifier takes some level lines for inverted ones."""
        import cv2

        most = 2 * sum(inverted) > len(inverted)
        said = [(*words, over) for words, over in zip(self._words(turned), inverted, strict=True)]
        odd = [index for index, over in enumerate(inverted) if over is not most]
        flipped = [cv2.rotate(turned[index], cv2.ROTATE_180).astype("uint8", copy=False) for index in odd]
        others = self._words(flipped) if odd else []
        for index, (text, chars) in zip(odd, others, strict=True):
            if _mean(chars) >= _mean(said[index][1]):
                said[index] = text, chars, most
        return said

    def _words(self, strips: list[Pixels]) -> list[tuple[str, tuple[Char, ...]]]:
        read = self._engine.recognize_txt(strips)
        words = cast("list[WordInfo]", read.word_results)  # what it declares is its older form
        return [(text, tuple(_chars(text, info))) for text, info in zip(read.txts or (), words, strict=True)]


def pieces(pixels: Pixels) -> list[tuple[int, int]]:
    """Rows from and to: a long screenshot in pieces, cut where a row has least in it; anything else as one."""
    high, wide = pixels.shape[:2]
    if high <= TALL * wide:
        return [(0, high)]
    import numpy as np

    grey = pixels.mean(axis=2)
    busy = np.abs(np.diff(grey, axis=1)).sum(axis=1)
    edges = [0]
    while high - edges[-1] > TALL * wide:
        least, most = edges[-1] + int(1.2 * wide), edges[-1] + int(1.5 * wide)
        edges.append(least + int(busy[least:most].argmin()))
    return [*zip(edges, [*edges[1:], high], strict=True)]


def _mean(chars: Sequence[Char]) -> float:
    return sum(char.confidence for char in chars) / max(len(chars), 1)


def _corners(box: list[list[float]], text: str, *, inverted: bool) -> tuple[Point, Point, Point, Point]:
    """The corners as the text is read: strips that stand on end are read downwards, inverted ones from their end.

    A single narrow character tells no direction.
    """
    left_top, right_top, right_low, left_low = ((x, y) for x, y in box)
    across = max(_apart(left_top, right_top), _apart(left_low, right_low))
    down = max(_apart(left_top, left_low), _apart(right_top, right_low))
    ring = (left_top, right_top, right_low, left_low)
    if len(text.strip()) == 1:
        return left_top, right_top, right_low, left_low
    first = (1 if int(down) >= 1.5 * int(across) else 0) + (2 if inverted else 0)
    a, b, c, d = (ring[(first + step) % 4] for step in range(4))
    return a, b, c, d


def _between(one: Point, other: Point, place: float) -> Point:
    return one[0] + place * (other[0] - one[0]), one[1] + place * (other[1] - one[1])


def _apart(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _chars(text: str, info: WordInfo) -> list[Char]:
    """Its characters with their places; spaces are left out of ``words`` but have a confidence of their own."""
    columns = [column for word in info.word_cols for column in word]
    length = max(info.line_txt_len, 1.0)
    chars: list[Char] = []
    spaced = False
    for char, sure in zip(text, info.confs if text else (), strict=True):  # nothing has one confidence, 0
        if not char.isspace():
            chars.append(Char(char, min((columns[len(chars)] + 0.5) / length, 1.0), sure, spaced))
        spaced = char.isspace()
    return chars
