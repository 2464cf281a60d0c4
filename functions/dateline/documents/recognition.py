"""Scans and images as text: a recogniser that the caller brings reads their pages, and all of it is marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dateline.documents.formats.content import Content, printable
from dateline.documents.model import Remark
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Recogniser(Protocol):
    """Reads the text of images. Retryable: it is busy. Rejected: it cannot read such an image."""

    def __call__(self, pages: Callable[[], Sequence[bytes]]) -> Sequence[str]:
        """Return the text of each page; `pages` makes their images, and is called only where they are looked at."""
        ...


def recognised(pages: Callable[[], Sequence[bytes]], form: str, recogniser: Recogniser) -> Content:
    """Make one text of what was recognised on each page. Rejected: `no_text`."""
    text = ""
    starts: list[int] = []
    for page in recogniser(pages):
        said = printable(page).strip()
        starts.append(len(text) + 2 * bool(text and said))
        text = "\n\n".join(filter(None, [text, said]))
    if not text:
        raise Rejected("no_text", "no text was recognised in it: scan it anew, or drop its text")
    remark = Remark("recognised_text", f"All of its text was recognised by machine, from {len(starts)} page images.")
    numbers = tuple(range(1, len(starts) + 1))
    return Content(text=text, encoding=form, pages=tuple(starts), recognised=numbers, remarks=(remark,))
