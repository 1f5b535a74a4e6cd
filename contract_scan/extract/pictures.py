"""Image files → their pictures, upright as their EXIF says; limits on what they unpack to."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from contract_scan.errors import TooLarge, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

    from contract_scan.extract.ocr.engine import Pixels

MAX_PIXELS = 80_000_000  # of one picture; a phone's largest have 50 million
MAX_FRAMES = 500  # of a multi-page TIFF
LONG_SIDE = 842.0  # points of a picture's longer side
BROADEST = 2_400  # pixels of a picture's shorter side that are worth reading: 300 dpi of A4
HUGE = "这张图片的像素太多：请缩小或裁剪后再检查。"
DAMAGED = "这张图片已损坏或没有下载完整：请重新导出，或再拍一张。"


def load_pictures(data: bytes) -> Iterator[Image]:
    """The pictures of a file (several in a TIFF, GIF or WebP), upright; Unreadable or TooLarge says what to do."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(BytesIO(data)) as file:
            count = getattr(file, "n_frames", 1)
            if count > MAX_FRAMES:
                raise TooLarge(f"这个图片文件有 {count} 页，超过 {MAX_FRAMES} 页：请拆成几个文件。")
            if file.width * file.height > MAX_PIXELS:
                raise TooLarge(HUGE)
            file.draft("RGB", (2 * BROADEST, 2 * BROADEST))  # a JPEG is unpacked no larger than needed
            for frame in ImageSequence.Iterator(file):
                yield _flat(ImageOps.exif_transpose(frame))
    except (TooLarge, Unreadable):
        raise
    except Image.DecompressionBombError:
        raise TooLarge(HUGE) from None
    except Exception as error:  # Pillow raises almost anything on damaged bytes
        raise Unreadable(DAMAGED) from error


def count_pictures(data: bytes) -> int:
    """How many pictures a file holds; Unreadable when it cannot be opened."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as file:
            return int(getattr(file, "n_frames", 1))
    except Exception as error:  # as above
        raise Unreadable(DAMAGED) from error


def _flat(picture: Image) -> Image:
    """In red, green and blue; what is transparent becomes white."""
    from PIL import Image

    if "A" in picture.getbands() or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    return picture.convert("RGB")


def pixels_of(picture: Image) -> Pixels:
    """Rows × columns × blue, green, red of a picture, no larger than is worth reading."""
    import numpy as np

    shrink = min(1.0, BROADEST / min(picture.size))
    if shrink < 1:
        picture = picture.resize((round(picture.width * shrink), round(picture.height * shrink)))
    return np.ascontiguousarray(np.asarray(picture, dtype=np.uint8)[:, :, ::-1])
