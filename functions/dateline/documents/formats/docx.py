"""A Word document's text: paragraphs, tables and footnotes in order, without what is hidden or was deleted."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC
from typing import TYPE_CHECKING

from dateline.documents.formats.content import Content, label, language_tag, printable
from dateline.documents.model import Published, Remark
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

    from dateline.documents.limits import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what is said before
_FOOTNOTES = ("/word/footnotes.xml", "/word/endnotes.xml")
_GONE = {f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}instrText", _FALLBACK}
_AS_TEXT = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011", f"{_W}ptab": " "}
_TOO_SMALL = {"0", "1", "2"}  # half points: print of one point cannot be read
_CELLS_APART = " | "
_NO_TITLE = re.compile(r"(?:untitled|unbenannt|document\d*|dokument\d*|word document)", re.IGNORECASE)


def read_docx(data: bytes, limits: Limits) -> Content:
    """Read a DOCX. Rejected: `inflates_too_much`, `encrypted`, `damaged`, `nested_too_deep`, `no_text`."""
    _check_size(data, limits.max_inflated_bytes)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        text, hidden = _Reader(document, limits.max_nesting).text()
    except (zipfile.BadZipFile, KeyError, ValueError, PackageNotFoundError, LxmlError) as error:
        raise Rejected("damaged", "it is no complete Word document: open it in Word and save it again") from error
    if not text:
        raise Rejected("no_text", "the document holds no text that is shown, perhaps only images: drop one with text")
    about = document.core_properties
    title = label(about.title)
    created = about.created
    return Content(
        text=text,
        encoding="utf-8",
        title=None if title is None or _NO_TITLE.fullmatch(title) else title,
        language=language_tag(about.language),
        published=(Published(created.replace(tzinfo=UTC).date(), "docx_created"),) if created else (),
        remarks=(Remark("hidden_text", f"{hidden} pieces of hidden text were left out."),) if hidden else (),
    )


def _check_size(data: bytes, most: int) -> None:
    """Refuse a bomb before anything is unpacked. What a file says of its sizes binds Python's reader of it too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise Rejected("damaged", "it is no complete Word document: open it in Word and save it again") from error
    size = sum(member.file_size for member in members)
    if size > most:
        raise Rejected("inflates_too_much", f"it unpacks to {size} bytes, more than the limit of {most}: split it")
    if any(member.flag_bits & 1 for member in members):
        raise Rejected("encrypted", "it is protected by a password: save it without one")


class _Reader:
    """One walk through a document that gathers lines and counts what it leaves out."""

    def __init__(self, document: WordDocument, most_nesting: int) -> None:
        self._document = document
        self._most = most_nesting
        self._hidden = 0
        self._hidden_styles = {
            style.style_id for style in document.styles if style.element.find(f"{_W}rPr/{_W}vanish") is not None
        }

    def text(self) -> tuple[str, int]:
        """Return the text, a paragraph or a table's row a line, and how many runs of it were hidden."""
        lines = list(self._lines(self._document.element.body, 0))
        for part in self._document.part.package.iter_parts():
            if str(part.partname) in _FOOTNOTES:
                lines += self._notes(part.blob)
        folded = ("\n".join(" ".join(piece.split(" ")).strip() for piece in line.split("\n")) for line in lines)
        return printable("\n".join(line for line in folded if line.strip())), self._hidden

    def _notes(self, blob: bytes) -> Iterator[str]:
        from docx.oxml import parse_xml

        for note in parse_xml(blob):
            if note.get(f"{_W}type") is None:  # the others are the lines that part notes from the page
                yield from self._lines(note, 0)

    def _lines(self, parent: Element, depth: int) -> Iterator[str]:
        """Yield the lines of a body, a cell, a content control, or a note, tables row by row."""
        if depth > self._most:
            raise Rejected("nested_too_deep", f"its tables lie more than {self._most} deep in each other: flatten them")
        for child in parent:
            if child.tag == f"{_W}p":
                yield self._paragraph(child)
            elif child.tag == f"{_W}tr":
                cells = (
                    " ".join(self._lines(cell, depth + 1)) for cell in child.iter(f"{_W}tc") if _is_of(cell, child)
                )
                yield _CELLS_APART.join(" ".join(cell.split()) for cell in cells)
            elif child.tag not in _GONE:
                yield from self._lines(child, depth + 1)

    def _paragraph(self, paragraph: Element) -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val") in self._hidden_styles:
            self._hidden += 1
            return ""
        parts: list[str] = []
        waiting = [iter(paragraph)]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
            elif child.tag == f"{_W}t":
                parts.append(child.text or "")
            elif child.tag in _AS_TEXT:
                parts.append(_AS_TEXT[child.tag])
            elif child.tag == f"{_W}r" and self._is_hidden(child):
                self._hidden += 1
            elif child.tag == f"{_W}txbxContent":
                parts.append("\n" + "\n".join(self._lines(child, len(waiting))) + "\n")
            elif child.tag not in _GONE:
                waiting.append(iter(child))
        return "".join(parts)

    def _is_hidden(self, run: Element) -> bool:
        """Tell whether a run is marked as hidden, white on white, or too small to read."""
        look = run.find(f"{_W}rPr")
        if look is None or run.find(f"{_W}t") is None:
            return False
        vanish, style = look.find(f"{_W}vanish"), look.find(f"{_W}rStyle")
        if vanish is not None and vanish.get(f"{_W}val") not in ("0", "false"):
            return True
        if vanish is None and style is not None and style.get(f"{_W}val") in self._hidden_styles:
            return True
        color, shade, size = look.find(f"{_W}color"), look.find(f"{_W}shd"), look.find(f"{_W}sz")
        white = color is not None and color.get(f"{_W}val", "").upper() == "FFFFFF"
        small = size is not None and size.get(f"{_W}val", "") in _TOO_SMALL
        return small or (white and shade is None and not _is_shaded(run))


def _is_shaded(run: Element) -> bool:
    """Tell whether a run's paragraph or cell has a ground of its own, on which white is seen."""
    return any(
        parent.find(f"{_W}{look}/{_W}shd") is not None
        for parent in run.iterancestors()
        for look in ("pPr", "tcPr", "tblPr")
    )


def _is_of(cell: Element, row: Element) -> bool:
    """Tell a row's own cells from those of a table inside one of them."""
    return next(cell.iterancestors(f"{_W}tr")) is row
