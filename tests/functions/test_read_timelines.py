"""Timelines: filters, pages, and exports by suffix and by `Accept`."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest

from dateline.records import About, Finding, SaidBy
from infra.local.paths import ROOT
from read import timelines
from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import Answered, ask, publish

COLLECTION, DOCUMENT = "/collections/{name}/{view}", "/documents/{id}/{view}"
FORMATS = {
    "timelinejs": "application/vnd.knightlab.timeline+json",
    "ics": "text/calendar",
    "csv": "text/csv",
    "atom": "application/atom+xml",
    "jsonld": "application/ld+json",
    "markdown": "text/markdown",
}


def timeline(view: str = "timeline", *, accept: str = "*/*", encoding: str = "", **query: str) -> Answered:
    headers = {"accept": accept, "accept-encoding": encoding}
    return ask(
        COLLECTION,
        {"name": "news", "view": view},
        headers=headers,
        query={name.rstrip("_"): value for name, value in query.items()},
    )


def titles(**query: str) -> list[str]:
    return [one["title"] for one in timeline(**query).json["events"]]


def changed(made: Finding, **fields: Any) -> Finding:
    return made.model_copy(update=fields)


def test_a_deadline_stands_at_its_due_day_in_answers_and_exports(cloud: Cloud) -> None:
    due = finding("Report due", None, "2025-12-31", course="planned")
    document = publish(cloud, "drop/news/a.txt", due, published=date(2024, 7, 9))

    for answer in (timeline().json, ask(DOCUMENT, {"id": document, "view": "timeline"}).json):
        (late,) = answer["events"]
        assert (late["when"]["earliest"], late["when"]["latest"]) == (None, "2025-12-31")
    assert titles(from_="2024-07", to="2025-11") == []
    assert titles(from_="2025-12-31") == ["Report due"]
    assert b"DTSTART;VALUE=DATE:20251231" in timeline("timeline.ics").body
    (slide,) = timeline("timeline.timelinejs").json["events"]
    assert slide["start_date"] == {"year": 2025, "month": 12, "day": 31}
    assert "end_date" not in slide


@pytest.fixture
def news(cloud: Cloud) -> str:
    month = finding("Brücke gesperrt", "2024-05-01", "2024-05-31")
    said_by = (SaidBy(who="A court", words="Das Gericht", kind="named", stance="asserts", via="Reuters"),)
    return publish(
        cloud,
        "drop/news/a.txt",
        changed(finding("Bridge OPENED", "2024-01-01"), status="confirmed", place="İzmir, Turkey"),
        changed(month, when=month.when.model_copy(update={"precision": "month"}), said_by=said_by),
        changed(finding("Tram planned", "2024-09-01"), course="planned", status="claimed"),
        changed(finding("Tram called off", "2024-10-01"), course="called_off", status="denied"),
    )


def test_the_api_finds_what_the_page_s_own_filters_let_pass(cloud: Cloud) -> None:
    cases = json.loads((ROOT / "tests" / "unit" / "page" / "filters.json").read_text())
    media = {one.get("medium") for one in cases["events"]}
    for medium in media:
        told = [described(one) for one in cases["events"] if one.get("medium") == medium]
        publish(cloud, f"drop/news/{medium}.txt", *told, about=About(medium=medium))

    undated = {
        one["title"] for one in cases["events"] if one["when"]["basis"] == "undated"
    }  # on no collection's timeline

    for case in cases["queries"]:
        answer = ask(COLLECTION, {"name": "news", "view": "timeline"}, query=case["query"]).json
        assert {one["title"] for one in answer["events"]} == set(case["found"]) - undated, case["query"]


def described(case: dict[str, Any]) -> Finding:
    """Make the event that a case describes."""
    when = case["when"]
    made = finding(case["title"], when["earliest"], when["latest"], extent=when["extent"])
    said_by = [SaidBy(**one, kind="named", stance="asserts") for one in case["said_by"]]
    fields = {name: case[name] for name in ("status", "course", "place")}
    return changed(made, **fields, said_by=tuple(said_by), when=made.when.model_copy(update={"basis": when["basis"]}))


def test_events_can_be_filtered(news: str) -> None:
    assert titles(q="tram", status="claimed,denied", order="desc") == ["Tram called off", "Tram planned"]
    assert titles(who="court", from_="2024-05", to="2024-05") == ["Brücke gesperrt"]
    assert timeline(status="true").json["detail"].startswith("status.0: ")


def test_a_filtered_page_looks_at_a_thousand_and_says_how_far_it_came(cloud: Cloud) -> None:
    for number in range(11):
        days = [f"20{number:02}-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 11)]
        publish(cloud, f"drop/news/{number}.txt", *(finding(f"On {day}", day, day) for day in days))

    first = timeline(q="2010-10-10").json
    second = timeline(q="2010-10-10", cursor=first["cursor"]).json

    assert (first["events"], first["examined"], first["examined_to"]) == ([], 1_000, "2009-10-10")
    assert [one["title"] for one in second["events"]] == ["On 2010-10-10"]
    assert (second["examined"], second["cursor"]) == (100, None)


def test_paging_through_a_collection_that_changes_skips_nothing_that_stays(cloud: Cloud) -> None:
    days = [f"2024-01-{day:02}" for day in range(1, 21)]
    for place in range(0, 20, 4):
        publish(cloud, f"drop/news/{place}.txt", *(finding(day, day, day) for day in days[place : place + 4]))
    seen: list[str] = []
    query: dict[str, str] = {"limit": "3"}

    for turn in range(20):
        page = timeline(**query).json
        seen += [one["title"] for one in page["events"]]
        if page["cursor"] is None:
            break
        query["cursor"] = page["cursor"]
        publish(cloud, "drop/news/4.txt", *(finding(day, day, day) for day in days[4:8]))
        publish(cloud, f"drop/news/new {turn}.txt", finding("new", f"2024-01-{turn + 1:02}"))

    assert [one for one in seen if one != "new"] == days


def test_the_next_page_and_other_formats_are_linked_relative_to_the_request(news: str) -> None:
    link = timeline(limit="1", course="done", from_="2023").headers["Link"]

    following = dict(parse_qsl(link.partition(">")[0].removeprefix("<?")))
    assert 'rel="next"' in link
    assert (following["from"], following["course"], following["limit"]) == ("2023", "done", "1")
    assert '<timeline.ics>; rel="alternate"; type="text/calendar"' in link


def test_a_format_is_chosen_by_suffix_or_by_accept(news: str) -> None:
    for name, media_type in FORMATS.items():
        by_suffix = timeline(f"timeline.{name}")
        by_accept = timeline(accept=f"text/html, {media_type};q=0.9, */*;q=0.1")
        of_document = ask(DOCUMENT, {"id": news, "view": f"timeline.{name}"})

        assert by_suffix.status == by_accept.status == of_document.status == 200
        assert by_suffix.headers["Content-Type"].partition(";")[0] == media_type
        assert by_accept.body == by_suffix.body
        assert by_suffix.headers["Content-Disposition"].startswith("inline; filename*=UTF-8''news.")


def test_a_reader_that_takes_nothing_that_is_offered_is_told_what_is(news: str) -> None:
    answer = timeline(accept="text/html")

    assert answer.status == 406
    assert all(one in answer.json["detail"] for one in FORMATS.values())


def test_there_is_no_other_suffix(news: str) -> None:
    assert timeline("timeline.pdf").status == 404
    assert timeline("summary").status == 404


def test_exports_are_filtered_as_pages_are(news: str) -> None:
    lines = list(csv.DictReader(io.StringIO(timeline("timeline.csv", q="tram", order="desc").body.decode())))

    assert [one["title"] for one in lines] == ["Tram called off", "Tram planned"]


def test_what_can_be_cut_also_comes_in_pages_and_the_rest_in_one_piece_only(news: str) -> None:
    for name in ("csv", "jsonld", "markdown"):
        first = timeline(f"timeline.{name}", limit="3")
        following = dict(parse_qsl(first.headers["Link"].partition(">")[0].removeprefix("<?")))
        second = timeline(f"timeline.{name}", **following)

        assert b"Tram planned" in first.body
        assert b"Tram called off" not in first.body
        assert b"Tram called off" in second.body
        assert 'rel="next"' not in second.headers["Link"]
    for name in ("timelinejs", "ics", "atom"):
        assert timeline(f"timeline.{name}", limit="3").status == 400


def test_an_export_beyond_the_limit_is_refused_and_says_what_to_do(news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timelines, "_EXPORTED_AT_MOST", 3)

    for name in FORMATS:
        refused, narrowed = timeline(f"timeline.{name}"), timeline(f"timeline.{name}", to="2024-08")
        of_document = ask(DOCUMENT, {"id": news, "view": f"timeline.{name}"})

        assert (refused.status, of_document.status, narrowed.status) == (413, 413, 200)
        assert "`from` and `to`" in refused.json["detail"]


def test_an_answer_that_is_too_large_for_lambda_is_refused(cloud: Cloud) -> None:
    # Words that gzip cannot shorten much, in an answer that fits only when it is compressed.
    long = [changed(finding(f"{number}", "2024-01-01"), place="ab" * 20_000) for number in range(200)]
    for number in range(0, 200, 50):
        publish(cloud, f"drop/news/{number}.txt", *long[number : number + 50])

    plain, zipped = timeline(limit="200"), timeline(limit="200", encoding="gzip")

    assert plain.status == 413
    assert "Accept-Encoding: gzip" in plain.json["detail"]
    assert zipped.status == 200


def test_undated_events_are_in_their_documents_exports_where_the_format_has_a_place(cloud: Cloud) -> None:
    document_id = publish(cloud, "drop/news/a.txt", finding("Dated"), finding("Nobody knows", None, None))

    found = {name: ask(DOCUMENT, {"id": document_id, "view": f"timeline.{name}"}).body for name in FORMATS}

    assert {name for name, body in found.items() if b"Nobody knows" in body} == {"csv", "atom", "jsonld", "markdown"}
    assert b"1 events have no date" in found["timelinejs"]
    assert b"Left out: 1 events" in found["ics"]
