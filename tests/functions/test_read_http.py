"""What is the same for every answer of the read function: validators, compression, methods, headers, errors."""

from __future__ import annotations

from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import ask, publish

TIMELINE, NEWS = "/collections/{name}/{view}", {"name": "news", "view": "timeline"}
MANY = [finding(f"Event {number}", f"2024-01-{number:02}", f"2024-01-{number:02}") for number in range(1, 20)]


def test_an_answer_names_its_bytes_and_is_not_sent_twice(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", *MANY)
    first = ask(TIMELINE, NEWS)

    again = ask(TIMELINE, NEWS, headers={"if-none-match": f'"other", W/{first.headers["ETag"]}'})
    other = ask(TIMELINE, NEWS, headers={"if-none-match": '"other"'})

    assert (again.status, again.raw["body"]) == (304, "")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert (other.status, other.body) == (200, first.body)


def test_other_bytes_have_another_name(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", *MANY)
    first = ask(TIMELINE, NEWS).headers["ETag"]

    publish(cloud, "drop/news/b.txt", finding("Another"))

    assert ask(TIMELINE, NEWS).headers["ETag"] != first
    assert ask(TIMELINE, NEWS, query={"limit": "1"}).headers["ETag"] != first


def test_an_answer_is_compressed_for_those_who_take_it(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", *MANY)

    plain, zipped = ask(TIMELINE, NEWS), ask(TIMELINE, NEWS, headers={"accept-encoding": "gzip, br"})

    assert (plain.headers.get("Content-Encoding"), zipped.headers["Content-Encoding"]) == (None, "gzip")
    assert zipped.body == plain.body
    assert zipped.headers["ETag"] != plain.headers["ETag"]


def test_head_answers_as_get_does_but_for_the_body(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", *MANY)

    for route in ("/health", "/openapi.json", "/docs", "/collections", TIMELINE, "/documents", "/nowhere"):
        query = {"collection": "news"} if route == "/documents" else {}
        got, head = (ask(route, NEWS, method=method, query=query) for method in ("GET", "HEAD"))
        assert (head.status, head.raw["body"]) == (got.status, "")
        assert dict(head.headers) == dict(got.headers)


def test_nothing_can_be_changed(cloud: Cloud) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = ask("$default", method=method)
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert answer.json["title"] == "Method Not Allowed"


def test_every_error_is_a_problem_that_names_the_request(cloud: Cloud) -> None:
    for answer in (ask("$default"), ask("/documents"), ask("/documents/{id}", {"id": "doc_none"})):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json["request_id"] == "JKJaXmPLvHcESHA="
        assert answer.headers["Cache-Control"] == "no-store"


def test_no_browser_runs_what_a_document_says(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("<script>alert(1)</script>"))

    for view in ("timeline", "timeline.markdown", "timeline.csv"):
        headers = ask(TIMELINE, {**NEWS, "view": view}).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_description_is_served_for_machines_and_people(cloud: Cloud) -> None:
    assert ask("/openapi.json").json["openapi"] == "3.1.0"
    docs = ask("/docs")
    assert (docs.status, docs.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"GET /collections/{name}/timeline" in docs.body
