"""Which format a file is in: by what stands in it, and by its name only where several readings are possible."""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath
from typing import Literal

from dateline.errors import Rejected

Format = Literal[
    "text", "markdown", "html", "email", "msg", "pdf", "docx", "odt", "rtf", "xlsx", "csv", "subtitles", "json",
    "image",
]  # fmt: skip

_BEGINNING = 4_096  # bytes that are looked at; a PDF's signature must stand within the first 1,024
_PDF_WITHIN = 1_024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")  # the stream that every message of Outlook has
_UNREAD = (  # signatures of formats that people have and that we do not read, and what to do with them
    (b"\x1f\x8b", "a gzip archive: unpack it and drop the documents in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it and drop the documents in it"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it and drop the documents in it"),
    (b"GIF8", "an image: run text recognition over it and drop its text or a PDF with text"),
)
_IMAGE = re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|II\*\0|MM\0\*|RIFF....WEBP", re.DOTALL)
_HTML_BEGINS = re.compile(
    rb"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_HTML_TAG = re.compile(rb"<(?:p|div|br|h[1-6]|ul|ol|table|article|section|span|title)[\s/>]", re.IGNORECASE)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t\r\n]")
_MAIL_ONLY = {b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to", b"dkim-signature"}
_SUBTITLE = re.compile(rb"\d+[ \t]*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{3} --> \d")
_LONGEST_KIND = 200  # bytes of the member that says what an archive is
_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")


def detect_format(data: bytes, name: str) -> Format:
    """Tell a file's format. Rejected (`unsupported`): one that is not read, with what to do about it."""
    suffix = PurePosixPath(name.lower()).suffix
    beginning = data[:_BEGINNING]
    if b"%PDF-" in beginning[:_PDF_WITHIN]:
        return "pdf"
    if beginning.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if beginning.startswith(_OLE):
        if _OUTLOOK in data:
            return "msg"
        raise Rejected("unsupported", "it is an old Office document (.doc, .xls, .ppt): save it as DOCX, XLSX or PDF")
    if beginning.startswith(b"{\\rtf"):
        return "rtf"
    if _IMAGE.match(beginning):
        return "image"
    for signature, advice in _UNREAD:
        if beginning.startswith(signature):
            raise Rejected("unsupported", f"it is {advice}")
    return _written(beginning, suffix)


def _zipped(data: bytes) -> Format:
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            kind = archive.open("mimetype").read(_LONGEST_KIND) if "mimetype" in names else b""
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise Rejected("damaged", "it begins as a DOCX or ZIP file and is damaged: save it again") from error
    if "content.xml" in names and "mimetype" in names and kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    folders = {name.partition("/")[0] for name in names if name.endswith(".xml")}
    if "word" in folders:
        return "docx"
    if "xl" in folders:
        return "xlsx"
    if "ppt" in folders or "index/document.iwa" in names or "visio" in folders:
        raise Rejected(
            "unsupported", "it is a presentation or a document of a program that we do not read: save it as PDF"
        )
    raise Rejected("unsupported", "it is an archive: unpack it and drop the documents in it, one by one or as a folder")


def _written(beginning: bytes, suffix: str) -> Format:
    """Tell the formats that are written as text apart. UTF-16 hides no signature once its zeros are left out."""
    plain = beginning.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    plain = plain.removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix == ".json" or (plain.startswith(b"{") and b'"text"' in plain):
        return "json"
    if _HTML_BEGINS.match(plain) or (suffix in (".html", ".htm", ".xhtml") and _HTML_TAG.search(plain)):
        return "html"
    if _is_mail(plain, suffix):
        return "email"
    return _listed(plain, suffix)


def _listed(plain: bytes, suffix: str) -> Format:
    if suffix in (".csv", ".tsv"):
        return "csv"
    if plain.startswith(b"WEBVTT") or _SUBTITLE.match(plain) or (suffix in (".vtt", ".srt") and b"-->" in plain):
        return "subtitles"
    if suffix in (".md", ".markdown") or (suffix != ".txt" and _FRONT_MATTER.match(plain)):
        return "markdown"
    return "text"


def _is_mail(plain: bytes, suffix: str) -> bool:
    """Tell a message from a memo that somebody typed: it has a header that only mail systems write, or the name."""
    head = re.split(rb"\r?\n\r?\n", plain, maxsplit=1)[0]
    if not _HEADER.match(head) and not head.startswith(b"From "):
        return False
    names = {match[1].lower() for line in head.splitlines() if (match := _HEADER.match(line + b"\n"))}
    addressed = b"from" in names and bool(names & {b"date", b"subject", b"to"})
    return addressed and (suffix == ".eml" or bool(names & _MAIL_ONLY))
