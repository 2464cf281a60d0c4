"""What exports say of an event in words: when, how sure, who says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from dateline import terms
from dateline.dates import Day
from dateline.exports.text import line
from dateline.records import Interval

if TYPE_CHECKING:
    from dateline.dates import Extent
    from dateline.exports.model import Entry
    from dateline.linking.model import ToldDate
    from dateline.records import Event, SaidBy, When

Unit = Literal["day", "month", "year"]

_CERTAINLY_A_YEAR = 1000  # a smaller number alone could be anything


def is_span(when: When) -> bool:
    """Return whether a date is more than one day, or open."""
    return when.earliest != when.latest


def is_uncertain(when: When) -> bool:
    """Return whether something happened once, but it is not known on which of several days."""
    return when.extent == "within" and is_span(when)


def days(when: When) -> str:
    """Say in words which days a date means, as exactly as it is written, and the time of day where it is known."""
    if when.basis == "reported" and when.latest is not None:
        return f"reported {day(when.latest)}"
    span = _span(when, when.extent)
    return f"{span}, {when.time}" if when.time and not is_span(when) else span


def told_days(date: ToldDate) -> str:
    """Say in words which days some reports tell, in the largest unit that they fill."""
    return _span(Interval(edtf="", earliest=date.earliest, latest=date.latest))


def day(one: Day) -> str:
    """Write a day for people."""
    return _part(one, "day")


def other_reading(when: When) -> str | None:
    """Say how the other one of model and rules reads the words, where the two differ."""
    if when.model is not None:
        return f"the model says {_span(when.model)}"
    return f"the rules say {_span(when.resolver)}" if when.resolver is not None else None


def date(when: When) -> str:
    """Say when, with the source's own words and with both readings where model and rules differ."""
    said = "; ".join(part for part in (days(when), other_reading(when)) if part)
    return f"“{line(when.words)}” ({said})" if when.words else said


def _span(dates: When | Interval, extent: Extent | None = None) -> str:
    unit = _fitting(_unit(dates.edtf or ""), dates)
    first = _part(dates.earliest, unit) if dates.earliest else ""
    last = _part(dates.latest, unit) if dates.latest else ""
    once = extent == "within"
    if not first and not last:
        return "undated"
    if not first:
        return f"by {last}" if once else f"until {last}"
    if not last:
        return f"{first} or later" if once else f"from {first} on"
    if extent is None or dates.earliest == dates.latest:
        return first if first == last else f"{first} – {last}"
    if first != last:
        return f"some time between {first} and {last}" if once else f"from {first} to {last}"
    return f"some time in {first}" if once else f"all of {first}"


def _unit(edtf: str) -> Unit:
    """Find the smallest unit that a date is written in: "since January 2022" is 2022-01/.., "since 2022" 2022/..."""
    if re.search(r"\d{4}-\d\d-\d\d", edtf):
        return "day"
    return "month" if re.search(r"\d{4}-\d\d", edtf) else "year"


def _fitting(written: Unit, dates: When | Interval) -> Unit:
    """Find the largest unit, up to the one that is written, that the first day begins and the last day ends."""
    first, last = dates.earliest, dates.latest
    after = Day.from_ordinal(last.ordinal() + 1) if last else None
    edges = [day for day in (first, after) if day is not None]
    if written == "day" or any(day.day != 1 for day in edges):
        return "day"
    return "year" if written == "year" and all(day.month == 1 for day in edges) else "month"


def _part(day: Day, unit: Unit) -> str:
    """Write a day, or the month or year that it is in."""
    if unit == "year":
        return _year(day)
    month = f"{terms.MONTHS[day.month - 1]} {_year(day)}"
    return month if unit == "month" else f"{day.day} {month}"


def _year(day: Day) -> str:
    """Write a year for people, who count no year 0."""
    if day.year < 1:
        return f"{1 - day.year} BCE"
    return f"{day.year} CE" if day.year < _CERTAINLY_A_YEAR else str(day.year)


def course(event: Event, today: Day) -> str | None:
    """Say of what has not simply happened how it stands."""
    return "; ".join(terms.course(event, today)) or None


def speaker(one: SaidBy) -> str:
    """Say who holds which stance, known otherwise than by name or not, and through whom that is known."""
    known = f" ({terms.UNNAMED[one.kind]})" if one.kind in terms.UNNAMED else ""
    via = f", via {line(one.via)}" if one.via else ""
    return f"{line(terms.who(one))}{known} {terms.stance(one)}{via}"


def standing(entry: Entry, today: Day) -> str:
    """Say how sure it is: status, course, and who says what."""
    event = entry.event
    parts = [status(entry), course(event, today), *(speaker(one) for one in event.said_by)]
    return "; ".join(part for part in parts if part)


def status(entry: Entry) -> str:
    """Name the status; what one document states in its own voice is stated by its medium or author."""
    words, about = terms.STATUS[entry.event.status], entry.source.about
    by = about.medium or about.author
    is_own = entry.event.status == "stated" and entry.occurrence is None
    return f"{words} by {line(by)}" if is_own and by else words


def origin(event: Event) -> str:
    """Say what wrote the title, and where quotes were read by a machine."""
    title = f"Title by {terms.BY_RULES if terms.is_standin(event.model) else line(event.model)}"
    return f"{title}; quotes {terms.RECOGNISED}" if is_recognised(event) else title


def is_recognised(event: Event) -> bool:
    """Return whether words of the source were recognised on an image by machine."""
    return any(one.recognised for one in event.evidence)
