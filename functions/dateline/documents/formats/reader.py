"""Each format's reader by name. A reader's module is imported when the first document of its format comes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from dateline.errors import Rejected

if TYPE_CHECKING:
    from dateline.documents.formats.content import Content
    from dateline.documents.formats.detect import Format
    from dateline.documents.limits import Limits

_READERS: dict[Format, tuple[str, str]] = {
    "text": ("plain", "read_plain"),
    "json": ("record", "read_record"),
    "markdown": ("markdown", "read_markdown"),
    "html": ("html", "read_html"),
    "email": ("mail", "read_mail"),
    "pdf": ("pdf", "read_pdf"),
    "docx": ("docx", "read_docx"),
}


class Reader(Protocol):
    """A format's reader: bytes to content, Rejected with a code where the bytes are at fault."""

    def __call__(self, data: bytes, limits: Limits) -> Content:
        """Read a file within limits."""


def read_content(data: bytes, form: Format, limits: Limits) -> Content:
    """Read a file of a known format. Rejected: the reader's reasons, and `too_many_characters`."""
    module, name = _READERS[form]
    reader = cast(Reader, getattr(import_module(f"dateline.documents.formats.{module}"), name))
    content = reader(data, limits)
    length = len(content.text)
    if length > limits.max_characters:
        raise Rejected(
            "too_many_characters", f"its text has {length} characters, the limit is {limits.max_characters}: split it"
        )
    return content
