"""Many pictures at once: one recogniser for each core, a bounded number of pictures in memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from contract_scan.errors import MissingExtra

if TYPE_CHECKING:
    from contract_scan.extract.ocr.engine import Pixels, Recogniser
    from contract_scan.extract.ocr.page import ReadPicture

TASK = "识别图片和扫描件里的文字"
Progress = Callable[[str], None]


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@dataclass(slots=True)
class Readers:
    """Recognisers for pictures and scanned pages, loaded when the first one comes and kept for the next file.

    ``mode``: auto (pages without usable text), always (every PDF page, and its picture wins where it says something
    else than the text layer) or never. ``workers`` is how many pictures are read at once (0: one for each core);
    ``progress`` is told after each picture how many are done, in Chinese.
    """

    mode: str = "auto"
    workers: int = 0
    progress: Progress | None = None
    _free: SimpleQueue[Recogniser] = field(default_factory=SimpleQueue)

    def check(self) -> None:
        """MissingExtra, with the line that installs it, when the extra is not there."""
        if not is_installed():
            raise MissingExtra(TASK, "ocr")

    def read(self, pictures: Iterable[tuple[Pixels, float]], total: int) -> Iterator[ReadPicture]:
        """The pages in the pictures (pixels, points for a pixel), in order; pictures are drawn as they are needed."""
        self.check()
        cores = self.workers or _cores()
        workers = max(1, min(cores, total))
        threads = max(1, cores // workers)
        waiting: deque[Future[ReadPicture]] = deque()
        done = 0
        with ThreadPoolExecutor(workers, "ocr") as pool:
            for pixels, scale in pictures:
                waiting.append(pool.submit(self._read_one, pixels, scale, threads))
                del pixels
                if len(waiting) > workers:
                    yield waiting.popleft().result()
                    done += 1
                    self._tell(done, total)
            while waiting:
                yield waiting.popleft().result()
                done += 1
                self._tell(done, total)

    def _read_one(self, pixels: Pixels, scale: float, threads: int) -> ReadPicture:
        from contract_scan.extract.ocr.page import read_picture

        recogniser = self._take(threads)
        try:
            return read_picture(pixels, recogniser, scale)
        finally:
            self._free.put(recogniser)

    def _take(self, threads: int) -> Recogniser:
        from contract_scan.extract.ocr.engine import Recogniser

        try:
            return self._free.get_nowait()
        except Empty:
            return Recogniser(threads)

    def _tell(self, done: int, total: int) -> None:
        if self.progress:
            self.progress(f"识别图片：{done}/{total} 页")


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
