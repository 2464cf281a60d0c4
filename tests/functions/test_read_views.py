"""Collections, documents, runs and events as readers get them."""

from __future__ import annotations

import pytest

from dateline.provider.prices import cost_of
from dateline.records import Cost, Usage
from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import ask, publish, remove

_USAGE = Usage(calls=1, input=4_000_000, output=1_000_000)


def test_a_collection_tells_about_how_many_documents_it_has_and_which_days_it_spans(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("A", "2015-03-01", "2015-03-31"), finding("Undated", None, None))
    publish(
        cloud,
        "drop/news/b.txt",
        finding("B", "2023-09-01", "2023-12-31"),
        finding("Until", None, "1990-01-01", extent="throughout"),
    )

    (one,) = ask("/collections").json["collections"]

    assert one["documents"] == {"about": 2, "or_more": False}
    assert (one["first_day"], one["last_day"]) == ("2015-03-01", "2023-12-31")
    assert one["links"]["timeline"] == "collections/news/timeline"


def test_a_document_says_when_it_changed_and_links_to_what_belongs_to_it(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/a.txt", finding("A"))

    answer = ask("/documents/{id}", {"id": document_id})

    assert answer.headers["Last-Modified"].endswith(" GMT")
    assert answer.json["links"]["text"] == f"{document_id}/text"


def test_runs_tell_what_made_them(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("A"))
    usage = Usage(calls=2, input=3_000_000, cached=1_000_000, output=500_000)
    document_id = publish(cloud, "drop/news/a.txt", finding("A"), finding("B"), usage=usage)

    runs = ask("/documents/{id}/{view}", {"id": document_id, "view": "runs"}).json["runs"]

    assert [(one["number"], one["current"], one["events"]) for one in runs] == [(2, True, 2), (1, False, 1)]
    assert runs[0]["recipe"]["model"] == "a-model"
    assert runs[0]["usage"]["input"] == 3_000_000


@pytest.mark.parametrize(
    ("cost", "usd"),
    [
        (cost_of("gpt-5-mini", live=_USAGE), 3),
        (cost_of("gpt-5-mini", live=Usage(), batch=_USAGE), 1.5),
        (cost_of("a-model-without-a-price", live=_USAGE), None),
    ],
)
def test_a_run_has_one_cost_wherever_it_is_shown(cloud: Cloud, cost: Cost | None, usd: float | None) -> None:
    document_id = publish(cloud, "drop/news/a.txt", finding("A"), usage=_USAGE, cost=cost)

    document = ask("/documents/{id}", {"id": document_id}).json
    runs = ask("/documents/{id}/{view}", {"id": document_id, "view": "runs"}).json

    shown = document["run"]["cost"]
    assert shown == runs["runs"][0]["cost"]
    assert (shown and float(shown["usd"])) == usd


def test_two_runs_can_be_compared_by_their_lasting_ids(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("Gone"), finding("Moved", "2024-01-01"), finding("Sure"))
    document_id = publish(
        cloud,
        "drop/news/a.txt",
        finding("Moved", "2024-02-01", "2024-02-01"),
        finding("Sure").model_copy(update={"status": "disputed"}),
        finding("New"),
        first=2,
    )
    cloud.store.runs.tidy(document_id)

    found = ask("/documents/{id}/{view}", {"id": document_id, "view": "difference"}).json

    assert (found["old"], found["new"]) == (1, 2)
    assert [one["title"] for one in found["added"]] == ["New"]
    assert [one["title"] for one in found["gone"]] == ["Gone"]
    assert [(one["title"], one["old"]["earliest"], one["new"]["earliest"]) for one in found["date_changed"]] == [
        ("Moved", "2024-01-01", "2024-02-01")
    ]
    assert [(one["title"], one["old"], one["new"]) for one in found["status_changed"]] == [
        ("Sure", "stated", "disputed")
    ]


def test_runs_that_are_not_kept_cannot_be_compared(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/a.txt", finding("A"))
    difference = ("/documents/{id}/{view}", {"id": document_id, "view": "difference"})

    assert ask(*difference).status == 404
    publish(cloud, "drop/news/a.txt", finding("A"))
    publish(cloud, "drop/news/a.txt", finding("A"))
    assert ask(*difference, query={"old": "1"}).status == 404
    assert ask(*difference, query={"old": "0"}).status == 400
    assert ask(*difference, query={"old": "3", "new": "2"}).json["old"] == 3


def test_an_event_is_found_by_its_id_with_where_its_document_lies(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/2024/a.txt", finding("A"), finding("Undated", None, None))

    answer = ask("/events/{id}", {"id": f"evt_{document_id[4:]}_00002"})

    assert (answer.status, answer.json["title"]) == (200, "Undated")
    assert (answer.json["collection"], answer.json["source"]["path"]) == ("news", "2024/a.txt")
    assert answer.json["links"]["document"] == f"../documents/{document_id}"


def test_an_event_that_has_gone_is_told_from_one_that_never_was(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/a.txt", finding("A"), finding("B"))
    publish(cloud, "drop/news/a.txt", finding("B"), first=2)
    base = f"evt_{document_id[4:]}"

    def statuses(*ids: str) -> list[int]:
        return [ask("/events/{id}", {"id": one}).status for one in ids]

    assert statuses(f"{base}_00001", f"{base}_00002") == [410, 200]
    assert (
        statuses(f"{base}_00003", f"{base}_00000", f"{base}_000001", "evt_x_00001", f"evt_{'a' * 20}_00001")
        == [404] * 5
    )
    remove(cloud, "drop/news/a.txt")
    assert statuses(f"{base}_00001", f"{base}_00002", f"{base}_00003") == [410, 410, 404]
