"""The read function, asked as the HTTP API asks it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from dateline.records import Cost, Usage
from dateline.store import keys
from dateline.store.heads import Rejection
from tests.factories import finding
from tests.functions.conftest import Cloud, Context, fresh, sample
from tests.functions.reading import ask, publish, remove

NEWS = {"name": "news", "view": "timeline"}


def get(route: str, parameters: dict[str, str] | None = None, /, **query: str) -> tuple[int, dict[str, Any]]:
    """Ask for a route of the template, `{name}` and all."""
    answer = ask(route, parameters, query=query)
    return answer.status, answer.json


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
    # Some gateways decode all of a name, some all but the percent sign.
    for given in (name, name.replace("%", "%25")):
        status, body = get("/collections/{name}/timeline", {"name": given})
        assert (status, [one["title"] for one in body["events"]]) == (200, ["Event"])


def get_through_a_gateway(link: str) -> int:
    """Follow a link of `/collections` as an HTTP API does that routes by the decoded path, up to a question mark."""
    path = unquote(urlsplit(urljoin("https://gateway/collections", link)).path).partition("?")[0]
    match path.split("/"):
        case ["", "collections", name, view]:
            return get("/collections/{name}/{view}", {"name": name, "view": view})[0]
        case _:
            return get("$default")[0]


@pytest.mark.parametrize("name", ["was nun?", "?", "wie? so", "100% #1?", "a&b=c", "a%20b"])
def test_a_collection_whose_name_a_gateway_would_cut_is_found_by_its_link(cloud: Cloud, name: str) -> None:
    publish(cloud, f"drop/{name}/a.txt", finding("Event"))
    (line,) = get("/collections")[1]["collections"]

    assert get_through_a_gateway(line["links"]["timeline"]) == 200
    given = name.replace("%", "%25").replace("?", "%253F")
    assert get("/collections/{name}/timeline", {"name": given})[0] == 200, "where all but the percent sign is decoded"


@pytest.mark.parametrize("name", ["100%25", "was nun%3F", ".", ".."])
def test_collections_with_these_names_are_out_of_reach_of_a_path(cloud: Cloud, name: str) -> None:
    publish(cloud, f"drop/{name}/a.txt", finding("Event"))
    (line,) = get("/collections")[1]["collections"]

    assert get_through_a_gateway(line["links"]["timeline"]) == 404
    assert get("/documents", collection=name)[0] == 200


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
    rejection = Rejection(
        code="nothing_usable",
        reason="There is nothing in it.",
        usage=Usage(calls=2, input=3_000, output=40),
        cost=Cost(usd=Decimal("0.002"), prices=date(2026, 11, 1)),
    )
    head = held.head.model_copy(update={"state": "rejected", "rejection": rejection, "current": None})
    cloud.store.heads.write(held, head)

    document = get("/documents/{id}", {"id": document_id})[1]

    said = document["rejection"]
    assert (document["state"], said["code"], document["run"]) == ("rejected", "nothing_usable", None)
    assert (said["usage"]["calls"], said["cost"]["usd"]) == (2, "0.002")
    assert get("/documents/{id}/timeline", {"id": document_id})[1]["events"] == []


def test_a_deleted_document_is_gone_from_every_route(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/a.txt", finding("Event"))
    remove(cloud, "drop/news/a.txt")

    for route in ("/documents/{id}", "/documents/{id}/timeline", "/documents/{id}/text"):
        assert get(route, {"id": document_id})[0] == 404
    assert get("/documents", collection="news", path="a.txt")[1]["documents"] == []
    assert get("/documents", collection="news")[1]["documents"] == []
    assert get("/collections/{name}/timeline", {"name": "news"})[1]["events"] == []
    assert get("/collections")[1]["collections"] == []


def test_a_wrong_parameter_is_named_with_what_to_do(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("Event"))

    for query, words in (
        ({"from": "31.05.2024"}, "from: write a day, a month or a year"),
        ({"from": "2024-13"}, "no such month"),
        ({"to": "2024-02-30"}, "no day of the calendar"),
        ({"from": "2024-06", "to": "2024-05"}, "`from` is after `to`"),
        ({"limit": "0"}, "limit: "),
        ({"limit": "1000000"}, "less than or equal to 200"),
        ({"limit": "many"}, "limit: "),
        ({"cursor": "abc"}, "cursor: "),
        ({"form": "2024"}, "form: "),
    ):
        answer = ask("/collections/{name}/{view}", NEWS, query=query)
        assert (answer.status, answer.json["status"], answer.json["title"]) == (400, 400, "Bad Request")
        assert words in answer.json["detail"]


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


def reject(cloud: Cloud, key: str) -> None:
    place = keys.place(key)
    assert place is not None
    held = cloud.store.heads.take(place, 60)
    rejection = Rejection(code="nothing_usable", reason="There is nothing in it.")
    head = held.head.model_copy(update={"state": "rejected", "rejection": rejection})
    cloud.store.heads.write(held, head)


def test_documents_are_listed_by_the_state_that_they_are_in_now(cloud: Cloud) -> None:
    for name in "abcd":
        publish(cloud, f"drop/news/{name}.txt", finding("Event"))
    for name in "ac":
        reject(cloud, f"drop/news/{name}.txt")

    def paths(**query: str) -> list[str]:
        return sorted(one["path"] for one in get("/documents", collection="news", **query)[1]["documents"])

    assert paths(state="rejected") == ["a.txt", "c.txt"]
    assert paths(state="done") == ["b.txt", "d.txt"]
    assert paths(state="waiting") == []
    assert paths(state="done", path="a.txt") == []
    assert paths(state="rejected", path="a.txt") == ["a.txt"]
    assert get("/documents", collection="news", state="deleted")[0] == 400


def test_pages_of_one_state_follow_each_other_and_their_cursor_is_of_no_other(cloud: Cloud) -> None:
    for number in range(5):
        publish(cloud, f"drop/news/{number}.txt", finding("Event"))
    reject(cloud, "drop/news/1.txt")

    first = get("/documents", collection="news", state="done", limit="2")[1]
    second = get("/documents", collection="news", state="done", limit="2", cursor=first["cursor"])[1]

    found = [one["path"] for one in (*first["documents"], *second["documents"])]
    assert sorted(found) == ["0.txt", "2.txt", "3.txt", "4.txt"]
    assert first["examined"] + second["examined"] == 5
    assert get("/documents", collection="news", limit="2", cursor=first["cursor"])[0] == 400
