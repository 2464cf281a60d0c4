"""Images of texts for tests, as a scanner makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def picture(*lines: str) -> Image.Image:
    """Draw lines, each a paragraph, in black on white."""
    image = Image.new("L", (1_240, 200 + 120 * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    for place, words in enumerate(lines):
        draw.text((80, 80 + 120 * place), words, fill=0, font=ImageFont.load_default(size=36))
    return image


def image(form: str, *lines: str) -> bytes:
    file = io.BytesIO()
    picture(*lines).save(file, format=form)
    return file.getvalue()


def scanned(*pages: Sequence[str]) -> bytes:
    """Make a PDF of pictures without text."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for lines in pages:
        shown = picture(*lines)
        canvas.drawImage(ImageReader(shown), 0, 300, width=A4[0], height=A4[0] * shown.height / shown.width)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class Told:
    """A recogniser that says what it was told to, page by page, and keeps the images."""

    def __init__(self, *pages: str) -> None:
        self.pages = pages
        self.images: list[bytes] = []

    def __call__(self, pages: Callable[[], Sequence[bytes]]) -> Sequence[str]:
        self.images += pages()
        return self.pages
