"""A calendar (RFC 5545) of whole days.

What lasted takes all its days. What happened once, on some day of a span, stands on the first day that it can have
been, and its title says so: nobody wants a four-month appointment. The same with open ends. Calendars begin with the
year 1 and know no undated events; the calendar's description counts what is left out.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar
from icalendar import Event as Appointment

from dateline.exports import phrases
from dateline.exports.text import headline, isolated, line, readable

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.exports.model import Entry, Exported

_STATUS = {"done": "CONFIRMED", "planned": "TENTATIVE", "called_off": "CANCELLED"}


def write(exported: Exported) -> bytes:
    """Write a timeline as a calendar."""
    placed = [(one, days) for one in exported.entries if (days := _days(one)) is not None]
    calendar = Calendar()
    calendar.add("prodid", "-//Dateline//Timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", headline(exported.title))
    left_out = len(exported.entries) - len(placed)
    if left_out:
        calendar.add("x-wr-caldesc", f"Left out: {left_out} events without a date, or of years no calendar has.")
    for entry, (first, after) in placed:
        calendar.add_component(_appointment(entry, first, after, exported.today))
    return bytes(calendar.to_ical())


def _days(entry: Entry) -> tuple[date, date] | None:
    """Find the first day and the one after the last; None where a calendar has no place for it."""
    when = entry.event.when
    lasts = when.extent == "throughout" and when.earliest is not None and when.latest is not None
    first = when.earliest or when.latest
    last = when.latest if lasts else first
    if first is None or last is None:
        return None
    try:
        return _day(first), _day(last) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _day(day: Day) -> date:
    return date(day.year, day.month, day.day)


def _appointment(entry: Entry, first: date, after: date, today: Day) -> Appointment:
    event, source = entry.event, entry.source
    appointment = Appointment()
    appointment.add("uid", f"{event.id}@dateline")
    appointment.add("dtstamp", source.updated.astimezone(UTC).replace(microsecond=0))
    appointment.add("dtstart", first)
    appointment.add("dtend", after)
    appointment.add("summary", _summary(entry, today))
    appointment.add("description", _description(entry, today))
    appointment.add("status", _STATUS[event.course])
    appointment.add("transp", "TRANSPARENT")
    appointment.add("categories", [event.status])
    if event.place:
        appointment.add("location", line(event.place))
    return appointment


def _summary(entry: Entry, today: Day) -> str:
    event = entry.event
    open_ended = event.when.earliest is None or event.when.latest is None
    when = phrases.days(event.when) if phrases.is_uncertain(event.when) or open_ended else None
    marks = [one for one in (when, phrases.course(event, today), _doubt(event.status)) if one]
    return f"{headline(event.title)} ({', '.join(marks)})" if marks else headline(event.title)


def _doubt(status: str) -> str | None:
    return None if status in {"stated", "confirmed"} else status


def _description(entry: Entry, today: Day) -> str:
    event = entry.event
    quotes = [f"“{isolated(readable(one.quote.strip()))}”" for one in event.evidence]
    return "\n".join(
        [
            phrases.date(event.when),
            phrases.standing(event, today),
            *quotes,
            f"Source: {line(entry.source.path)}",
            phrases.origin(event),
        ]
    )
