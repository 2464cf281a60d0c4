"""The typed client against the functions themselves, over a socket: every route, refusals, and lists by pages."""

from __future__ import annotations

import asyncio
import csv
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args

import pytest

from dateline_client import Client, models, paging
from dateline_client.api.documents import get_document
from dateline_client.api.exports import export_collection_timeline
from dateline_client.models import ExportFormat
from infra.local.paths import ROOT
from tests.local import page_documents, page_occurrences
from tests.local.page_site import Site, served

if TYPE_CHECKING:
    from collections.abc import Iterator

SARN, NEWS = "sarn", page_occurrences.COLLECTION
BUCKET_URL = "https://bucket.s3.eu-central-1.amazonaws.com"
OPERATIONS = {
    operation["operationId"]: operation["tags"][0]
    for path in json.loads((ROOT / "infra" / "openapi.json").read_text())["paths"].values()
    for method, operation in path.items()
    if method != "parameters"
}


@dataclass(frozen=True, slots=True)
class Served:
    """A site with a document and its event, an occurrence, and a client of it."""

    site: Site
    document: str
    event: str
    occurrence: str
    client: Client

    def call(self, name: str, *given: Any, **named: Any) -> Any:
        """Call an operation by its name, and return what it answers, parsed."""
        module = import_module(f"dateline_client.api.{OPERATIONS[name]}.{name}")
        return module.sync_detailed(*given, client=self.client, **named).parsed


@pytest.fixture(scope="module")
def api() -> Iterator[Served]:
    with page_occurrences.linked_as_told(), served(EDITING="on", UPLOADS_TO=BUCKET_URL) as site:
        document = [site.publish(page_documents.article()) for _ in range(2)][-1]
        occurrences = page_occurrences.publish(site)
        with Client(site.url, httpx_args={"transport": paging.Patient()}) as client:
            event = f"evt_{document.removeprefix('doc_')}_00001"
            yield Served(site, document, event, next(iter(occurrences.values())), client)


def test_every_route_is_called_and_answers_what_its_type_says(api: Served) -> None:
    noted = models.NewDecision(kind="note", reason="Looked up.", occurrences=[api.occurrence])
    file = models.NewUpload(path="a b.txt", size=12, content_type="text/plain")

    answers = {
        "health": api.call("health"),
        "list_collections": api.call("list_collections"),
        "get_collection_timeline": api.call("get_collection_timeline", SARN),
        "get_collection_occurrences": api.call("get_collection_occurrences", NEWS),
        "get_occurrence": api.call("get_occurrence", api.occurrence),
        "search": api.call("search", q="dam"),
        "list_documents": api.call("list_documents", collection=SARN),
        "get_document": api.call("get_document", api.document),
        "get_document_timeline": api.call("get_document_timeline", api.document),
        "get_document_text": api.call("get_document_text", api.document),
        "get_document_original": api.call("get_document_original", api.document),
        "get_document_runs": api.call("get_document_runs", api.document),
        "get_document_difference": api.call("get_document_difference", api.document, old=1, new=2),
        "get_event": api.call("get_event", api.event),
        "export_collection_timeline": api.call("export_collection_timeline", SARN, "ics"),
        "export_collection_occurrences": api.call("export_collection_occurrences", NEWS, "csv"),
        "export_document_timeline": api.call("export_document_timeline", api.document, "jsonld"),
        "upload": api.call("upload", SARN, body=file),
        "decide": (decided := api.call("decide", NEWS, body=noted)),
        "undo": api.call("undo", NEWS, decided.id),
        "delete_document": api.call("delete_document", api.site.publish(page_documents.report())),
    }

    assert set(answers) == set(OPERATIONS)
    assert {name: type(answer) for name, answer in answers.items()} == {
        "health": models.Health,
        "list_collections": models.Collections,
        "get_collection_timeline": models.Timeline,
        "get_collection_occurrences": models.Occurrences,
        "get_occurrence": models.OccurrenceInFull,
        "search": models.SearchPage,
        "list_documents": models.Documents,
        "get_document": models.Document,
        "get_document_timeline": models.DocumentTimeline,
        "get_document_text": models.DocumentText,
        "get_document_original": models.Original,
        "get_document_runs": models.Runs,
        "get_document_difference": models.Difference,
        "get_event": models.EventInPlace,
        "export_collection_timeline": str,
        "export_collection_occurrences": str,
        "export_document_timeline": str,
        "upload": models.Upload,
        "decide": models.Decided,
        # They answer by their status alone.
        "undo": type(None),
        "delete_document": type(None),
    }


