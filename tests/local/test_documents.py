"""What becomes of dropped files, over real sockets: hostile names, bad files, changes, deletions."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.local.running import Running, until

_TEXT = b"The bridge at Aldern was opened on 3 May 2023. It was closed again on 9 June 2023 for repairs."


@pytest.mark.parametrize(
    "name",
    [
        "with spaces and more.txt",
        "a+b.txt",
        "Überschwemmung in Köln.txt",
        "100%.txt",
        "%2e%2e%2f.txt",
        "sub folder/ö+%41.txt",
        "q?x=1&y=2#z.txt",
        "日本語.txt",
    ],
)
def test_a_key_may_hold_any_character(stack: Running, name: str) -> None:
    stack.drop(f"odd names/{name}", _TEXT)
    line = stack.settled(f"odd names/{name}")
    assert (line["state"], line["collection"], line["path"]) == ("done", "odd names", name)


def test_a_collection_with_an_odd_name_has_a_timeline(stack: Running) -> None:
    collection = "Süd+Ost & mehr"
    stack.drop(f"{collection}/a.txt", _TEXT)
    stack.settled(f"{collection}/a.txt")
    found = stack.get(f"/collections/{quote(collection)}/timeline")
    assert [event["when"]["earliest"] for event in found["events"]] == ["2023-05-03", "2023-06-09"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("binary.bin", bytes(range(256)) * 40, "binary"),
        ("too large.txt", b"A sentence that goes on. " * 400_001, "too_large"),
    ],
)
def test_a_file_at_fault_is_rejected_with_a_reason(stack: Running, name: str, content: bytes, code: str) -> None:
    stack.drop(f"faulty/{name}", content)
    line = stack.settled(f"faulty/{name}")
    assert (line["state"], line["rejection"]["code"]) == ("rejected", code)
    assert len(line["rejection"]["reason"]) > 20


def test_a_rejected_file_leaves_its_neighbours_alone(stack: Running) -> None:
    stack.drop("mixed/bad.bin", b"\0" * 1000)
    stack.drop("mixed/good.txt", _TEXT)
    assert stack.settled("mixed/good.txt")["state"] == "done"
    assert stack.settled("mixed/bad.bin")["state"] == "rejected"


def test_changed_content_replaces_what_was_read(stack: Running) -> None:
    stack.drop("changing/a.txt", _TEXT)
    stack.settled("changing/a.txt")
    stack.drop("changing/a.txt", b"The tunnel was flooded on 1 April 2024.")
    until(lambda: days(stack, "changing") == ["2024-04-01"])


def test_the_same_file_again_changes_nothing(stack: Running) -> None:
    stack.drop("same/a.txt", _TEXT)
    stack.settled("same/a.txt")
    before = stack.get("/collections/same/timeline")
    for _ in range(3):
        stack.drop("same/a.txt", _TEXT)
    stack.drop("after/a.txt", _TEXT)
    stack.settled("after/a.txt")
    assert stack.settled("same/a.txt")["state"] == "done"
    after = stack.get("/collections/same/timeline")
    # That it was received again is a change to whoever follows the collection: all is told at least once.
    assert {**after, "changed_since": None} == {**before, "changed_since": None}


def test_a_deleted_document_is_gone_from_every_route(stack: Running) -> None:
    stack.drop("leaving/a.txt", _TEXT)
    document_id = stack.settled("leaving/a.txt")["id"]
    assert days(stack, "leaving")
    stack.delete("leaving/a.txt")
    until(lambda: stack.api.get(f"/documents/{document_id}").status_code == 404)
    assert stack.api.get(f"/documents/{document_id}/timeline").status_code == 404
    assert stack.api.get(f"/documents/{document_id}/text").status_code == 404
    assert stack.find("leaving/a.txt") is None
    assert days(stack, "leaving") == []
    assert "leaving" not in [one["name"] for one in stack.get("/collections")["collections"]]


def test_a_publication_date_comes_with_the_upload(stack: Running) -> None:
    stack.drop("published/a.txt", b"The minister resigned yesterday.", published="2024-05-24")
    stack.settled("published/a.txt")
    assert days(stack, "published") == ["2024-05-23"]


@pytest.mark.parametrize(
    ("route", "status"),
    [
        ("/documents/doc_nobody", 404),
        ("/documents/doc_nobody/timeline", 404),
        ("/collections/nobody/timeline", 404),
        ("/nowhere", 404),
        ("/collections/same/timeline?from=yesterday", 400),
        ("/collections/same/timeline?cursor=forged", 400),
        ("/collections/same/timeline?limit=0", 400),
        ("/collections/same/timeline?limit=1000000", 400),
        ("/documents", 400),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(stack: Running, route: str, status: int) -> None:
    stack.drop("same/a.txt", _TEXT)
    stack.settled("same/a.txt")
    answer = stack.api.get(route)
    assert answer.status_code == status


def days(stack: Running, collection: str) -> list[str]:
    answer = stack.api.get(f"/collections/{collection}/timeline")
    if answer.status_code == 404:
        return []
    return [event["when"]["earliest"] for event in answer.raise_for_status().json()["events"]]
