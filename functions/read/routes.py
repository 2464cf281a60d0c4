"""Every route of the API in one table: what the function answers by, and what the OpenAPI document is made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from read import answers, occurrences, queries, search, timelines, views

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.exports.model import Exported
    from dateline.records import Record


@dataclass(frozen=True, slots=True)
class Export:
    """How a timeline is taken to be exported: whole, and as a page with the cursor of the next."""

    whole: Callable[..., Exported]
    page: Callable[..., tuple[Exported, str | None]]


@dataclass(frozen=True, slots=True)
class Route:
    """A route: its path as OpenAPI writes it, its query, its answer, and the function that makes one of the other.

    `view` and those of `export` take what the reader may read, the query, and the path's values in order. `refusals`
    are the statuses beyond those that any route can answer.
    """

    path: str
    summary: str
    query: type[queries.Query]
    answer: type[Record]
    view: Callable[..., Record]
    export: Export | None = None
    refusals: Sequence[HTTPStatus] = ()

    @property
    def names(self) -> list[str]:
        """The names of the path's values, in order."""
        return re.findall(r"{(\w+)}", self.path)


_MISSING = (HTTPStatus.NOT_FOUND,)
_TIMELINE = (HTTPStatus.NOT_FOUND, HTTPStatus.NOT_ACCEPTABLE)
_GONE = (HTTPStatus.GONE,)

HEALTH = Route("/health", "Say that the service runs", queries.Query, answers.Health, views.health)

ROUTES = (
    HEALTH,
    Route(
        "/collections",
        "List the collections",
        queries.CollectionsQuery,
        answers.Collections,
        views.collections,
    ),
    Route(
        "/collections/{name}/timeline",
        "Show a collection's timeline",
        queries.TimelineQuery,
        answers.Timeline,
        timelines.of_collection,
        Export(timelines.export_collection, timelines.export_page_of_collection),
        refusals=(*_TIMELINE, *_GONE),
    ),
    Route(
        "/collections/{name}/occurrences",
        "Show a collection's occurrences: each thing that happened once, with what its reports say",
        queries.OccurrencesQuery,
        answers.Occurrences,
        occurrences.of_collection,
        Export(occurrences.export, occurrences.export_page),
        refusals=_TIMELINE,
    ),
    Route(
        "/occurrences/{id}",
        "Show an occurrence with every report of it",
        queries.Query,
        answers.OccurrenceInFull,
        occurrences.in_full,
        refusals=(*_MISSING, *_GONE),
    ),
    Route(
        "/search",
        "Search titles, quotes, texts, names and media",
        queries.SearchQuery,
        answers.SearchPage,
        search.search,
        refusals=_MISSING,
    ),
    Route(
        "/documents",
        "List a collection's documents, or those that changed, or find one by its path",
        queries.DocumentsQuery,
        answers.Documents,
        views.documents,
        refusals=(*_MISSING, *_GONE),
    ),
    Route(
        "/documents/{id}",
        "Show a document: its state, its summary with citations, what was left out and why",
        queries.Query,
        answers.Document,
        views.document,
        refusals=_MISSING,
    ),
    Route(
        "/documents/{id}/timeline",
        "Show a document's timeline, undated events last",
        queries.DocumentTimelineQuery,
        answers.DocumentTimeline,
        timelines.of_document,
        Export(timelines.export_document, timelines.export_page_of_document),
        refusals=_TIMELINE,
    ),
    Route(
        "/documents/{id}/text",
        "Show the text that all offsets point into, and its sentences",
        queries.Query,
        answers.DocumentText,
        views.document_text,
        refusals=_MISSING,
    ),
    Route(
        "/documents/{id}/original",
        "Sign a link to the file that was read, for a minute",
        queries.Query,
        answers.Original,
        views.original,
        refusals=(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
    ),
    Route(
        "/documents/{id}/runs",
        "Show which runs of a document are kept: by what, when, and at what cost they were made",
        queries.Query,
        answers.Runs,
        views.runs,
        refusals=_MISSING,
    ),
    Route(
        "/documents/{id}/difference",
        "Compare two runs of a document",
        queries.DifferenceQuery,
        answers.Difference,
        views.difference,
        refusals=_MISSING,
    ),
    Route(
        "/events/{id}",
        "Show an event",
        queries.Query,
        answers.EventInPlace,
        views.event,
        refusals=(*_MISSING, *_GONE),
    ),
)
