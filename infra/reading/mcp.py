"""The command `dateline mcp`: a read-only server of the Model Context Protocol over the HTTP API."""

from __future__ import annotations

from contextlib import closing
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Literal, ParamSpec

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from dateline.http.requests import segment
from dateline.linking.model import ConflictKind
from dateline.records import Course, Status
from infra.reading import citing
from infra.reading.api import Api, ApiFailed, api_of
from infra.reading.citing import Told
from infra.stack import failing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

P = ParamSpec("P")

_INSTRUCTIONS = f"""\
Dateline holds documents in collections, and what they say happened: dated events, each with who says so and the quotes
that it rests on. An occurrence is one thing that happened, with all reports of it; its conflicts say where they part.

Cite what you use: each answer has `citations` with quote, sentence, document and a link that people can open. `status`
says who stands behind it: stated (the document's own voice), claimed, confirmed, disputed, denied, withdrawn. Dates may
be spans: from `earliest` to `latest`, where null is an open end. Do not choose between sources that part: say both.

{citing.NOTICE}"""
# An assistant's context is dear: so much is asked for at a time, with a cursor for more.
_ROWS = 20
_MOST_ROWS = 50
_AROUND = 2
_MOST_AROUND = 20

Collection = Annotated[str, Field(description="the collection's name, from list_collections")]
Day = Annotated[str | None, Field(description="2024, 2024-05 or 2024-05-31; a year or a month means all of it")]
Words = Annotated[str | None, Field(max_length=200, description="words that the title holds; leave out for all")]
Who = Annotated[str | None, Field(max_length=200, description="part of a speaker's or a medium's name")]
Place = Annotated[str | None, Field(max_length=200, description="part of the place's name")]
Statuses = Annotated[tuple[Status, ...], Field(description="one of these; empty: any")]
Courses = Annotated[tuple[Course, ...], Field(description="one of these; empty: any")]
Conflicts = Annotated[
    tuple[ConflictKind | Literal["any"], ...], Field(description="those whose reports part in this; `any`: in anything")
]
Cursor = Annotated[str | None, Field(description="`cursor` of the answer before, with the same question; null: none")]
Limit = Annotated[int, Field(ge=1, le=_MOST_ROWS, description="at most so many; an answer may hold fewer")]
Around = Annotated[int, Field(ge=0, le=_MOST_AROUND, description="so many sentences before and after")]
State = Literal["waiting", "rejected", "done"]


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Serve until standard input ends. Status 0: it ended; 1: AWS refuses; 2: no such stack."""

    def act() -> int:
        with closing(api_of(options)) as api:
            server(api).run("stdio")
        return 0

    return failing(act, fail)


def server(api: Api) -> MCPServer:
    """Make a server that reads an API."""
    made = MCPServer(
        "dateline", version=version("dateline"), instructions=_INSTRUCTIONS, log_level="WARNING", website_url=None
    )
    tools = Tools(api)
    for tool in (
        tools.list_collections,
        tools.read_timeline,
        tools.read_occurrences,
        tools.read_occurrence,
        tools.read_event,
        tools.list_documents,
        tools.read_document,
        tools.read_quote,
        tools.search,
    ):
        made.tool(annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))(_explained(tool))
    return made


def _explained(tool: Callable[P, Told]) -> Callable[P, Told]:
    """Let an assistant read why something was not answered, so that it can ask otherwise."""

    @wraps(tool)
    def answer(*given: P.args, **named: P.kwargs) -> Told:
        try:
            return tool(*given, **named)
        except ApiFailed as error:
            raise ToolError(str(error)) from error

    return answer


class Tools:
    """What an assistant may ask. The docstrings are what it is told of them."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_collections(self, cursor: Cursor = None) -> Told:
        """List the collections: their names, about how many documents each has, and the days they span."""
        page = self._api.need("/collections", cursor=cursor)
        names = ("name", "documents", "first_day", "last_day")
        rows = [{name: one[name] for name in names} for one in page["collections"]]
        return citing.told(collections=rows, cursor=page["cursor"])

    def read_timeline(
        self,
        collection: Collection,
        *,
        from_day: Day = None,
        to_day: Day = None,
        words: Words = None,
        who: Who = None,
        place: Place = None,
        status: Statuses = (),
        course: Courses = (),
        order: Literal["asc", "desc"] = "asc",
        limit: Limit = _ROWS,
        cursor: Cursor = None,
    ) -> Told:
        """Read a collection's events by date, one for each document that tells it.

        For what happened, each thing once and with what its reports say, read_occurrences is better.
        """
        asked = {"to": to_day, "q": words, "who": who, "place": place, "status": status, "course": course}
        page = self._api.need(
            f"/collections/{segment(collection)}/timeline",
            **{"from": from_day},
            **asked,
            order=order,
            limit=limit,
            cursor=cursor,
        )
        sources = page["sources"]
        events = [citing.event(one, sources[one["document_id"]], collection, self._api.url) for one in page["events"]]
        return citing.told(events=events, cursor=page["cursor"])

    def read_occurrences(
        self,
        collection: Collection,
        *,
        from_day: Day = None,
        to_day: Day = None,
        words: Words = None,
        who: Who = None,
        place: Place = None,
        status: Statuses = (),
        course: Courses = (),
        conflict: Conflicts = (),
        order: Literal["asc", "desc"] = "asc",
        limit: Limit = _ROWS,
        cursor: Cursor = None,
    ) -> Told:
        """Read what happened by date, each thing once: how many independent sources tell it, and where they part.

        A few reports are cited; read_occurrence has all of them.
        """
        asked = {"to": to_day, "q": words, "who": who, "place": place, "status": status, "course": course}
        page = self._api.need(
            f"/collections/{segment(collection)}/occurrences",
            **{"from": from_day},
            **asked,
            conflict=conflict,
            order=order,
            limit=limit,
            cursor=cursor,
        )
        rows = [citing.occurrence(one, page["sources"], self._api.url) for one in page["occurrences"]]
        return citing.told(occurrences=rows, cursor=page["cursor"])

    def read_occurrence(self, occurrence_id: str) -> Told:
        """Read one occurrence with every report of it, each with its own date, speakers and citations."""
        found = self._api.need(f"/occurrences/{segment(occurrence_id)}")
        collection, sources = found["collection"], found["sources"]
        told = [one["event"] for one in found["told"]]
        return citing.told(
            occurrence=citing.occurrence(found, sources, self._api.url),
            reports=[citing.event(one, sources[one["document_id"]], collection, self._api.url) for one in told],
        )

    def read_event(self, event_id: str) -> Told:
        """Read one event with its citations, and the id of the occurrence that it reports."""
        found = self._api.need(f"/events/{segment(event_id)}")
        event = citing.event(found, found["source"], found["collection"], self._api.url)
        return citing.told(event=event, occurrence=found["occurrence"])

    def list_documents(
        self, collection: Collection, state: State | None = None, limit: Limit = _ROWS, cursor: Cursor = None
    ) -> Told:
        """List a collection's documents, the newest drop first: what each is, its state, and why it was rejected."""
        page = self._api.need("/documents", collection=collection, state=state, limit=limit, cursor=cursor)
        return citing.told(documents=[citing.document(one) for one in page["documents"]], cursor=page["cursor"])

    def read_document(self, document_id: str) -> Told:
        """Read a document's cited summary, what is said in it besides events, and what was left out and why."""
        found = self._api.need(f"/documents/{segment(document_id)}")
        collection, source = found["collection"], citing.source_of(found)
        summary = found["summary"]
        sentences = [summary["headline"], *summary["sentences"]] if summary else []
        return citing.told(
            document={
                **citing.document(found),
                **source,
                "link": citing.link(self._api.url, collection, doc=document_id),
            },
            summary=[citing.cited(one, document_id, source, collection, self._api.url) for one in sentences],
            statements=[
                citing.cited(one, document_id, source, collection, self._api.url) for one in found["statements"]
            ],
            left_out=found["notes"],
        )

    def read_quote(self, document_id: str, start: int, end: int, around: Around = _AROUND) -> Told:
        """Read a quote in its place, with the sentences before and after it.

        `start` and `end` are those of a citation.
        """
        text = self._api.need(f"/documents/{segment(document_id)}/text")
        found = self._api.need(f"/documents/{segment(document_id)}")
        sentences = text["sentences"]
        meant = [at for at, one in enumerate(sentences) if one["start"] < end and start < one["end"]]
        if not meant:
            raise ApiFailed(f"no sentence of {document_id} stands at {start} to {end}: take both from a citation")
        shown = range(max(0, meant[0] - around), min(len(sentences), meant[-1] + around + 1))
        source = citing.source_of(found)
        return citing.told(
            sentences=[
                {
                    "quoted": at in meant,
                    **citing.citation(
                        _quoted(sentences[at], text["text"]), document_id, source, found["collection"], self._api.url
                    ),
                }
                for at in shown[: _MOST_AROUND * 3]
            ]
        )

    def search(
        self,
        query: Annotated[
            str, Field(min_length=1, max_length=200, description='words that all occur, "a phrase", beginnings: coun*')
        ],
        collection: Annotated[str | None, Field(description="only in this one; null: in all")] = None,
        limit: Limit = _ROWS,
        cursor: Cursor = None,
    ) -> Told:
        """Search titles, quotes, texts, names and media of documents, in any language."""
        page = self._api.need("/search", q=query, collection=collection, limit=limit, cursor=cursor)
        return citing.told(
            documents=[citing.hits(one, self._api.url) for one in page["documents"]],
            about=page["about"],
            cursor=page["cursor"],
        )


def _quoted(sentence: Told, text: str) -> Told:
    """Make evidence of a stored sentence: its place counts code points, as Python does."""
    return {**sentence, "sentence": sentence["number"], "quote": text[sentence["start"] : sentence["end"]]}
