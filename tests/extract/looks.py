"""What happens to a page on its way into a file: scanned askew with noise, or photographed by hand."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

DPI = 200


def pages(pdf: bytes, dpi: int = DPI) -> Iterator[Image.Image]:
    """Each page of a PDF as a clean picture."""
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def scanned(picture: Image.Image, seed: int = 1) -> Image.Image:
    """1.2 degrees askew, a little out of focus, noise and specks."""
    random = np.random.default_rng(seed)
    grey = picture.convert("L").rotate(1.2, Image.Resampling.BICUBIC, fillcolor=250)
    values = np.asarray(grey.filter(ImageFilter.GaussianBlur(0.6)), float)
    values = values + random.normal(0, 12, values.shape)
    specks = random.random(values.shape)
    values[specks < 0.0008] = 0
    values[specks > 0.9992] = 255
    return Image.fromarray(values.clip(0, 255).astype("uint8")).convert("RGB")


def photographed(picture: Image.Image, seed: int = 1) -> Image.Image:
    """From an angle, out of focus, the paper wavy, light from one side, JPEG of quality 60."""
    random = np.random.default_rng(seed)
    wide, high = picture.size
    corners = (0.03, 0.02, -0.02, 1.03, 1.02, 0.98, 0.96, -0.01)
    quad = [round(share * (high if index % 2 else wide)) for index, share in enumerate(corners)]
    tilted = picture.convert("L").transform((wide, high), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, 1, 235)
    values = np.asarray(tilted.filter(ImageFilter.GaussianBlur(1)), float)
    y, x = np.mgrid[0:high, 0:wide]
    waves = (6 * np.sin(y / high * 2 * math.pi)).astype(int)
    values = values[y, np.clip(x + waves, 0, wide - 1)]
    values = values * (0.62 + 0.38 * x / wide) * (0.8 + 0.2 * (1 - y / high)) + random.normal(0, 8, values.shape)
    out = io.BytesIO()
    Image.fromarray(values.clip(0, 255).astype("uint8")).convert("RGB").save(out, "JPEG", quality=60)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def as_file(picture: Image.Image, kind: str = "PNG") -> bytes:
    """A picture as an image file."""
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def as_pdf(pictures: list[Image.Image], dpi: int = DPI) -> bytes:
    """Pictures as the pages of a PDF without text."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return out.getvalue()
