"""A calendar (RFC 5545) of whole days; a time of day, on whatever clock it was, stands in the words.

What lasted takes all its days. What happened once, on some day of a span, stands on the first day that it can have
been, or on the last where the first is open, and its title says so: nobody wants a four-month appointment. The same
with open ends. Calendars begin with the year 1 and know no undated events; the calendar's description counts what is
left out.

The lines are our own: see the decision on writing calendars.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from dateline import terms
from dateline.exports import phrases, reports, sources
from dateline.exports.text import headline, isolated, line, readable

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.exports.model import Entry, Exported
    from dateline.records import Status

_STATUS = {"done": "CONFIRMED", "planned": "TENTATIVE", "called_off": "CANCELLED"}


_LONGEST_LINE = 75
# Bytes of UTF-8 that begin no character.
_INSIDE_CHARACTER = range(0x80, 0xC0)
_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))


def write(exported: Exported) -> bytes:
    """Write a timeline as a calendar."""
    placed = [(one, days) for one in exported.entries if (days := _days(one)) is not None]
    left_out = len(exported.entries) - len(placed)
    about = [f"Left out: {left_out} events without a date, or of years no calendar has."] if left_out else []
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dateline//Timeline//EN",
        _text("X-WR-CALNAME", headline(exported.title)),
        *(_text("X-WR-CALDESC", one) for one in about),
        *(one for entry, days in placed for one in _appointment(entry, days, exported)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(one) + b"\r\n" for one in lines)


def _text(name: str, value: str) -> str:
    """Write a property of the type TEXT: nothing in its value ends it, or begins another."""
    for character, escaped in _ESCAPES:
        value = value.replace(character, escaped)
    return f"{name}:{value}"


def _folded(text: str) -> bytes:
    """Fold a line so that no part has more than 75 bytes, a folded one's space included, and no character is torn."""
    data, parts, begin, room = text.encode(), [], 0, _LONGEST_LINE
    while len(data) - begin > room:
        end = begin + room
        while data[end] in _INSIDE_CHARACTER:
            end -= 1
        parts.append(data[begin:end])
        begin, room = end, _LONGEST_LINE - 1
    return b"\r\n ".join([*parts, data[begin:]])


def _days(entry: Entry) -> tuple[date, date] | None:
    """Find the first day and the one after the last; None where a calendar has no place for it."""
    when = entry.event.when
    start = when.begins
    lasts = when.extent == "throughout" and start is not None and when.latest is not None
    first = start or when.latest
    last = when.latest if lasts else first
    if first is None or last is None:
        return None
    try:
        return _day(first), _day(last) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _day(day: Day) -> date:
    return date(day.year, day.month, day.day)


def _appointment(entry: Entry, days: tuple[date, date], exported: Exported) -> list[str]:
    event, today, (first, after) = entry.event, exported.today, days
    return [
        "BEGIN:VEVENT",
        f"UID:{event.id}@dateline",
        f"DTSTAMP:{entry.source.updated.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_digits(first)}",
        f"DTEND;VALUE=DATE:{_digits(after)}",
        _text("SUMMARY", _summary(entry, today)),
        _text("DESCRIPTION", _description(entry, today)),
        f"STATUS:{_STATUS[event.course]}",
        f"CATEGORIES:{event.status}",
        "TRANSP:TRANSPARENT",
        *([_text("LOCATION", line(event.place))] if event.place else []),
        # What leads nowhere from a calendar is left out: there, an address has to be whole.
        *([f"URL:{exported.address}{entry.link}"] if exported.address else []),
        "END:VEVENT",
    ]


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _summary(entry: Entry, today: Day) -> str:
    event = entry.event
    open_ended = event.when.earliest is None or event.when.latest is None
    when = phrases.days(event.when) if phrases.is_uncertain(event.when) or open_ended else None
    marks = [one for one in (when, phrases.course(event, today), _doubt(event.status), *reports.marks(entry)) if one]
    return f"{headline(event.title)} ({', '.join(marks)})" if marks else headline(event.title)


def _doubt(status: Status) -> str | None:
    return None if status in {"stated", "confirmed"} else terms.STATUS[status]


def _description(entry: Entry, today: Day) -> str:
    event = entry.event
    quotes = [f"“{isolated(readable(one.quote.strip()))}” ({sources.place(one)})" for one in event.evidence]
    return "\n".join(
        [
            phrases.date(event.when),
            phrases.standing(entry, today),
            *reports.about(entry),
            *quotes,
            *reports.quotes(entry),
            *sources.citations(entry),
            phrases.origin(event),
        ]
    )
