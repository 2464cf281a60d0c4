"""Each format's reader. A reader's module is imported when the first document of its format comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.documents.formats.content import Content
    from dateline.documents.formats.detect import Format
    from dateline.documents.limits import Limits

    # Bytes to content, Rejected with a code where the bytes are at fault.
    Reader = Callable[[bytes, Limits], Content]


def read_content(data: bytes, form: Format, limits: Limits) -> Content:
    """Read a file of a known format. Rejected: the reader's reasons, and `too_many_characters`."""
    content = _reader(form)(data, limits)
    length = len(content.text)
    if length > limits.max_characters:
        raise Rejected(
            "too_many_characters", f"its text has {length} characters, the limit is {limits.max_characters}: split it"
        )
    return content


def _reader(form: Format) -> Reader:  # noqa: C901, PLR0912 - a table, and its imports are as lazy as they are typed
    match form:
        case "text":
            from dateline.documents.formats.plain import read_plain as read
        case "json":
            from dateline.documents.formats.record import read_record as read
        case "markdown":
            from dateline.documents.formats.markdown import read_markdown as read
        case "html":
            from dateline.documents.formats.web.html import read_html as read
        case "email":
            from dateline.documents.formats.mail.message import read_mail as read
        case "msg":
            from dateline.documents.formats.mail.msg import read_msg as read
        case "pdf":
            from dateline.documents.formats.pdf.pages import read_pdf as read
        case "docx":
            from dateline.documents.formats.office.docx import read_docx as read
        case "odt":
            from dateline.documents.formats.office.odt import read_odt as read
        case "rtf":
            from dateline.documents.formats.office.rtf import read_rtf as read
        case "xlsx":
            from dateline.documents.formats.office.sheet import read_xlsx as read
        case "csv":
            from dateline.documents.formats.office.sheet import read_csv as read
        case "subtitles":
            from dateline.documents.formats.subtitles import read_subtitles as read
        case "image":
            raise Rejected(
                "unsupported", "it is an image: run text recognition over it and drop its text or a PDF with text"
            )
        case _:
            assert_never(form)
    return read
