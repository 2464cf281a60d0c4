"""What the tests of this format are read from: files made by hand."""

import io
import zipfile

from dateline.documents.limits import Limits

LIMITS = Limits()
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "meta")
)


def odt(body: str, *, styles: str = "", meta: str = "") -> bytes:
    made = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    made += f"<office:body><office:text>{body}</office:text></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:document-content {NAMES}>{made}</office:document-content>")
        archive.writestr(
            "meta.xml",
            f'<office:document-meta {NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</office:document-meta>',
        )
    return file.getvalue()


def p(words: str, style: str = "P") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


PIECES = (
    "<text:p>",
    "</text:p>",
    "<text:note-body>",
    "</text:note-body>",
    "<table:table-row>",
    "</table:table-row>",
    "a",
    "<text:s/>",
)
