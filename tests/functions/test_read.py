"""The read function, asked as the HTTP API asks it."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest

from dateline.records import Finding
from dateline.store import keys
from dateline.store.blobs import StoredSentence, StoredText
from dateline.store.heads import Rejection
from tests.factories import event, finding, run
from tests.functions.conftest import Cloud, Context, fresh, sample


def get(route: str, parameters: dict[str, str] | None = None, /, **query: str) -> tuple[int, dict[str, Any]]:
    """Ask for a route of the template, `{name}` and all."""
    request = sample("read-timeline") | {
        "routeKey": f"GET {route}",
        "pathParameters": parameters or {},
        "queryStringParameters": query,
    }
    answer = fresh("read.app").handler(request, Context())
    body = answer["body"]
    if answer["isBase64Encoded"]:
        body = gzip.decompress(base64.b64decode(body)).decode()
    return answer["statusCode"], json.loads(body)


def publish(cloud: Cloud, key: str, *findings: Finding) -> str:
    """Write a document with these events as if it had been dropped; return its id."""
    place = keys.place(key)
    assert place is not None
    cloud.store.listing.register(place.collection)
    held = cloud.store.heads.take(place, 60)
    ids = [keys.event_id(place.document_id, number) for number in range(1, len(findings) + 1)]
    events = [event(one, name, place.document_id) for one, name in zip(findings, ids, strict=True)]
    cloud.store.runs.write(place.collection, run(place.document_id, held.fence), events)
    cloud.store.blobs.put_text(
        place.document_id,
        held.fence,
        StoredText(text="Ä text.", sentences=(StoredSentence(number=1, start=0, end=7, role="body"),)),
    )
    cloud.store.heads.write(held, held.head.model_copy(update={"state": "done", "current": held.fence}))
    return place.document_id


def test_health_says_ok_and_nothing_else(cloud: Cloud) -> None:
    assert get("/health") == (200, {"status": "ok"})


def test_the_sample_request_for_a_timeline_is_answered(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("In May", "2024-05-01", "2024-05-31"), finding("In June", "2024-06-01"))

    answer = fresh("read.app").handler(sample("read-timeline"), Context())

    body = json.loads(answer["body"])
    assert answer["statusCode"] == 200
    assert [one["title"] for one in body["events"]] == ["In May"]
    assert (body["first_day"], body["last_day"]) == ("2024-05-01", "2024-05-31")


def test_a_collection_with_any_name_is_found_by_it(cloud: Cloud) -> None:
    name = "Kyjiw + München 100% #1?"
    publish(cloud, f"drop/{name}/a.txt", finding("Event"))

    assert [one["name"] for one in get("/collections")[1]["collections"]] == [name]
    status, body = get("/collections/{name}/timeline", {"name": name})
    assert (status, [one["title"] for one in body["events"]]) == (200, ["Event"])


def test_a_document_is_found_by_its_path_and_read_by_its_id(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/2024/a.txt", finding("Event"))

    found = get("/documents", collection="news", path="2024/a.txt")[1]["documents"]
    status, document = get("/documents/{id}", {"id": document_id})

    assert [one["id"] for one in found] == [document_id]
    assert (status, document["state"], document["run"]["recipe"]["model"]) == (200, "done", "a-model")


def test_undated_events_stand_last_and_pages_follow_each_other(cloud: Cloud) -> None:
    document_id = publish(
        cloud, "drop/news/a.txt", finding("Undated", None, None), finding("B", "2024-02-01"), finding("A", "2024-01-01")
    )

    status, first = get("/documents/{id}/timeline", {"id": document_id}, limit="2")
    second = get("/documents/{id}/timeline", {"id": document_id}, limit="2", cursor=first["cursor"])[1]

    assert status == 200
    assert [one["title"] for one in (*first["events"], *second["events"])] == ["A", "B", "Undated"]
    assert second["cursor"] is None


def test_the_text_is_served_with_its_sentences(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/a.txt", finding("Event"))

    status, body = get("/documents/{id}/text", {"id": document_id})

    assert (status, body["text"], len(body["sentences"])) == (200, "Ä text.", 1)


def test_a_rejected_document_says_why(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/a.txt")
    place = keys.place("drop/news/a.txt")
    assert place is not None
    held = cloud.store.heads.take(place, 60)
    rejection = Rejection(code="empty", reason="There is nothing in it.")
    head = held.head.model_copy(update={"state": "rejected", "rejection": rejection, "current": None})
    cloud.store.heads.write(held, head)

    document = get("/documents/{id}", {"id": document_id})[1]

    assert (document["state"], document["rejection"]["code"], document["run"]) == ("rejected", "empty", None)
    assert get("/documents/{id}/timeline", {"id": document_id})[1]["events"] == []


def test_a_deleted_document_is_gone_from_every_route(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/a.txt", finding("Event"))
    place = keys.place("drop/news/a.txt")
    assert place is not None
    held = cloud.store.heads.take(place, 60)
    cloud.store.heads.write(held, held.head.model_copy(update={"state": "deleted", "current": None}))

    for route in ("/documents/{id}", "/documents/{id}/timeline", "/documents/{id}/text"):
        assert get(route, {"id": document_id})[0] == 404
    assert get("/documents", collection="news", path="a.txt")[1]["documents"] == []
    assert get("/documents", collection="news")[1]["documents"] == []
    assert get("/collections/{name}/timeline", {"name": "news"})[1]["events"] == []
    assert get("/collections")[1]["collections"] == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"from": "31.05.2024"}, "from: write a day, a month or a year"),
        ({"from": "2024-13"}, "no such month"),
        ({"to": "2024-02-30"}, "no day of the calendar"),
        ({"from": "2024-06", "to": "2024-05"}, "`from` is after `to`"),
        ({"limit": "0"}, "limit: "),
        ({"limit": "1000000"}, "less than or equal to 200"),
        ({"limit": "many"}, "limit: "),
        ({"cursor": "abc"}, "cursor: "),
        ({"form": "2024"}, "form: "),
    ],
)
def test_a_wrong_parameter_is_named_with_what_to_do(cloud: Cloud, query: dict[str, str], words: str) -> None:
    publish(cloud, "drop/news/a.txt", finding("Event"))

    status, problem = get("/collections/{name}/timeline", {"name": "news"}, **query)

    assert (status, problem["status"], problem["title"]) == (400, 400, "Bad Request")
    assert words in problem["detail"]
    assert problem["request_id"]


def test_what_does_not_exist_is_a_problem_too(cloud: Cloud) -> None:
    assert get("/documents/{id}", {"id": "doc_none"})[0] == 404
    assert get("/collections/{name}/timeline", {"name": "none"})[0] == 404
    assert get("/documents", collection="none")[0] == 404
    assert get("/documents")[0] == 400
    assert get("/nowhere")[0] == 404


def test_a_cursor_of_another_query_is_refused(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("A", "2024-01-01"), finding("B", "2024-02-01"))
    cursor = get("/collections/{name}/timeline", {"name": "news"}, limit="1")[1]["cursor"]

    status, problem = get("/collections/{name}/timeline", {"name": "news"}, limit="1", cursor=cursor, to="2025")

    assert (status, problem["detail"][:7]) == (400, "cursor:")
