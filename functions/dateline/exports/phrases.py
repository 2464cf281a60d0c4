"""What exports say of an event in words: when, how sure, who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.exports.text import line

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.records import Event, SaidBy, When

# As the page says it; the past is the same for one speaker and for several.
_STANCES = {
    "asserts": "asserted it",
    "confirms": "confirmed it",
    "denies": "denied it",
    "doubts": "doubted it",
    "declines": "declined to comment",
    "withdraws": "took it back",
}


def is_span(when: When) -> bool:
    """Return whether a date is more than one day, or open."""
    return when.earliest != when.latest


def is_uncertain(when: When) -> bool:
    """Return whether something happened once, but it is not known on which of several days."""
    return when.extent == "within" and is_span(when)


def days(when: When) -> str:
    """Say in words which days a date means."""
    first = _day(when.earliest) if when.earliest else ""
    last = _day(when.latest) if when.latest else ""
    if not first and not last:
        return "undated"
    if not first:
        return f"on {last} or before" if when.extent == "within" else f"until {last}"
    if not last:
        return f"on {first} or after" if when.extent == "within" else f"from {first} on"
    if first == last:
        return first
    return f"some time between {first} and {last}" if when.extent == "within" else f"from {first} to {last}"


def _day(day: Day) -> str:
    """Write a day for people, who count no year 0."""
    return str(day) if day.year > 0 else f"{1 - day.year:04}-{day.month:02}-{day.day:02} BCE"


def date(when: When) -> str:
    """Say when, with the source's own words."""
    return f"“{line(when.words)}” ({days(when)})" if when.words else days(when)


def course(event: Event, today: Day) -> str | None:
    """Say of what has not simply happened how it stands."""
    if event.course == "called_off":
        return "called off"
    if event.course == "done":
        return None
    latest = event.when.latest
    return "planned; outcome not reported" if latest is not None and latest < today else "planned"


def speaker(one: SaidBy) -> str:
    """Say who holds which stance, and through whom that is known."""
    via = f", via {line(one.via)}" if one.via else ""
    return f"{line(one.who)} {_STANCES[one.stance]}{via}"


def standing(event: Event, today: Day) -> str:
    """Say how sure it is: status, course, and who says what."""
    parts = [event.status, course(event, today), *(speaker(one) for one in event.said_by)]
    return "; ".join(part for part in parts if part)


def origin(event: Event) -> str:
    """Say what wrote the title."""
    return f"Title by {line(event.model)}"
