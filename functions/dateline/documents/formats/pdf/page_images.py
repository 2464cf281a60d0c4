"""A scanned PDF's pages as images, for whoever recognises their text."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

from dateline.errors import Rejected

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap

    from dateline.documents.limits import Limits

_SCALE: Final = 200 / 72  # 200 dots per inch: letters of 8 points are 20 dots high, which recognisers ask for
_LONGEST: Final = 3_000  # dots of a side; all of a page then takes less than the 10 MB that Amazon Textract allows


def page_images(data: bytes, limits: Limits) -> list[bytes]:
    """Draw each page as a grey PNG. Rejected: `too_many_pages` for a recogniser."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    if len(document) > limits.max_recognised_pages:
        raise Rejected(
            "too_many_pages",
            f"it is a scan of {len(document)} pages, and text is recognised on {limits.max_recognised_pages} at most: "
            "split it, or run text recognition over it and drop it again",
        )
    images = []
    for page in document:
        scale = min(_SCALE, _LONGEST / max(page.get_size()))
        images.append(_png(page.render(scale=scale, grayscale=True)))
        page.close()
    return images


def _png(bitmap: PdfBitmap) -> bytes:
    """Write a bitmap of grey bytes as PNG (ISO 15948), which takes no library."""
    grey = bytes(bitmap.buffer)
    rows = b"".join(
        b"\0" + grey[start : start + bitmap.width] for start in range(0, bitmap.height * bitmap.stride, bitmap.stride)
    )
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
