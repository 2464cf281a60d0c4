"""What is written by hand: lists page by page, answers that have to be of a kind, and an API that is busy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar

import httpx2

from . import models
from .api.collections import get_collection_occurrences, get_collection_timeline, list_collections
from .api.documents import get_document_timeline, list_documents
from .api.search import search as search_documents
from .types import Response

P = ParamSpec("P")
A = TypeVar("A")


class Refused(Exception):
    """The API answered something else than what was asked for: the status, and what it said."""


class Patient(httpx2.HTTPTransport):
    """Asks a throttled or busy API again; handed to a client as `httpx_args={"transport": Patient()}`."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:  # noqa: D102
        for wait in (1, 2, 4, 8, 16) if request.method == "GET" else ():  # seconds: half a minute in all
            if (said := super().handle_request(request)).status_code not in {429, 503}:
                return said
            said.close()
            named = said.headers.get("Retry-After", "")
            time.sleep(min(int(named), 16) if named.isdecimal() else wait)
        return super().handle_request(request)


def answered(kind: type[A], said: Response[Any]) -> A:
    """Return an answer that has to be of a kind. Refused: it is not."""
    if isinstance(said.parsed, kind):
        return said.parsed
    raise Refused(int(said.status_code), said.parsed)


def _paged(operation: Callable[P, Response[Any]], kind: type[A]) -> Callable[P, Iterator[A]]:
    def pages(*args: P.args, **kwargs: P.kwargs) -> Iterator[A]:
        more: object = True
        while more:
            yield (page := answered(kind, operation(*args, **kwargs)))
            more = kwargs["cursor"] = getattr(page, "cursor", None)

    return pages


collections = _paged(list_collections.sync_detailed, models.Collections)
timeline = _paged(get_collection_timeline.sync_detailed, models.Timeline)
occurrences = _paged(get_collection_occurrences.sync_detailed, models.Occurrences)
documents = _paged(list_documents.sync_detailed, models.Documents)
document_timeline = _paged(get_document_timeline.sync_detailed, models.DocumentTimeline)
search = _paged(search_documents.sync_detailed, models.SearchPage)
