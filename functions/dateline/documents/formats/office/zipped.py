"""Documents that are archives of XML: Word, Excel and OpenDocument files, opened as their own programs open them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from dateline.errors import Rejected

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from dateline.documents.limits import Limits

# The strict variant of the standard (ISO/IEC 29500) has other namespaces and the same elements.
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DAMAGED: Final = "it is no complete document: open it in the program that made it and save it again"
# What reading a damaged member raises, by the way in which it is damaged.
_ZIP_ERRORS: Final = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError)


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part of a document refers to: by an id, of a kind, another part's name; None where it lies outside."""

    id: str
    kind: str
    target: str | None


class Zipped:
    """An archive's members by name; what a name refers to need not be there."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Refuse a bomb before anything is unpacked. What a file says of its sizes binds Python's reader of it too.

        Rejected: `damaged`, `inflates_too_much`, `encrypted`.
        """
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise Rejected("damaged", _DAMAGED) from error
        members = self._archive.infolist()
        size = sum(member.file_size for member in members)
        if size > limits.max_inflated_bytes:
            most = limits.max_inflated_bytes
            raise Rejected("inflates_too_much", f"it unpacks to {size} bytes, more than the limit of {most}: split it")
        if any(member.flag_bits & 1 for member in members):
            raise Rejected("encrypted", "it is protected by a password: save it without one")
        self._members = {_name(member.filename): member for member in members}

    def __contains__(self, name: str) -> bool:
        return _name(name) in self._members

    def names(self) -> list[str]:
        """List the members' names, in small letters and with slashes."""
        return list(self._members)

    def read(self, name: str) -> bytes | None:
        """Return a member; None where there is none. Rejected: `damaged`."""
        import zlib

        member = self._members.get(_name(name))
        if member is None:
            return None
        try:
            return self._archive.read(member)
        except (*_ZIP_ERRORS, zlib.error) as error:
            raise Rejected("damaged", _DAMAGED) from error

    def xml(self, name: str) -> Element | None:
        """Return a member's root element; None where there is none. Rejected: `damaged`."""
        from lxml import etree

        data = self.read(name)
        if data is None:
            return None
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(_STRICT + strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError) as error:
            raise Rejected("damaged", _DAMAGED) from error

    def relations(self, name: str) -> list[Relation]:
        """List what a part refers to; with an empty name, what the document does."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = []
        for one in root.iter(_RELATION) if root is not None else ():
            outside = one.get("TargetMode") == "External"
            target = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", "")))).lstrip("/")
            found.append(
                Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], None if outside else target)
            )
        return found


def _name(name: str) -> str:
    """Name a member as programs look it up: some write backslashes, and letter case does not count."""
    return name.replace("\\", "/").lstrip("/").lower()
