"""Reading the EDTF that a model writes: bounds and unit, no library, since the one there is takes 0.2 s to import."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.dates import Day

if TYPE_CHECKING:
    from dateline.dates import Precision

_YEAR = r"(?P<year>-?\d{4})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<century>\d\d)XX",
        r"(?P<decade>\d{3})X",
        rf"{_YEAR}(?:-XX(?:-XX)?)?",
        rf"{_YEAR}-(?P<division>2[1-9]|3\d|4[01])",
        rf"{_YEAR}-(?P<month>\d\d)(?:-XX)?",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
    )
)
_QUALIFIERS = re.compile(r"[~?%]")
_TIME = re.compile(r"T[^/]*")

# EDTF's divisions of a year: first month (13 is the next January), number of months, unit. The seasons without a
# hemisphere are read as the northern ones; a winter belongs to its December.
_DIVISIONS: dict[int, tuple[int, int, Precision]] = {
    **{21 + n: (3 + 3 * n, 3, "season") for n in range(4)},
    **{25 + n: (3 + 3 * n, 3, "season") for n in range(4)},
    **{29 + n: (9 + 3 * n, 3, "season") for n in range(4)},
    **{33 + n: (1 + 3 * n, 3, "quarter") for n in range(4)},
    **{37 + n: (1 + 4 * n, 4, "part_of_year") for n in range(3)},
    **{40 + n: (1 + 6 * n, 6, "half") for n in range(2)},
}


@dataclass(frozen=True, slots=True)
class EdtfInterval:
    """What an EDTF string covers. `unit` is that of its ends; a bound of None is an open end."""

    edtf: str
    earliest: Day | None
    latest: Day | None
    unit: Precision

    def overlaps(self, earliest: Day | None, latest: Day | None) -> bool:
        """Return whether a day lies in both intervals."""
        begins_in_time = self.earliest is None or latest is None or self.earliest <= latest
        ends_late_enough = self.latest is None or earliest is None or earliest <= self.latest
        return begins_in_time and ends_late_enough


def read_edtf(text: str) -> EdtfInterval | None:
    """Read a date or an interval; None where it is neither, or no day of the calendar, or ends before it begins.

    A time of day is left out: small models add midnight, and the bounds are days.
    """
    text = _TIME.sub("", text)
    start, slash, end = text.strip().partition("/")
    if not slash:
        return _date(text, start)
    first, last = _date(text, start), _date(text, end)
    if (first is None and start not in {"", ".."}) or (last is None and end not in {"", ".."}):
        return None
    ends = first or last
    if ends is None:
        return None
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest and latest and earliest > latest:
        return None
    return EdtfInterval(text.strip(), earliest, latest, ends.unit)


def _date(whole: str, text: str) -> EdtfInterval | None:
    plain = _QUALIFIERS.sub("", text.strip())
    for form in _FORMS:
        if match := form.fullmatch(plain):
            try:
                earliest, latest, unit = _bounds(match.groupdict())
            except ValueError:
                return None
            return EdtfInterval(whole.strip(), earliest, latest, unit)
    return None


def _bounds(parts: dict[str, str | None]) -> tuple[Day, Day, Precision]:
    """Return first and last day and the unit; ValueError where the calendar has no such day."""
    if century := parts.get("century"):
        return *_years(int(century) * 100, 100), "century"
    if decade := parts.get("decade"):
        return *_years(int(decade) * 10, 10), "decade"
    year = int(parts["year"] or 0)
    if division := parts.get("division"):
        month, months, unit = _DIVISIONS[int(division)]
        return *_months(year, month, months), unit
    if (day := parts.get("day")) and parts.get("month"):
        only = Day(year, int(parts["month"] or 0), int(day))
        return only, only, "day"
    if month_text := parts.get("month"):
        if not 1 <= int(month_text) <= 12:  # noqa: PLR2004
            raise ValueError(f"{month_text} is no month")
        return *_months(year, int(month_text), 1), "month"
    return *_years(year, 1), "year"


def _years(first: int, count: int) -> tuple[Day, Day]:
    return Day(first, 1, 1), Day(first + count - 1, 12, 31)


def _months(year: int, first: int, count: int) -> tuple[Day, Day]:
    start_years, start = divmod(first - 1, 12)
    end_years, end = divmod(first + count - 2, 12)
    last_day = monthrange(2000 + (year + end_years) % 400, end + 1)[1]
    return Day(year + start_years, start + 1, 1), Day(year + end_years, end + 1, last_day)
