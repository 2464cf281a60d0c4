"""`dateline archive` over the read function's own handler: the package holds what it says, and the database opens."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from infra.cli import main
from tests.local import page_documents, page_occurrences
from tests.local.page_site import Site, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served() as one:
        one.publish(page_documents.article())
        one.reject("drop/sarn/photo.jpg", "it is an image")
        page_occurrences.publish(one)
        yield one


def archived(site: Site, folder: Path, collection: str) -> tuple[dict[str, Any], dict[str, list[Any]], Path]:
    """Archive a collection; return the package's descriptor, its rows by resource, and the database."""
    assert main(["archive", collection, "--api", site.url, "--output", str(folder)]) == 0
    rows = {}
    with zipfile.ZipFile(folder / f"{collection}.zip") as package:
        descriptor = json.loads(package.read("datapackage.json"))
        for one in descriptor["resources"]:
            content = package.read(one["path"])
            assert one["bytes"] == len(content)
            assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            rows[one["name"]] = [json.loads(line) for line in content.splitlines()]
    return descriptor, rows, folder / f"{collection}.sqlite"


def test_the_package_holds_every_document_with_its_text_runs_and_events(site: Site, tmp_path: Path) -> None:
    descriptor, rows, _ = archived(site, tmp_path, "sarn")

    assert {one["path"]: one["state"] for one in rows["documents"]} == {
        "2024/what-is-known.txt": "done",
        "photo.jpg": "rejected",
    }
    (text,) = rows["texts"]
    assert len(rows["runs"]) == 1
    # One more than the collection's timeline: an event without a date.
    assert len(rows["events"]) == 16
    for one in rows["events"]:
        for evidence in one["evidence"]:
            assert text["text"][evidence["start"] : evidence["end"]] == evidence["quote"]
    for one in descriptor["resources"]:
        names = [column["name"] for column in one["schema"]["fields"]]
        assert all(list(row) == names for row in rows[one["name"]])
        assert set(one["schema"]["primaryKey"]) <= set(names)


def test_the_database_leads_from_events_to_documents_occurrences_speakers_and_quotes(
    site: Site, tmp_path: Path
) -> None:
    _, rows, file = archived(site, tmp_path, page_occurrences.COLLECTION)

    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        counted = {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("documents", "texts", "runs", "events", "occurrences")
        }
        joined = database.execute(
            "SELECT count(*) FROM events JOIN documents ON documents.id = events.document"
            " JOIN occurrences ON occurrences.id = events.occurrence"
        ).fetchone()[0]
        (word,) = rows["events"][0]["evidence"][0]["quote"].split()[:1]
        found = database.execute("SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH ?", (f'"{word}"',)).fetchone()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    assert counted == {name: len(kept) for name, kept in rows.items()}
    assert joined == sum(1 for one in rows["events"] if one["occurrence"])
    assert found[0] > 0


def test_what_cannot_be_read_leaves_no_file(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["archive", "nowhere", "--api", site.url, "--output", str(tmp_path)]) == 1

    assert "there is nothing at /documents" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
