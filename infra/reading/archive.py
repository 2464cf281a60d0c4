"""The command `dateline archive`: all of a collection that the API shows, as a data package and as a database."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rich.console import Console
from rich.text import Text

from dateline.http.requests import segment
from dateline.linking.model import Occurrence
from dateline.records import Event, Record
from infra.openapi.properties import described as properties_described
from infra.present import harmless
from infra.reading.api import Api, ApiFailed, api_of
from infra.reading.database import Database
from infra.reading.package import Resource, zipped
from infra.stack import REFUSED, failing
from read.answers import Document, DocumentLine, DocumentText, RunLine

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping

Row = dict[str, Any]

# As many as the API gives at once.
_PAGE = 200
# A document that is brought up to date between two questions is read anew.
_TRIES = 5
_OF_DOCUMENT: Mapping[str, Mapping[str, str]] = {
    "document_id": {"type": "string", "description": "the document's id"},
}
_OF_EVENT: Mapping[str, Mapping[str, str]] = {
    "occurrence": {"type": "string", "description": "id of the occurrence that the event reports; null: none yet"},
}


@dataclass(frozen=True, slots=True)
class Archived:
    """A document with all that the API shows of it, of one run. Without a run there is no text."""

    document: Row
    text: Row | None
    runs: list[Row]
    events: list[Row] = field(default_factory=list)


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Write both files. Status 0: done; 1: the API or the disk did not let it; 2: no such stack."""

    def act() -> int:
        console = Console(stderr=True, highlight=False)
        try:
            with closing(api_of(options)) as api, console.status("") as status:
                written = archive(
                    api, options.collection, options.output, lambda line: status.update(Text(harmless(line)))
                )
        except ApiFailed as error:
            return fail(harmless(str(error)), REFUSED)
        except OSError as error:
            return fail(f"{options.output}: {error.strerror}", REFUSED)
        for path in written:
            print(path)
        return 0

    return failing(act, fail)


def archive(api: Api, collection: str, folder: Path, say: Callable[[str], None]) -> tuple[Path, Path]:
    """Write a collection's package and database into a folder, whole or not at all; return where they lie."""
    folder.mkdir(parents=True, exist_ok=True)
    name = quote(collection, safe="")
    with TemporaryDirectory(prefix=".archive-", dir=folder) as made, ExitStack() as opened:
        base = Path(made)
        resources = {
            one: Resource(one, about, key, properties, opened.enter_context((base / f"{one}.jsonl").open("w+b")))
            for one, (about, key, properties) in _resources().items()
        }
        database = opened.enter_context(closing(Database(base / "database")))
        _fill(api, collection, resources, database, say)
        say("packing")
        database.finish()
        about = {
            "name": "dateline-collection",
            "title": collection,
            "description": "A collection of Dateline: its documents, what is told of them, and what happened.",
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        zipped(base / "package", about, resources.values())
        package, rows = folder / f"{name}.zip", folder / f"{name}.sqlite"
        (base / "package").replace(package)
        (base / "database").replace(rows)
    return package, rows


def _fill(
    api: Api, collection: str, resources: Mapping[str, Resource], database: Database, say: Callable[[str], None]
) -> None:
    """Write all rows, document by document: never more than one of them is held."""
    for one in _documents(api, collection):
        resources["documents"].write([one.document])
        database.document(one.document)
        if one.text is not None:
            resources["texts"].write([one.text])
            database.text(one.text)
        resources["runs"].write(one.runs)
        database.runs(one.runs)
        resources["events"].write(one.events)
        database.events(one.events)
        say(f"{resources['documents'].rows:,} documents, {resources['events'].rows:,} events")
    for row in _once(api.rows(f"/collections/{segment(collection)}/occurrences", "occurrences", limit=_PAGE)):
        resources["occurrences"].write([row])
        database.occurrences([row])


def _documents(api: Api, collection: str) -> Iterator[Archived]:
    """Yield the documents of a collection; those that go meanwhile are left out."""
    for line in _once(api.rows("/documents", "documents", collection=collection, limit=_PAGE)):
        found = _document(api, line)
        if found is not None:
            yield found


def _once(rows: Iterable[Row]) -> Iterator[Row]:
    """Leave out what a page shows again because it has moved since the page before."""
    seen: set[str] = set()
    for row in rows:
        if row["id"] not in seen:
            seen.add(row["id"])
            yield row


def _document(api: Api, line: Row) -> Archived | None:
    """Read a document, all of one run. ApiFailed: it changes faster than it can be read."""
    here = f"/documents/{line['id']}"
    for _ in range(_TRIES):
        shown = api.get(here)
        runs = api.get(f"{here}/runs")
        if shown is None or runs is None:
            return None
        document = {**line, **shown}
        listed = [{"document_id": line["id"], **one} for one in runs["runs"]]
        if shown["run"] is None:
            return Archived(document, None, listed)
        text = api.get(f"{here}/text")
        events = _events(api, here, shown["run"]["number"])
        if text is not None and events is not None and text["run"] == shown["run"]["number"]:
            return Archived(document, text, listed, events)
    raise ApiFailed(f"{line['path']} changes faster than it can be read: try again once it is done")


def _events(api: Api, here: str, run_number: int) -> list[Row] | None:
    """Read a document's events, the undated ones too; None where a page is of another run."""
    events: list[Row] = []
    cursor = None
    while True:
        page = api.get(f"{here}/timeline", limit=_PAGE, cursor=cursor)
        if page is None or page["run"] != run_number:
            return None
        events += [{**one, "occurrence": page["occurrences"].get(one["id"])} for one in page["events"]]
        cursor = page["cursor"]
        if cursor is None:
            return events


def _resources() -> dict[str, tuple[str, tuple[str, ...], Mapping[str, Mapping[str, Any]]]]:
    """Say of each file what its rows are, by what they are known, and what they hold."""
    return {
        "documents": ("Documents and their cited summaries", ("id",), {**_of(DocumentLine), **_of(Document)}),
        "texts": ("The texts that all offsets point into, in code points", ("document_id",), _of(DocumentText)),
        "runs": (
            "What each run was made by, and its cost",
            ("document_id", "number"),
            {**_OF_DOCUMENT, **_of(RunLine)},
        ),
        "events": ("Dated events, each with its evidence and speakers", ("id",), {**_of(Event), **_OF_EVENT}),
        "occurrences": ("What happened, each thing once, and where its reports part", ("id",), _of(Occurrence)),
    }


def _of(model: type[Record]) -> Mapping[str, Mapping[str, Any]]:
    """Describe a record's properties, but for the links that hold within the API alone."""
    described = model.model_json_schema(mode="serialization")["properties"]
    kept = {name: one for name, one in described.items() if name != "links"}
    return properties_described(model.__name__, kept)
