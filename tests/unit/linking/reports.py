"""Reports for tests of linking, each with the least that a test has to say."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING

from dateline.linking.model import Report
from dateline.records import Evidence, Name, SaidBy
from tests.factories import event, finding, reported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.dates import Extent
    from dateline.records import Course, Finding, Stance, Status


def report(
    title: str,
    on: str | None = "2031-05-04",
    *,
    doc: str = "a",
    number: int = 0,
    until: str | None = None,
    names: Iterable[str] = (),
    quotes: tuple[str, ...] = (),
    cites: int | None = None,
    by: Iterable[tuple[str | None, Stance]] = (),
    via: str | None = None,
    status: Status = "stated",
    course: Course = "done",
    place: str | None = None,
    medium: str | None = None,
    published: date | None = None,
    language: str = "en",
    extent: Extent = "within",
) -> Report:
    """Make a report of `doc`, dated to a day or a month, or from `on` to `until`."""
    first, last = _bounds(on, until)
    sentence = cites if cites is not None else number
    made = finding(title, first, last, quotes=quotes or (_words(doc, sentence, names),), course=course, extent=extent)
    evidence = tuple(
        Evidence(sentence=100 * sentence + at, start=0, end=len(part.quote), quote=part.quote)
        for at, part in enumerate(made.evidence)
    )
    made = made.model_copy(
        update={
            "status": status,
            "place": place,
            "title_language": language,
            "names": tuple(Name(name=name, words=name) for name in names),
            "said_by": tuple(
                SaidBy(who=who, words=who, kind="named" if who else "document", stance=stance, via=via)
                for who, stance in by
            ),
            "evidence": evidence,
        }
    )
    return _of(made, doc, number, medium, published)


def news(title: str, published: str, *, doc: str = "a", number: int = 0, status: Status = "stated") -> Report:
    """Make a report that no words date, and that the document published on this day gives as its news."""
    made = reported(title, published).model_copy(update={"status": status})
    return _of(made, doc, number, None, date.fromisoformat(published))


def _of(made: Finding, doc: str, number: int, medium: str | None, published: date | None) -> Report:
    found = event(made, f"evt_{doc}_{number:02}", f"doc_{doc}")
    return Report(event=found, run=1, path=f"{doc}.txt", medium=medium, published=published)


def _words(doc: str, sentence: int, names: Iterable[str]) -> str:
    """Write a sentence of the source that no other document has, with the names in it."""
    return " ".join(f"{word}{doc}{sentence}" for word in ("so", "it", "is", "told", "by")) + "".join(
        f", as {name}" for name in names
    )


def _bounds(on: str | None, until: str | None) -> tuple[str | None, str | None]:
    if on is None or until is not None:
        return on, until
    if len(on) == len("2031-05-04"):
        return on, on
    year, month = map(int, on.split("-"))
    return f"{on}-01", f"{on}-{calendar.monthrange(year, month)[1]}"
