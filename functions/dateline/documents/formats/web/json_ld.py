"""The objects of a page's JSON-LD, also where templates wrapped it or wrote it sloppily."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

_LONGEST = 1_000_000  # code points; what a page says about itself takes some thousands
_MOST_OBJECTS = 1_000  # a list of all articles of a site is none of this page
_BEGIN = re.compile(r"[{\[]")
_STRING = r'"(?:[^"\\]|\\.)*+"'
# Comments and a comma before a closing bracket, neither of which JSON has; strings are passed over.
_SLOPPY = re.compile(rf"({_STRING})|/\*.*?\*/|(?<![:\w])//[^\n]*|,(?=\s*[}}\]])", re.DOTALL)


def json_objects(text: str) -> Iterator[dict[str, JsonValue]]:
    """Yield the objects of a script, those of a graph or a list too, and nothing of one that is no JSON.

    What stands around the JSON (CDATA marks, comments, semicolons) is passed over.
    """
    waiting = _values(text[:_LONGEST])
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield value
            waiting.extend([value.get("@graph"), value.get("mainEntity"), value.get("mainEntityOfPage")])


def _values(text: str) -> list[JsonValue]:
    for attempt in (text, _SLOPPY.sub(lambda match: match[1] or "", text), html.unescape(text)):
        values = _read(attempt)
        if values:
            return values
    return []


def _read(text: str) -> list[JsonValue]:
    """Read the values that stand in a script one after another; none where one of them is no JSON."""
    decoder = json.JSONDecoder(strict=False)
    values: list[JsonValue] = []
    at = 0
    text = text.replace("<![CDATA[", " ")
    while len(values) < _MOST_OBJECTS and (begin := _BEGIN.search(text, at)):
        try:
            value, at = decoder.raw_decode(text, begin.start())
        except (ValueError, RecursionError):
            return values
        values.append(value)
    return values
