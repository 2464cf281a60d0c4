"""A collection for the page's tests: six documents about one ferry, which part in every way that documents can."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

from dateline.linking.model import Conflict, Told
from dateline.records import UNDATED, DateAnchor
from tests.local import page_documents
from tests.local.page_documents import HOSTILE_TITLE, Citations, Written, dated, finding, stored, voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.linking.model import ConflictKind, Report
    from dateline.records import Course, SaidBy, Status, When
    from tests.local.page_site import Site

COLLECTION = "aurelia"


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a document tells of a thing, in a sentence of its own."""

    thing: str
    title: str
    when: When
    sentence: str
    said_by: tuple[SaidBy, ...] = ()
    status: Status = "stated"
    course: Course = "done"
    place: str | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    """A document."""

    path: str
    medium: str | None
    published: date | None
    language: str
    heading: str
    tells: tuple[_Telling, ...]

    def written(self) -> Written:
        sentences = (self.heading, *(one.sentence for one in self.tells))
        text = stored(sentences)
        cite = Citations(sentences, text)
        findings = tuple(
            finding(
                one.title,
                one.when,
                cite(number),
                said_by=one.said_by,
                status=one.status,
                course=one.course,
                place=one.place,
            )
            for number, one in enumerate(self.tells, 2)
        )
        return Written(
            key=f"drop/{COLLECTION}/{self.path}",
            title=self.heading,
            text=text,
            summary=None,
            findings=findings,
            language=self.language,
            medium=self.medium,
            published=self.published,
        )


def _day(words: str, day: str) -> When:
    return dated(words, day, day, edtf=day)


_NORVIK = voice("Norvik Lines", "denies")
_INSPECTOR = voice("an inspector", "asserts", kind="anonymous", via="Kelm Courier")
_SOURCES = (
    _Source(
        "kelm-courier-03-04.html",
        "Kelm Courier",
        date(2025, 3, 4),
        "en",
        "Ferry Aurelia sinks off Kelm",
        (
            _Telling(
                "sinking",
                "Ferry Aurelia sinks off Kelm, 14 dead",
                _day("on Monday night", "2025-03-03"),
                "Fourteen people died when the ferry Aurelia sank off Kelm on Monday night.",
                place="Kelm",
            ),
            _Telling(
                "letter",
                "Norvik Lines receives a report on the pumps",
                _day("on 25 February", "2025-02-25"),
                "Norvik Lines had the report on the pumps on 25 February, an inspector told the Kelm Courier.",
                said_by=(_INSPECTOR,),
                status="claimed",
            ),
            _Telling(
                "pumps",
                "Pumps of the Aurelia are inspected",
                _day("on 12 February", "2025-02-12"),
                "The pumps were inspected on 12 February in the yard at Dorvik.",
                place="Dorvik",
            ),
        ),
    ),
    _Source(
        "abendblatt-03-05.html",
        "Abendblatt",
        date(2025, 3, 5),
        "de",
        "Die Fähre Aurelia ist gesunken",
        (
            _Telling(
                "sinking",
                "Ferry Aurelia goes down, 14 dead",
                _day("am 3. März", "2025-03-03"),
                "Am 3. März sank vor Kelm die Fähre Aurelia; 14 Menschen starben.",
                place="Kelm",
            ),
            _Telling(
                "letter",
                "Norvik Lines denies having had a report",
                dated(
                    "im Februar",
                    "2025-02-01",
                    "2025-02-28",
                    basis="relative",
                    precision="month",
                    anchor=DateAnchor(source="published", published=date(2025, 3, 5)),
                    edtf="2025-02",
                ),
                "Norvik Lines bestreitet, im Februar einen Bericht erhalten zu haben.",
                said_by=(_NORVIK,),
                status="denied",
            ),
            _Telling(
                "visit",
                "Minister plans to visit Kelm",
                _day("am 10. März", "2025-03-10"),
                "Am 10. März will die Ministerin nach Kelm kommen.",
                course="planned",
                place="Kelm",
            ),
        ),
    ),
    _Source(
        "feuille-03-09.md",
        "Feuille de Dorvik",
        date(2025, 3, 9),
        "fr",
        "Le naufrage de l’Aurelia",
        (
            _Telling(
                "sinking",
                "Shipwreck of the Aurelia kills 16",
                _day("le 4 mars", "2025-03-04"),
                "Le 4 mars, le naufrage de l’Aurelia a fait seize morts.",
                said_by=(voice("the coast guard", "asserts", kind="office"),),
                status="claimed",
                place="Kelm",
            ),
            _Telling(
                "pumps",
                "Inspection of the Aurelia's pumps",
                _day("le 11 février", "2025-02-11"),
                "Les pompes ont été contrôlées le 11 février, à Norvand.",
                place="Norvand",
            ),
            _Telling(
                "visit",
                "Minister's visit to Kelm is called off",
                _day("le 10 mars", "2025-03-10"),
                "La visite de la ministre, prévue le 10 mars, est annulée.",
                course="called_off",
                place="Kelm",
            ),
        ),
    ),
    _Source(
        "entrevista.html",
        None,
        date(2025, 3, 12),
        "es",
        "Entrevista con Jonas Feld",
        (
            _Telling(
                "sinking",
                "Ferry Aurelia sinks at the beginning of March",
                dated("a principios de marzo", "2025-03-01", "2025-03-10", precision="part_of_month"),
                "El Aurelia se hundió a principios de marzo, dice Jonas Feld.",
                said_by=(voice("Jonas Feld", "asserts"),),
                status="claimed",
            ),
            _Telling(
                "refit",
                "Aurelia is refitted",
                dated("en otoño de 2019", "2019-09-01", "2019-11-30", precision="season", edtf="2019-23"),
                "El barco fue reformado en otoño de 2019.",
            ),
            _Telling("undated", "Something is said on board", UNDATED, "Algo se dijo a bordo."),
        ),
    ),
    _Source(
        "am-kai-blog.txt",
        None,
        None,
        "de",
        "Am Kai",
        (
            _Telling(
                "sinking",
                "Aurelia sinks",
                dated("in der Nacht zum 4. März 2025", "2025-03-03", "2025-03-04", edtf="2025-03-03/2025-03-04"),
                "In der Nacht zum 4. März 2025 ging die Aurelia unter.",
                place="Kelm",
            ),
            _Telling(
                "line",
                "Aurelia sails between Kelm and Dorvik",
                dated("seit 2004", "2004-01-01", None, "throughout", precision="year", edtf="2004/.."),
                "Seit 2004 fuhr die Aurelia zwischen Kelm und Dorvik.",
            ),
        ),
    ),
    _Source(
        "kelm-courier-03-12.html",
        "Kelm Courier",
        date(2025, 3, 12),
        "en",
        "What the yard knew",
        (
            _Telling(
                "sinking",
                "Ferry Aurelia sinks off Kelm, 14 dead",
                _day("on 3 March", "2025-03-03"),
                "The Aurelia sank on 3 March; 14 people died.",
                place="Kelm",
            ),
        ),
    ),
)
_SUNK = ("Ferry Aurelia sinks off Kelm, 14 dead", "Ferry Aurelia goes down, 14 dead")
_WRECK = ("Shipwreck of the Aurelia kills 16",)
_PARTS: tuple[tuple[ConflictKind, str | None, Mapping[str, tuple[str, ...]]], ...] = (
    ("date", None, {"2025-03-03": _SUNK, "2025-03-04": _WRECK}),
    ("number", "dead", {"14": _SUNK, "16": _WRECK}),
    (
        "denial",
        None,
        {
            "asserted": ("Norvik Lines receives a report on the pumps",),
            "denied": ("Norvik Lines denies having had a report",),
        },
    ),
    (
        "date",
        None,
        {"2025-02-12": ("Pumps of the Aurelia are inspected",), "2025-02-11": ("Inspection of the Aurelia's pumps",)},
    ),
    (
        "place",
        None,
        {"Dorvik": ("Pumps of the Aurelia are inspected",), "Norvand": ("Inspection of the Aurelia's pumps",)},
    ),
    (
        "course",
        None,
        {"called_off": ("Minister's visit to Kelm is called off",), "planned": ("Minister plans to visit Kelm",)},
    ),
)


