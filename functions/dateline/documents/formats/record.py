"""A JSON record: a text and what another program knows about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dateline.documents.decode import decode
from dateline.documents.formats.content import Content, label, language_tag, printable, web_address
from dateline.documents.formats.stamps import day_of, host_of, zone_of
from dateline.documents.model import Published
from dateline.errors import Rejected

if TYPE_CHECKING:
    from dateline.documents.limits import Limits

_SHAPE = "a record is a JSON object with `text` and, where known, `title`, `published`, `source`, `url`, `language`"


def read_record(data: bytes, limits: Limits) -> Content:
    """Read a record. Rejected: `damaged` (no JSON), `no_record` (no `text`), `bad_metadata` (no date), `empty`."""
    decoded = decode(data, max_bytes=limits.max_bytes)
    try:
        record = json.loads(decoded.text)
    except ValueError as error:
        raise Rejected("damaged", f"it is no JSON; {_SHAPE}") from error
    except RecursionError as error:
        raise Rejected("nested_too_deep", f"its objects lie too deep in each other; {_SHAPE}") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise Rejected("no_record", f"it holds no `text`; {_SHAPE}")
    text = printable(record["text"])
    if not text.strip():
        raise Rejected("empty", "its `text` is nothing but white space: drop the record again with its text")
    url = web_address(record.get("url"))
    return Content(
        text=text,
        encoding=decoded.encoding,
        title=label(record.get("title")),
        source=label(record.get("source")),
        author=label(record.get("author")),
        url=url,
        language=language_tag(record.get("language")),
        published=_published(record.get("published"), url),
    )


def _published(value: object, url: str | None) -> tuple[Published, ...]:
    if value is None or value == "":
        return ()
    stamp = value if isinstance(value, str) else ""
    day = day_of(stamp, zone_of([stamp], host_of(url)))
    if day is None:
        raise Rejected("bad_metadata", "its `published` is no date: write YYYY-MM-DD")
    return (Published(day, "record"),)
