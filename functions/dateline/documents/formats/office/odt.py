"""An OpenDocument text: its paragraphs, tables and notes in order, without what is hidden or was deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dateline.documents.formats.content import Content, hidden_text, label, language_tag, printable
from dateline.documents.formats.office.zipped import Zipped
from dateline.documents.formats.stamps import day_of
from dateline.documents.model import Published
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from dateline.documents.limits import Limits

_NAMES: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = f"{_NAMES}text:1.0}}", f"{_NAMES}table:1.0}}", f"{_NAMES}office:1.0}}"
_STYLE, _META = f"{_NAMES}style:1.0}}", f"{_NAMES}meta:1.0}}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS: Final = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
# Comments, what was deleted, readings above letters, lists of contents, and what an author hid.
_GONE: Final = frozenset(
    {
        f"{_OFFICE}annotation",
        f"{_TEXT}ruby-text",
        f"{_TEXT}tracked-changes",
        f"{_TEXT}table-of-content",
        f"{_TEXT}note-citation",
    }
)
_HIDDEN: Final = frozenset({f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph"})
_AS_TEXT: Final = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_CELLS_APART: Final = " | "


def read_odt(data: bytes, limits: Limits) -> Content:
    """Read an ODT. Rejected: `inflates_too_much`, `encrypted`, `damaged`, `nested_too_deep`, `no_text`."""
    archive = Zipped(data, limits)
    root, about = archive.xml("content.xml"), archive.xml("meta.xml")
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if root is None or body is None:
        encrypted = b"encryption-data" in (archive.read("META-INF/manifest.xml") or b"")
        if encrypted:
            raise Rejected("encrypted", "it is protected by a password: save it without one")
        raise Rejected("damaged", "it is no complete document: open it in the program that made it and save it again")
    reader = _Reader([root, archive.xml("styles.xml")], limits.max_nesting)
    lines = [line.strip() for block in reader.lines(body, 0) for line in printable(block).split("\n")]
    text = "\n".join(line for line in lines if line)
    if not text:
        raise Rejected("no_text", "the document holds no text that is shown, perhaps only images: drop one with text")
    facts = {} if about is None else {one.tag: one.text or "" for one in about.iter(f"{_DC}*", f"{_META}*")}
    day = day_of(facts.get(f"{_META}creation-date", ""), None)
    return Content(
        text=text,
        encoding="utf-8",
        title=label(facts.get(f"{_DC}title")),
        language=language_tag(facts.get(f"{_DC}language")),
        published=(Published(day, "file_created"),) if day else (),
        wrapped=False,
        remarks=hidden_text(reader.hidden),
    )


class _Reader:
    """One walk through a document that gathers lines and counts what it leaves out."""

    def __init__(self, roots: list[Element | None], most_nesting: int) -> None:
        self.hidden = 0
        self._most = most_nesting
        self._hidden_styles = {
            style.get(f"{_STYLE}name")
            for root in roots
            if root is not None
            for style in root.iter(f"{_STYLE}style")
            for look in style.iter(f"{_STYLE}text-properties")
            if look.get(f"{_TEXT}display") == "none"
        }

    def lines(self, parent: Element, depth: int) -> Iterator[str]:
        """Yield the lines of a part of the document, tables row by row."""
        if depth > self._most:
            raise Rejected("nested_too_deep", f"its parts lie more than {self._most} deep in each other: flatten them")
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _GONE or self._is_hidden(child):
                continue
            if child.tag in _PARAGRAPHS:
                notes: list[Element] = []
                yield self._words(child, notes, depth)
                for note in notes:
                    yield from self.lines(note, depth + 1)
            elif child.tag == f"{_TABLE}table-row":
                cells = (" ".join(" ".join(self.lines(cell, depth + 1)).split()) for cell in child)
                yield _CELLS_APART.join(filter(None, cells))
            else:
                yield from self.lines(child, depth + 1)

    def _words(self, parent: Element, notes: list[Element], depth: int) -> str:
        """Return a paragraph's words; its notes come after it."""
        if depth > self._most:
            raise Rejected("nested_too_deep", f"its parts lie more than {self._most} deep in each other: flatten them")
        parts = [parent.text or ""]
        for child in parent:
            if child.tag == f"{_TEXT}note-body":
                notes.append(child)
            elif child.tag in _AS_TEXT:
                parts.append(_AS_TEXT[child.tag])
            elif child.tag in _PARAGRAPHS:
                parts.append(f"\n{self._words(child, notes, depth + 1)}\n")
            elif isinstance(child.tag, str) and child.tag not in _GONE and not self._is_hidden(child):
                parts.append(self._words(child, notes, depth + 1))
            parts.append(child.tail or "")
        return "".join(parts)

    def _is_hidden(self, element: Element) -> bool:
        hidden = element.tag in _HIDDEN or element.get(f"{_TEXT}style-name") in self._hidden_styles
        hidden = hidden or element.get(f"{_TEXT}display") == "none"
        self.hidden += hidden
        return hidden
