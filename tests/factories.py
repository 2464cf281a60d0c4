"""Records for tests, each with the least that a test has to say."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dateline.dates import Day, Extent
from dateline.records import UNDATED, Course, Event, Evidence, Finding, PublishedOn, Recipe, Run, Usage, When

RECIPE = Recipe(ask="ask", judge="judge", model="a-model")
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def when(earliest: str | None, latest: str | None, extent: Extent = "within") -> When:
    if earliest is None and latest is None:
        return UNDATED
    return When(
        words="the words",
        edtf=f"{earliest or '..'}/{latest or '..'}",
        earliest=Day.parse(earliest) if earliest else None,
        latest=Day.parse(latest) if latest else None,
        precision="day",
        extent=extent,
        basis="explicit",
        rule="test",
        checked="agrees",
    )


def finding(
    title: str,
    earliest: str | None = "2024-01-01",
    latest: str | None = "2024-01-01",
    *,
    quotes: tuple[str, ...] = (),
    course: Course = "done",
    extent: Extent = "within",
) -> Finding:
    return Finding(
        title=title,
        title_language="en",
        when=when(earliest, latest, extent),
        course=course,
        status="stated",
        place=None,
        names=(),
        said_by=(),
        evidence=tuple(
            Evidence(sentence=number, start=0, end=len(quote), quote=quote)
            for number, quote in enumerate(quotes or (f"Quote of {title}.",), 1)
        ),
    )


def reported(title: str, day: str = "2024-05-24") -> Finding:
    """Make what no words date, and what a document published on this day reports as its news."""
    made = finding(title, None, day)
    return made.model_copy(update={"when": made.when.model_copy(update={"words": None, "basis": "reported"})})


def event(made_from: Finding, event_id: str, document_id: str) -> Event:
    return Event(**made_from.model_dump(), id=event_id, document_id=document_id, model=RECIPE.model)


def run(document_id: str, number: int, *, content: str = "content", published: date | None = None) -> Run:
    return Run(
        document_id=document_id,
        number=number,
        content=content,
        text_sha256="0" * 64,
        encoding="utf-8",
        language="en",
        title=None,
        published=PublishedOn(day=published, source="caller") if published else None,
        recipe=RECIPE,
        made_at=MOMENT,
        summary=None,
        notes=(),
        usage=Usage(),
        events=0,
    )
