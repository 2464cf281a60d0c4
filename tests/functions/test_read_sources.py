"""Documents in sight: what they are in each list, by whom they are found, and the files themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dateline.records import About
from dateline.store import keys
from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import ask, occur, publish, remove
from tests.memory_bucket import MemoryBucket

ABOUT = About(
    title="A ferry sinks",
    author="Mara Lind",
    recipients="the desk",
    medium="Kelm Courier",
    url="https://kelm.example/ferry",
    published=date(2025, 3, 4),
    language="en",
)
SHOWN = {**ABOUT.model_dump(mode="json"), "path": "a.txt"}


@pytest.fixture
def document(cloud: Cloud) -> str:
    return publish(cloud, "drop/news/a.txt", finding("Ferry sinks"), about=ABOUT)


def test_a_list_of_documents_says_what_each_is(document: str) -> None:
    (line,) = ask("/documents", query={"collection": "news"}).json["documents"]

    assert {name: line[name] for name in SHOWN} == SHOWN
    assert line["links"]["original"] == f"documents/{document}/original"


def test_timelines_events_and_occurrences_come_with_their_sources(cloud: Cloud, document: str) -> None:
    event = keys.event_id(document, 1)
    occurrence = occur(cloud, "news", event)
    timeline, occurrences = (
        ask("/collections/{name}/{view}", {"name": "news", "view": view}).json for view in ("timeline", "occurrences")
    )

    assert timeline["sources"] == occurrences["sources"] == {document: SHOWN}
    assert ask("/occurrences/{id}", {"id": occurrence}).json["sources"] == {document: SHOWN}
    assert ask("/events/{id}", {"id": event}).json["source"] == SHOWN
    assert ask("/documents/{id}/{view}", {"id": document, "view": "timeline"}).json["source"] == SHOWN


def test_a_deleted_document_is_among_no_sources(cloud: Cloud, document: str) -> None:
    occur(cloud, "news", keys.event_id(document, 1))
    remove(cloud, "drop/news/a.txt")

    assert ask("/collections/{name}/{view}", {"name": "news", "view": "occurrences"}).json["sources"] == {}


def test_who_finds_what_a_medium_states_in_its_own_voice(cloud: Cloud, document: str) -> None:
    publish(cloud, "drop/news/b.txt", finding("Something else"))

    def found(**query: str) -> list[str]:
        answer = ask("/collections/{name}/{view}", {"name": "news", "view": "timeline"}, query=query).json
        return [one["title"] for one in answer["events"]]

    assert found(who="kelm courier") == found(who="KELM", limit="1") == ["Ferry sinks"]
    assert found(who="nobody") == []


def test_pages_of_what_a_medium_states_miss_nothing(cloud: Cloud) -> None:
    for number in range(5):
        publish(cloud, f"drop/news/{number}.txt", finding(f"Event {number}"), about=ABOUT if number % 2 else None)
    titles, cursor = [], None
    while True:
        query = {"who": "kelm", "limit": "1", **({"cursor": cursor} if cursor else {})}
        page = ask("/collections/{name}/{view}", {"name": "news", "view": "timeline"}, query=query).json
        titles += [one["title"] for one in page["events"]]
        if (cursor := page["cursor"]) is None:
            break

    assert sorted(titles) == ["Event 1", "Event 3"]


@pytest.mark.parametrize("view", ["timeline.csv", "occurrences.csv"])
def test_exports_hold_the_sources_too(cloud: Cloud, document: str, view: str) -> None:
    occur(cloud, "news", keys.event_id(document, 1))

    written = ask("/collections/{name}/{view}", {"name": "news", "view": view}).body.decode()

    assert "Kelm Courier" in written
    assert "https://kelm.example/ferry" in written


def test_links_of_exports_begin_with_the_public_address(
    cloud: Cloud, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_PUBLIC_ADDRESS", "https://times.example/api")

    written = ask("/collections/{name}/{view}", {"name": "news", "view": "timeline.markdown"}).body.decode()

    assert f"https://times.example/api/documents/{document}" in written


def original(document: str) -> Any:
    return ask("/documents/{id}/{view}", {"id": document, "view": "original"})


def put(cloud: Cloud, key: str, text: str) -> str:
    cloud.bucket.put(key, text.encode())
    found = cloud.bucket.get(key)
    assert found is not None
    return found.version


def test_the_file_is_had_by_a_link_to_the_version_that_was_read_for_a_minute_as_an_attachment(cloud: Cloud) -> None:
    key = 'drop/news/2024/Bericht "ü\u202e.html'
    version = put(cloud, key, "<script>alert(1)</script>")
    document = publish(cloud, key, finding("A"), version=version)
    put(cloud, key, "another text")

    answer = original(document)

    link = urlsplit(answer.json["url"])
    asked = {name: value for name, (value,) in parse_qs(link.query).items()}
    assert (asked["versionId"], asked["X-Amz-Expires"]) == (version, "60")
    assert asked["response-content-disposition"] == (
        "attachment; filename=\"Bericht __.html\"; filename*=UTF-8''Bericht%20%22%C3%BC.html"
    )
    left = datetime.fromisoformat(answer.json["expires"]) - datetime.now(UTC)
    assert timedelta(0) < left <= timedelta(seconds=60)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_that_the_bucket_has_no_more_is_gone_in_words(cloud: Cloud) -> None:
    version = put(cloud, "drop/news/a.txt", "a text")
    document = publish(cloud, "drop/news/a.txt", finding("A"), version=version)
    assert isinstance(cloud.bucket, MemoryBucket)
    cloud.bucket.forget("drop/news/a.txt", version)

    answer = original(document)

    assert answer.status == 410
    assert "OldVersionDays" in answer.json["detail"]


def test_nobody_gets_a_deleted_documents_file(cloud: Cloud) -> None:
    document = publish(cloud, "drop/news/a.txt", finding("A"), version=put(cloud, "drop/news/a.txt", "a text"))
    remove(cloud, "drop/news/a.txt")

    assert original(document).status == 404


def test_a_document_that_no_run_has_read_has_no_file(cloud: Cloud, document: str) -> None:
    assert original(document).status == 404
