"""What somebody wants to upload, and where it would lie; what could not be read or named afterwards is refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final

from pydantic import Field, field_validator

from dateline.documents.limits import MAX_BYTES
from dateline.records import Record
from dateline.store import keys

# S3's own limit, in bytes of UTF-8.
_LONGEST_KEY: Final = 1024
# A medium's name; S3 takes 2 KB of metadata, and letters beyond ASCII take up to six times as much there.
_LONGEST_SOURCE: Final = 200
# The longest type that is registered has some 80 characters.
_LONGEST_TYPE: Final = 200
_TYPE: Final = r"^[\w.+-]+/[\w.+-]+( ?; ?[\w.+-]+=[\w.+-]+)*$"
# Listings and notifications of S3 are XML, which has no words for these.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class NewUpload(Record):
    """A file to be uploaded: its path in the collection, its exact size in bytes, its type.

    `published` is the day of first publication and `source` the medium, where the file does not say them itself.
    """

    path: str = Field(min_length=1)
    size: int = Field(strict=True)
    content_type: str = Field(max_length=_LONGEST_TYPE, pattern=_TYPE)
    published: Annotated[date, Field(strict=True)] | None = None
    source: str | None = Field(default=None, min_length=1, max_length=_LONGEST_SOURCE)

    @field_validator("size")
    @classmethod
    def _can_be_read(cls, size: int) -> int:
        if size < 1:
            raise ValueError("an empty file says nothing")
        if size > MAX_BYTES:
            raise ValueError(f"at most {MAX_BYTES:,} bytes of a file are read; split it")
        return size

    @field_validator("source")
    @classmethod
    def _is_printable(cls, source: str | None) -> str | None:
        if source is not None and _UNPRINTABLE.search(source):
            raise ValueError("it has control characters")
        return source


class BadPlace(Exception):
    """No document can lie at this place; the message says why."""


def place_of(collection: str, path: str) -> keys.Place:
    """Find where a file of a collection lies in the bucket. BadPlace: it could not be named or found afterwards."""
    if collection in {".", ".."} or "/" in collection or re.search("%25|%3f", collection, re.IGNORECASE):
        raise BadPlace("name: a collection is no path, and `%25` and `%3F` cannot be in its name")
    if any(part in {"", ".", ".."} for part in path.split("/")):
        raise BadPlace("path: write folders with one `/` between them, none of them `.` or `..`, and end with a file")
    if "\\" in path:
        raise BadPlace("path: write folders with `/`, not with a backslash")
    if "${" in path:
        raise BadPlace("path: S3 would take `${` for a variable")
    if _UNPRINTABLE.search(collection + path):
        raise BadPlace("path: it has control characters, or what is no character")
    place = keys.place(f"{keys.PREFIX}{collection}/{path}")
    if place is None or (place.collection, place.path) != (collection, path):
        raise BadPlace("path: no document can lie there")
    if (length := len(place.key.encode())) > _LONGEST_KEY:
        raise BadPlace(f"path: with `drop/` and its collection it has {length:,} bytes; S3 takes {_LONGEST_KEY:,}")
    return place