@contextmanager
def linked_as_told() -> Iterator[None]:
    """Sum reports up as this module tells: how that is found out is no matter of the page."""
    with (
        patch("dateline.linking.summary.conflicts", _conflicts),
        patch("dateline.linking.summary.independent_sources", lambda reports: len({one.medium for one in reports})),
    ):
        yield


def _conflicts(reports: Iterable[Report]) -> tuple[Conflict, ...]:
    told = tuple(reports)
    if any(one.event.title == HOSTILE_TITLE for one in told):
        hostile = tuple(Told(value=HOSTILE_TITLE, events=(one.id,), reports=1) for one in told)
        kinds: tuple[ConflictKind, ...] = ("date", "number", "place", "course")
        return tuple(Conflict(kind=kind, subject=HOSTILE_TITLE, told=hostile) for kind in kinds)
    found = (
        Conflict(
            kind=kind,
            subject=subject,
            told=tuple(
                _told(value, [one.id for one in told if one.event.title in titles]) for value, titles in values.items()
            ),
        )
        for kind, subject, values in _PARTS
    )
    return tuple(one for one in found if all(value.events for value in one.told))


def _told(value: str, events: Sequence[str]) -> Told:
    return Told(value=value, events=tuple(events), reports=len(events))


def publish(site: Site) -> dict[str, str]:
    """Write the collection; return the ids of its occurrences by the things that they are about."""
    events: dict[str, list[str]] = {}
    for source in _SOURCES:
        document = site.publish(source.written()).removeprefix("doc_")
        for number, one in enumerate(source.tells, 1):
            if one.when is not UNDATED:
                events.setdefault(one.thing, []).append(f"evt_{document}_{number:05}")
    return dict(zip(events, site.link(COLLECTION, list(events.values())), strict=True))


def publish_hostile(site: Site) -> None:
    """Write two documents whose every word wants to do harm, and link what they tell."""
    written = page_documents.hostile()
    keys = (written.key, f"drop/hostile/{HOSTILE_TITLE}")
    documents = [
        site.publish(replace(written, key=key, medium=HOSTILE_TITLE, language='"><b>')).removeprefix("doc_")
        for key in keys
    ]
    numbers = range(1, len(written.findings) + 1)
    site.link("hostile", [[f"evt_{one}_{number:05}" for one in documents] for number in numbers])


def publish_crowd(site: Site, occurrences: int, reports: int) -> None:
    """Write a collection of many occurrences, each told by as many documents."""
    sentences = ("Many things", *(f"Thing {number} happened somewhere." for number in range(occurrences)))
    text = stored(sentences)
    cite = Citations(sentences, text)
    days = [(date(2020, 1, 1) + timedelta(days=10 * number)).isoformat() for number in range(occurrences)]
    findings = tuple(
        finding(f"Thing number {number} happens somewhere", _day(day, day), cite(number + 2))
        for number, day in enumerate(days)
    )
    documents = [
        site.publish(
            Written(f"drop/many/{number}.txt", "Many things", text, None, findings, medium=f"Paper {number}")
        ).removeprefix("doc_")
        for number in range(reports)
    ]
    site.link("many", [[f"evt_{one}_{number:05}" for one in documents] for number in range(1, occurrences + 1)])
