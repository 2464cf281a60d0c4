"""Deciding over HTTP: what is written, for whom, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dateline.linking.model import Occurrence
from dateline.store.keys import edit_key
from tests.factories import finding
from tests.functions.press import COLLECTION, Press
from tests.functions.reading import Answered, ask, started

DECISIONS, DECISION = "/collections/{name}/decisions", "/collections/{name}/decisions/{id}"
JSON = {"content-type": "application/json; charset=utf-8"}


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """Two documents that tell two things, linked."""
    for name in ("TABLE", "BUCKET"):
        monkeypatch.setenv(f"DATELINE_{name}", "unused")
    press = Press()
    for name, title, day in (("a", "Hall burns", "2024-05-03"), ("b", "Mayor resigns", "2024-07-09")):
        press.publish(name, [finding(title, day, day)])
        press.link(name)
    return press


def start_over(press: Press) -> None:
    app: Any = started("edit")
    app.store = lambda: press.store


def post(press: Press, body: object, collection: str = COLLECTION, **given: Any) -> Answered:
    text = body if isinstance(body, str) else json.dumps(body)
    headers = given.pop("headers", JSON)
    start_over(press)
    return ask(DECISIONS, {"name": collection}, method="POST", headers=headers, body=text, function="edit", **given)


def delete(press: Press, name: str, collection: str = COLLECTION, **given: Any) -> Answered:
    start_over(press)
    return ask(DECISION, {"name": collection, "id": name}, method="DELETE", function="edit", **given)


def objects(press: Press) -> list[str]:
    found, _ = press.bucket.newest_versions("", None, 100)
    return [one.key for one in found if not one.deleted]


def joining(press: Press) -> dict[str, Any]:
    return {"kind": "join", "occurrences": [one.id for one in press.rows()], "reason": "One affair."}


def note(row: Occurrence) -> dict[str, Any]:
    return {"kind": "note", "occurrences": [row.id], "reason": "See the minutes."}


def test_a_decision_is_written_followed_and_undone(press: Press) -> None:
    answered = post(press, joining(press))

    assert answered.status == 201
    name = answered.json["id"]
    assert answered.json == {"id": name, "collection": COLLECTION, "address": f"decisions/{name}"}
    assert answered.headers["Location"] == f"decisions/{name}"
    assert objects(press) == [edit_key(COLLECTION, name)]
    press.follow(name, None)
    (joined,) = press.rows()
    assert (joined.reports, [one.reason for one in joined.edits]) == (2, ["One affair."])

    undone = delete(press, name)

    assert (undone.status, undone.body) == (204, b"")
    assert objects(press) == []
    press.follow(name, None)
    assert len(press.rows()) == 2


def test_reports_are_parted_by_their_events(press: Press) -> None:
    joined = post(press, joining(press)).json["id"]
    press.follow(joined, None)
    (row,) = press.rows()
    first, _ = press.references(row)

    made = post(press, {"kind": "split", "occurrences": [row.id], "events": [first["event"]], "reason": "No."})
    press.follow(made.json["id"], None)

    assert len(press.rows()) == 2


def test_a_decision_says_who_made_it_by_the_token_or_the_signature(press: Press) -> None:
    (row, _) = press.rows()
    name = post(press, note(row), claims={"sub": "0001", "email": "ed@example.com"}).json["id"]

    press.follow(name, "AWS:the-function")

    (shown, _) = press.rows()
    assert [(one.author, one.by) for one in shown.edits] == [("ed@example.com", "AWS:the-function")]


def test_undoing_what_is_not_there_is_no_error(press: Press) -> None:
    assert delete(press, "note-0123456789ab").status == 204


@pytest.mark.parametrize("name", ["../../drop/news/a.txt", "a/b", "", "x" * 300])
def test_only_names_of_decisions_are_deleted(press: Press, name: str) -> None:
    press.bucket.put("drop/news/a.txt", b"Text.")

    assert delete(press, name).status == 404
    assert objects(press) == ["drop/news/a.txt"]


WRONG: dict[str, str | dict[str, Any]] = {
    "no JSON": "{",
    "no object": "[]",
    "no reason": {"reason": ""},
    "an unknown field": {"colour": "red"},
    "an author of its own": {"author": "somebody else"},
    "an unknown kind": {"kind": "delete"},
    "no occurrence": {"occurrences": []},
    "one to be joined": {"kind": "join"},
    "events that are not split": {"events": ["evt_a"]},
    "no events to split": {"kind": "split"},
    "events of others": {"kind": "split", "events": ["evt_aaaaaaaaaaaaaaaaaaaa_00001"]},
    "nothing corrected": {"kind": "correct"},
    "no date": {"kind": "correct", "date": "last spring"},
    "too large": {"reason": "x" * 100_001},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_decision_is_refused_with_a_reason_and_nothing_is_written(press: Press, wrong: str) -> None:
    body = WRONG[wrong]

    answered = post(press, body if isinstance(body, str) else {**note(press.rows()[0]), **body})

    assert (answered.status, answered.headers["Content-Type"]) == (400, "application/problem+json")
    assert answered.json["detail"]
    assert objects(press) == []


def test_all_of_an_occurrences_reports_cannot_be_split_from_it(press: Press) -> None:
    row = press.rows()[0]
    events = [one["event"] for one in press.references(row)]

    answered = post(press, {"kind": "split", "occurrences": [row.id], "events": events, "reason": "No."})

    assert answered.status == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_that_any_page_could_send_unasked_is_refused(press: Press, kind: str | None) -> None:
    answered = post(press, note(press.rows()[0]), headers={"content-type": kind} if kind else {})

    assert answered.status == 415
    assert objects(press) == []


@pytest.mark.parametrize("occurrence", ["occ_aaaaaaaaaaaaaaaaaaaa", "../a", ""])
def test_an_occurrence_that_is_not_there_is_told(press: Press, occurrence: str) -> None:
    assert post(press, {"kind": "hide", "occurrences": [occurrence], "reason": "No."}).status == 404
    assert objects(press) == []


def test_an_occurrence_that_was_joined_to_another_names_that(press: Press) -> None:
    older, newer = press.rows()
    press.follow(post(press, joining(press)).json["id"], None)

    answered = post(press, note(newer))

    assert answered.status == 404
    assert older.id in answered.json["detail"]


def test_an_occurrence_of_another_collection_is_not_there(press: Press) -> None:
    assert post(press, note(press.rows()[0]), "court").status == 404
    assert objects(press) == []


def test_who_may_not_read_a_collection_decides_nothing_in_it(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_COLLECTIONS_CLAIM", "collections")
    body = note(press.rows()[0])

    assert post(press, body, claims={"collections": "court"}).status == 404
    assert post(press, body).status == 404
    assert objects(press) == []
    name = post(press, body, claims={"collections": COLLECTION}).json["id"]
    assert delete(press, name, claims={"collections": "court"}).status == 404
    assert len(objects(press)) == 1
    assert delete(press, name, claims={"collections": COLLECTION}).status == 204
