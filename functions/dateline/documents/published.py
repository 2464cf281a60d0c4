"""Which of the days that a document is said to be published on is the one, and where it is known from."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, get_args
from urllib.parse import urlsplit

from dateline.documents.date_line import own_dates
from dateline.documents.model import Published, PublishedFrom

if TYPE_CHECKING:
    from collections.abc import Sequence

_RANK: Final = {source: rank for rank, source in enumerate(get_args(PublishedFrom))}
_EARLIEST, _LATEST = 1600, 2199  # years; figures beyond are numbers of other things
_DAY = re.compile(r"(?<!\d)(\d{4})([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])([-_.])(0[1-9]|1[0-2])\2(\d{4})(?!\d)")
_MONTH = re.compile(r"(?<!\d)(\d{4})[-_./](0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[6-9]\d\d|20\d\d|21\d\d)(?!\d)")


def choose(known: Sequence[Published], text: str, language: str, url: str | None, name: str) -> Published | None:
    """Choose the surest day; None where nothing names one: it is never guessed.

    Text, address and file name (`name`, with folders or without) are looked at only where nothing surer is `known`.
    """
    best = min(known, key=_rank, default=None)
    if best is not None and _rank(best) < _RANK["text"]:
        return best
    path = urlsplit(url).path if url else ""
    file_name = PurePosixPath(name).name
    by_name: tuple[tuple[PublishedFrom, date | None], ...] = (("url", day_in(path)), ("file_name", day_in(file_name)))
    named = [Published(day, source) for source, day in by_name if day is not None]
    surest = sorted([*known, *named], key=_rank)
    hints = [*(one.day for one in surest), *(day for part in (path, file_name) if (day := _about(part)))]
    return min([*known, *own_dates(text, language, hints), *named], key=_rank, default=None)


def day_in(name: str) -> date | None:
    """Find the one day in a file's name or an address: `2024-05-24`, `20240524`, `/2024/05/24/`, `24.05.2024`."""
    days = {_day(year, month, day) for year, _, month, day in _DAY.findall(name)}
    days |= {_day(year, month, day) for day, _, month, year in _DAY_FIRST.findall(name)}
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _about(name: str) -> date | None:
    """Find the middle of the month or year in a name: enough to tell which year a day without one is of."""
    if match := _MONTH.search(name):
        return _day(match[1], match[2], "15")
    years = set(_YEAR.findall(name))
    return _day(years.pop(), "7", "1") if len(years) == 1 else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None


def _rank(published: Published) -> int:
    return _RANK[published.source]
