"""Occurrences over HTTP: pages with filters, each in full with what its documents tell now, and exports."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest

from dateline.linking.model import Conflict, ConflictKind
from dateline.records import SaidBy
from dateline.store import keys
from read import occurrences
from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import Answered, ask, end, occur, publish, remove

COLLECTION, OCCURRENCE = "/collections/{name}/{view}", "/occurrences/{id}"
FORMATS = ("timelinejs", "ics", "csv", "atom", "jsonld", "markdown")
SINKS, INQUIRY, SALE = "Ferry sinks", "Inquiry opens", "Line is sold"


def listed(view: str = "occurrences", *, accept: str = "*/*", **query: str) -> Answered:
    return ask(
        COLLECTION,
        {"name": "news", "view": view},
        headers={"accept": accept},
        query={name.rstrip("_"): value for name, value in query.items()},
    )


def titles(**query: str) -> list[str]:
    return [one["title"] for one in listed(**query).json["occurrences"]]


def in_full(occurrence: str, **asking: Any) -> Answered:
    return ask(OCCURRENCE, {"id": occurrence}, **asking)


def conflict(kind: ConflictKind) -> Conflict:
    return Conflict(kind=kind, subject=None, told=())


@dataclass(frozen=True)
class News:
    """Two documents that both tell of a sinking; one of them of an inquiry, the other of a sale."""

    one: str
    other: str
    sinking: str
    inquiry: str
    sale: str


@pytest.fixture
def news(cloud: Cloud) -> News:
    guard = SaidBy(who="The coast guard", words="La garde", kind="named", stance="asserts")
    sinks = finding(SINKS, "2025-03-03", "2025-03-03").model_copy(update={"place": "Kelm", "said_by": (guard,)})
    inquiry = finding(INQUIRY, "2025-04-01", "2025-04-01", course="planned")
    sale = finding(SALE, "2025-05-01", "2025-05-31")
    one = publish(cloud, "drop/news/one.txt", sinks, inquiry, published=date(2025, 3, 5))
    other = publish(cloud, "drop/news/other.txt", sinks, sale, published=date(2025, 3, 4))
    both = [keys.event_id(document, 1) for document in (one, other)]
    return News(
        one,
        other,
        occur(
            cloud,
            "news",
            *both,
            conflicts=(conflict("date"), conflict("number")),
            media=("Kelm Post",),
            independent_sources=2,
        ),
        occur(cloud, "news", keys.event_id(one, 2), independent_sources=1),
        occur(
            cloud,
            "news",
            keys.event_id(other, 2),
            conflicts=(conflict("denial"),),
            independent_sources=1,
            status="claimed",
        ),
    )


def test_each_occurrence_stands_once_with_a_count_of_its_reports(news: News) -> None:
    answer = listed().json

    assert [(one["id"], one["title"], one["reports"]) for one in answer["occurrences"]] == [
        (news.sinking, SINKS, 2),
        (news.inquiry, INQUIRY, 1),
        (news.sale, SALE, 1),
    ]
    assert (answer["collection"], answer["examined"], answer["cursor"]) == ("news", 3, None)


def test_pages_follow_each_other_without_a_gap(news: News) -> None:
    seen: list[str] = []
    query = {"limit": "1"}
    while True:
        answer = listed(**query)
        seen += [one["title"] for one in answer.json["occurrences"]]
        if answer.json["cursor"] is None:
            break
        query = dict(parse_qsl(answer.headers["Link"].partition(">")[0].removeprefix("<?")))

    assert seen == [SINKS, INQUIRY, SALE]


FOUND: tuple[tuple[dict[str, str], list[str]], ...] = (
    ({"q": "FERRY"}, [SINKS]),
    ({"who": "coast guard"}, [SINKS]),
    ({"who": "kelm post"}, [SINKS]),
    ({"place": "kelm"}, [SINKS]),
    ({"conflict": "number"}, [SINKS]),
    ({"conflict": "number,denial"}, [SINKS, SALE]),
    ({"conflict": "any"}, [SINKS, SALE]),
    ({"conflict": "place"}, []),
    ({"min_sources": "2"}, [SINKS]),
    ({"max_sources": "1"}, [INQUIRY, SALE]),
    ({"max_sources": "1", "conflict": "any"}, [SALE]),
    ({"status": "claimed,denied"}, [SALE]),
    ({"course": "planned"}, [INQUIRY]),
    ({"from_": "2025-04", "to": "2025-04"}, [INQUIRY]),
    ({"from_": "2025-05-15"}, [SALE]),
    ({"order": "desc"}, [SALE, INQUIRY, SINKS]),
)


def test_occurrences_can_be_filtered(news: News) -> None:
    for query, found in FOUND:
        assert titles(**query) == found, query


WRONG = (
    ({"conflict": "weather"}, "conflict.0"),
    ({"min_sources": "0"}, "min_sources"),
    ({"view_": "events"}, "view"),
    ({"from_": "2025", "to": "2024"}, "`from` is after `to`"),
)


def test_a_wrong_filter_is_named(news: News) -> None:
    for query, named in WRONG:
        answer = listed(**query)
        assert answer.status == 400
        assert named in answer.json["detail"]


def test_a_cursor_of_events_is_none_of_occurrences(news: News) -> None:
    cursor = listed("timeline", limit="1").json["cursor"]

    assert listed(cursor=cursor).status == 400


def test_an_occurrence_in_full_has_every_report_in_order_of_publication(news: News) -> None:
    answer = in_full(news.sinking).json

    assert [(one["path"], one["event"]["id"]) for one in answer["told"]] == [
        ("other.txt", keys.event_id(news.other, 1)),
        ("one.txt", keys.event_id(news.one, 1)),
    ]
    assert (answer["id"], answer["reports"], answer["documents"]) == (news.sinking, 2, 2)
    assert answer["links"] == {"occurrences": "../collections/news/occurrences"}


def test_links_name_a_collection_as_a_url_does(cloud: Cloud) -> None:
    document = publish(cloud, "drop/my news #1/a.txt", finding("A"))
    occurrence = occur(cloud, "my news #1", keys.event_id(document, 1))

    assert in_full(occurrence).json["links"]["occurrences"] == "../collections/my%20news%20%231/occurrences"


def test_events_and_documents_name_the_occurrences_that_they_report(news: News) -> None:
    event = keys.event_id(news.one, 1)
    told = ask("/events/{id}", {"id": event}).json
    timeline = ask("/documents/{id}/{view}", {"id": news.one, "view": "timeline"}).json

    assert (told["occurrence"], told["links"]["occurrence"]) == (news.sinking, f"../occurrences/{news.sinking}")
    assert timeline["occurrences"] == {event: news.sinking, keys.event_id(news.one, 2): news.inquiry}


def test_a_deleted_documents_report_is_gone_at_once(cloud: Cloud, news: News) -> None:
    remove(cloud, "drop/news/other.txt")

    answer = in_full(news.sinking).json

    assert [one["path"] for one in answer["told"]] == ["one.txt"]
    assert [one["path"] for one in answer["samples"]] == ["one.txt"]
    assert (answer["reports"], answer["documents"]) == (1, 1)
    gone = in_full(news.sale)
    assert (gone.status, "no document tells it" in gone.json["detail"]) == (410, True)


def test_a_document_is_shown_as_it_tells_now_before_it_is_linked_anew(cloud: Cloud, news: News) -> None:
    later = finding(SINKS, "2025-03-04", "2025-03-04", quotes=("It sank a day later.",))
    publish(cloud, "drop/news/one.txt", later)

    answer = in_full(news.sinking).json

    (now,) = [one for one in answer["told"] if one["path"] == "one.txt"]
    assert now["event"]["evidence"][0]["quote"] == "It sank a day later."
    assert now["run"] == ask("/documents/{id}", {"id": news.one}).json["run"]["number"]
    assert {one["earliest"] for one in answer["dates"]} == {"2025-03-03", "2025-03-04"}


def test_what_a_document_tells_no_more_is_gone_before_it_is_linked_anew(cloud: Cloud, news: News) -> None:
    publish(cloud, "drop/news/one.txt", finding("Something else"), first=3)

    assert [one["path"] for one in in_full(news.sinking).json["told"]] == ["other.txt"]
    assert in_full(news.inquiry).status == 410


def test_an_occurrence_that_went_into_another_says_which(cloud: Cloud, news: News) -> None:
    end(cloud, "news", news.inquiry, into=news.sinking)
    end(cloud, "news", news.sale)

    merged, gone = in_full(news.inquiry), in_full(news.sale)

    assert (merged.status, gone.status) == (410, 410)
    assert news.sinking in merged.json["detail"]
    assert titles() == [SINKS]


def test_an_id_that_never_was_is_not_found(news: News) -> None:
    for never in ("occ_aaaaaaaaaaaaaaaaaaaa", "occ_", keys.event_id(news.one, 1), "..%2f"):
        answer = in_full(never)
        assert answer.status == 404
        assert "none ever had" in answer.json["detail"]


def test_another_collections_occurrences_are_as_if_there_were_none(
    cloud: Cloud, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_COLLECTIONS_CLAIM", "collections")
    end(cloud, "news", news.sale)
    mine, theirs = {"collections": "news"}, {"collections": "court"}

    def answers(claims: dict[str, str], *ids: str) -> list[tuple[int, str | None]]:
        views = ("occurrences", "occurrences.csv")
        asked = [
            *(ask(COLLECTION, {"name": "news", "view": view}, claims=claims) for view in views),
            ask(COLLECTION, {"name": "news", "view": "timeline.csv"}, query={"view": "occurrences"}, claims=claims),
            *(in_full(one, claims=claims) for one in ids),
        ]
        return [(one.status, one.json["detail"] if one.status != 200 else None) for one in asked]

    nobodys = "occ_aaaaaaaaaaaaaaaaaaaa"
    found = answers(theirs, news.sinking, news.sale)

    assert {status for status, _ in found} == {404}
    assert found == answers(theirs, nobodys, nobodys)
    assert [status for status, _ in answers(mine, news.sinking, news.sale)] == [200, 200, 200, 200, 410]


def test_an_answer_names_its_bytes_and_head_is_the_same_without_them(news: News) -> None:
    for route, about in ((OCCURRENCE, {"id": news.sinking}), (COLLECTION, {"name": "news", "view": "occurrences"})):
        first = ask(route, about)
        head = ask(route, about, method="HEAD")
        again = ask(route, about, headers={"if-none-match": first.headers["ETag"]})

        assert (head.status, head.raw["body"], head.headers["ETag"]) == (200, "", first.headers["ETag"])
        assert (again.status, again.raw["body"]) == (304, "")


def test_both_addresses_export_the_same_bytes(news: News) -> None:
    for name in FORMATS:
        beside, under = listed(f"occurrences.{name}"), listed(f"timeline.{name}", view_="occurrences")
        media_type = beside.headers["Content-Type"]

        assert (beside.status, under.status, under.headers["Content-Type"]) == (200, 200, media_type)
        assert beside.body == under.body == listed(accept=media_type.partition(";")[0]).body
        filtered = listed(f"occurrences.{name}", q="ferry")
        assert filtered.body == listed(f"timeline.{name}", view_="occurrences", q="ferry").body
        assert listed(f"timeline.{name}").body != beside.body != filtered.body
        assert f'<occurrences.{name}>; rel="alternate"' in beside.headers["Link"]


def test_both_addresses_export_the_same_pages(news: News) -> None:
    for name in ("csv", "jsonld", "markdown"):
        first = listed(f"occurrences.{name}", limit="2")
        same = listed(f"timeline.{name}", view_="occurrences", limit="2")
        following = dict(parse_qsl(same.headers["Link"].partition(">")[0].removeprefix("<?")))
        second = ask(COLLECTION, {"name": "news", "view": f"timeline.{name}"}, query=following)

        assert first.body == same.body
        assert SALE.encode() not in first.body
        assert SALE.encode() in second.body
        assert 'rel="next"' not in second.headers["Link"]


def test_an_export_is_filtered_by_conflict_as_a_page_is(news: News) -> None:
    rows = list(csv.DictReader(io.StringIO(listed("occurrences.csv", conflict="any").body.decode())))

    assert [one["title"] for one in rows] == [SINKS, SALE]
    assert [one["independent_sources"] for one in rows] == ["2", "1"]


def test_a_timeline_as_json_says_where_occurrences_are(news: News) -> None:
    answer = listed("timeline", view_="occurrences")

    assert (answer.status, "../occurrences" in answer.json["detail"]) == (400, True)


def test_an_export_beyond_the_limit_is_refused_and_says_what_to_do(news: News, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrences, "_EXPORTED_AT_MOST", 2)

    refused, narrowed = listed("occurrences.ics"), listed("occurrences.ics", to="2025-04")

    assert (refused.status, narrowed.status) == (413, 200)
    assert "`from` and `to`" in refused.json["detail"]
