"""Linked data, read by `pyld`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyld import jsonld

from dateline.exports.jsonld import write
from dateline.exports.model import Exported
from dateline.records import SaidBy
from tests.factories import finding, reported
from tests.unit.exports.entries import (
    DOCUMENT,
    HOSTILE,
    at,
    exported,
    exported_occurrences,
    hostile,
    lasting,
    occurrence,
)

BASE = "https://a.example/x/collections/news/timeline.jsonld"
SCHEMA, OA = "https://schema.org/", "http://www.w3.org/ns/oa#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"


def read(made: Exported) -> list[Any]:
    """Expand as every JSON-LD processor does, without fetching anything."""
    expanded: list[Any] = jsonld.expand(json.loads(write(made)), {"base": BASE})
    return expanded


def test_an_event_names_its_document_and_its_quotes_places() -> None:
    (one,) = read(exported(lasting("Meeting", "2023-09-01", "2023-12-31", "within")))

    assert one["@id"] == "https://a.example/x/events/evt_aaaaaaaaaaaaaaaaaaaa_00001"
    assert one["@type"] == [f"{SCHEMA}Event"]
    assert one[f"{SCHEMA}name"] == [{"@value": "Meeting", "@language": "en"}]
    assert one[f"{SCHEMA}isBasedOn"] == [{"@id": f"https://a.example/x/documents/{DOCUMENT}"}]
    (annotation,) = one["@reverse"][f"{OA}hasBody"]
    (target,) = annotation[f"{OA}hasTarget"]
    assert target[f"{OA}hasSource"] == [{"@id": f"https://a.example/x/documents/{DOCUMENT}/text"}]
    quote, position = target[f"{OA}hasSelector"]
    assert quote["@type"] == [f"{OA}TextQuoteSelector"]
    assert quote[f"{OA}exact"] == [{"@value": "Quote of Meeting."}]
    assert position["@type"] == [f"{OA}TextPositionSelector"]
    assert (position[f"{OA}start"], position[f"{OA}end"]) == ([{"@value": 0}], [{"@value": 17}])


def test_speakers_and_stances_are_data() -> None:
    denies = SaidBy(who="the ministry", words="x", kind="office", stance="denies", via="Sarnbote")
    (one,) = read(exported(finding("Meeting").model_copy(update={"said_by": (denies,), "status": "denied"})))

    ours = "urn:dateline:terms:"
    assert one[f"{ours}status"] == [{"@value": "denied"}]
    (said,) = one[f"{ours}saidBy"]
    assert {name.removeprefix(ours): value for name, ((value,),) in _values(said)} == {
        "speaker": "the ministry", "speakerKind": "office", "stance": "denies", "via": "Sarnbote",
    }  # fmt: skip


def test_an_occurrence_says_in_data_how_many_tell_it_and_where_they_part() -> None:
    (one,) = read(exported_occurrences(occurrence()))

    ours = "urn:dateline:terms:"
    assert (one[f"{ours}reports"], one[f"{ours}independentSources"]) == ([{"@value": 6}], [{"@value": 4}])
    assert [value["@value"] for value in one[f"{ours}conflict"]] == ["date", "number", "denial", "place", "course"]


def _values(node: dict[str, Any]) -> list[Any]:
    return [(name, [tuple(value.values()) for value in values]) for name, values in node.items()]


def test_dates_are_edtf_and_only_what_lasted_has_an_end() -> None:
    within, lasted = read(
        exported(
            lasting("Meeting", "2023-09-01", "2023-12-31", "within"),
            lasting("Strike", "2023-09-01", "2023-12-31", "throughout"),
        )
    )

    interval = {"@value": "2023-09-01/2023-12-31", "@type": EDTF}
    assert within["http://purl.org/dc/terms/date"] == [interval]
    assert within[f"{SCHEMA}startDate"] == [interval]
    assert f"{SCHEMA}endDate" not in within
    assert lasted[f"{SCHEMA}startDate"] == [{"@value": "2023-09-01"}]
    assert lasted[f"{SCHEMA}endDate"] == [{"@value": "2023-12-31"}]


def test_the_event_status_follows_the_course() -> None:
    planned, called_off, done = read(
        exported(finding("A", course="planned"), finding("B", course="called_off"), finding("C"))
    )

    assert planned[f"{SCHEMA}eventStatus"] == [{"@id": f"{SCHEMA}EventScheduled"}]
    assert called_off[f"{SCHEMA}eventStatus"] == [{"@id": f"{SCHEMA}EventCancelled"}]
    assert f"{SCHEMA}eventStatus" not in done


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_values_and_nothing_else(words: str) -> None:
    one, another = read(exported(hostile(words), finding("Another")))

    assert one["@reverse"][f"{OA}hasBody"][0][f"{OA}hasTarget"][0][f"{OA}hasSelector"][0][f"{OA}exact"] == [
        {"@value": words}
    ]
    assert set(one) - set(another) == {f"{SCHEMA}location"}


def test_what_was_only_reported_has_an_open_start_and_a_time_of_day_is_kept() -> None:
    late, timed = read(exported(reported("Bridge falls"), at("Train leaves", "2024-05-24", "14:30")))

    assert late[f"{SCHEMA}startDate"] == [{"@value": "../2024-05-24", "@type": EDTF}]
    assert timed[f"{SCHEMA}startDate"] == [{"@value": "2024-05-24T14:30"}]