def test_a_call_can_be_waited_for_beside_others(api: Served) -> None:
    async def both() -> list[object]:
        async with Client(api.site.url) as client:
            calls = (get_document.asyncio(one, client=client) for one in (api.document, "doc_none"))
            return list(await asyncio.gather(*calls))

    assert [type(one) for one in asyncio.run(both())] == [models.Document, models.ProblemDetails]


def test_the_first_example_runs_as_it_stands(api: Served, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "infra" / "client" / "README.md").read_text(), re.DOTALL)

    exec(example.replace("https://API", api.site.url).replace("doc_…", api.document), {})

    assert "2023-09~/2023-12~ Intermediaries meet at Lake Breven" in capsys.readouterr().out


@pytest.mark.parametrize("name", get_args(ExportFormat))
def test_every_format_is_text(name: ExportFormat, api: Served) -> None:
    said = export_collection_timeline.sync_detailed(SARN, name, client=api.client)

    assert said.status_code == HTTPStatus.OK
    assert "dam" in paging.answered(str, said)


def test_an_export_is_whole_where_no_page_is_asked_for(api: Served) -> None:
    events = [event for page in paging.timeline(SARN, client=api.client) for event in page.events]

    table = export_collection_timeline.sync(SARN, "csv", client=api.client)

    assert isinstance(table, str)
    assert len(list(csv.DictReader(table.splitlines()))) == len(events)


def test_refusals_say_what_is_wrong(api: Served) -> None:
    missing = get_document.sync("doc_none", client=api.client)
    in_one_piece = export_collection_timeline.sync(SARN, "ics", client=api.client, limit=2)

    assert isinstance(missing, models.ProblemDetails)
    assert missing.status == HTTPStatus.NOT_FOUND
    assert isinstance(in_one_piece, models.ProblemDetails)
    assert "ics comes in one piece" in in_one_piece.detail


def test_several_words_to_choose_from_are_all_asked_for(api: Served) -> None:
    pages = paging.timeline(SARN, client=api.client, status=["disputed", "denied"])

    assert {event.status for page in pages for event in page.events} == {"disputed", "denied"}


def test_lists_are_walked_to_their_end_and_each_row_is_read_once(api: Served) -> None:
    client = api.client
    read = {
        "timeline": [[one.id for one in page.events] for page in paging.timeline(SARN, client=client, limit=4)],
        "document_timeline": [
            [one.id for one in page.events] for page in paging.document_timeline(api.document, client=client, limit=4)
        ],
        "occurrences": [
            [one.id for one in page.occurrences] for page in paging.occurrences(NEWS, client=client, limit=2)
        ],
        "documents": [
            [one.id for one in page.documents] for page in paging.documents(client=client, collection=NEWS, limit=2)
        ],
        "collections": [[one.name for one in page.collections] for page in paging.collections(client=client, limit=1)],
        "search": [
            [one.id for one in page.documents]
            for page in paging.search(client=client, q="ferry", collection=NEWS, limit=1)
        ],
    }

    whole = {
        "timeline": api.call("get_collection_timeline", SARN, limit=200).events,
        "document_timeline": api.call("get_document_timeline", api.document, limit=200).events,
        "occurrences": api.call("get_collection_occurrences", NEWS, limit=200).occurrences,
        "documents": api.call("list_documents", collection=NEWS, limit=200).documents,
        "collections": api.call("list_collections", limit=200).collections,
        "search": api.call("search", q="ferry", collection=NEWS, limit=50).documents,
    }
    assert {name for name, pages in read.items() if len(pages) < 2} == set()
    for name, pages in read.items():
        assert [row for page in pages for row in page] == [getattr(one, "id", None) or one.name for one in whole[name]]
