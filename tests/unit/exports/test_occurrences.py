"""Occurrences in every format, each read by the reader of its own tests."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import feedparser
import icalendar
import pytest
from markdown_it import MarkdownIt
from pyld import jsonld

from dateline.exports import reports
from dateline.exports.model import occurrence_entry
from dateline.exports.write import NAMES, write
from dateline.linking.model import Conflict, ToldDate
from tests.factories import finding
from tests.unit.exports.entries import HOSTILE, edit, exported, exported_occurrences, occurrence, sample, told

if TYPE_CHECKING:
    from dateline.exports.model import Exported

SCHEMA, OA = "https://schema.org/", "http://www.w3.org/ns/oa#"
OCCURRENCE, FIRST, SECOND = "occ_aaaaaaaaaaaaaaaaaaaa", "doc_aaaaaaaaaaaaaaaaaaaa", "doc_bbbbbbbbbbbbbbbbbbbb"
ABOUT = (
    "6 reports, 4 independent sources, 2 languages (en, fr)",
    "Sources part on the date: 3 Mar 2025 (5 reports); 4 Mar 2025 (1)",
    "Sources part on a number (dead): 14 (1 report: Kelm Post); 16 (5)",
    "Denied by some: asserted (5 reports); denied (1: Kelm Post)",
    "Sources part on the place: Kelm (2 reports); Orrin (1: Kelm Post)",
    "Called off by some: planned (2 reports); called off (1: Kelm Post)",
    "Corrected by an editor: The owner has confirmed the day.",
)
OTHER = "“Le bac a coulé.” (Kelm Post, 4 Mar 2025)"


def text(name: str, made: Exported) -> str:
    """Write a timeline and undo how calendars fold and escape."""
    written = write(name, made).decode()
    return written.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";") if name == "ics" else written


def rows(made: Exported) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write("csv", made).decode(), newline="")))


def expanded(made: Exported) -> Any:
    address = "https://a.example/x/collections/news/occurrences.jsonld"
    (one,) = jsonld.expand(json.loads(write("jsonld", made)), {"base": address})
    return one


def test_reports_are_counted_and_where_they_part_is_said_in_words() -> None:
    entry = occurrence_entry(occurrence())

    assert reports.about(entry) == ABOUT
    assert reports.quotes(entry) == (OTHER,)
    assert reports.unquoted(entry) == "and 4 more reports, not quoted here"


def test_a_single_report_parts_with_none() -> None:
    alone = occurrence(
        reports=1,
        independent_sources=1,
        languages=("en",),
        speakers=(),
        conflicts=(),
        edits=(),
        samples=(sample("a", "It sank."),),
    )

    entry = occurrence_entry(alone)

    assert reports.about(entry) == ("1 report, 1 independent source, 1 language (en)",)
    assert reports.quotes(entry) == ()
    assert reports.unquoted(entry) == ""


def test_dates_that_are_told_are_said_in_the_largest_unit_that_they_fill() -> None:
    conflict = Conflict(kind="date", subject=None, told=())
    spans = [
        ("2025-03-01", "2025-03-31"),
        ("2024-01-01", "2024-12-31"),
        ("2025-03-03", "2025-04-04"),
        (None, "2024-05-01"),
    ]
    dates = tuple(
        ToldDate.model_validate({"earliest": first, "latest": last, "words": None, "reports": 1})
        for first, last in spans
    )

    (line,) = reports.conflicts(occurrence(conflicts=(conflict,), dates=dates))

    assert line.endswith(": Mar 2025 (1 report); 2024 (1); 3 Mar 2025 – 4 Apr 2025 (1); until 1 May 2024 (1)")


@pytest.mark.parametrize("name", sorted({*NAMES} - {"csv", "jsonld"}))
def test_every_format_for_people_says_all_of_it(name: str) -> None:
    plain = text(name, exported_occurrences(occurrence()))

    for one in (*ABOUT, "the owner", "denied it; The coast guard asserted it", "It sank.", OTHER):
        assert one in plain


def test_a_calendar_has_one_lasting_uid_an_occurrence_and_its_title_says_that_sources_part() -> None:
    calendar: Any = icalendar.Calendar.from_ical(write("ics", exported_occurrences(occurrence())))

    (one,) = calendar.walk("VEVENT")
    assert str(one["uid"]) == f"{OCCURRENCE}@dateline"
    assert str(one["summary"]) == (
        "Ferry sinks (disputed, sources part on the date, sources part on a number, denied by some, "
        "sources part on the place, called off by some)"
    )
    assert str(one["location"]) == "Kelm"


def test_a_table_has_the_same_columns_for_both_and_an_event_no_counts() -> None:
    (one,), (event,) = rows(exported_occurrences(occurrence())), rows(exported(finding("Alone")))

    assert list(one) == list(event)
    counts = ("reports", "documents", "independent_sources", "languages", "conflicts")
    assert [one[name] for name in counts] == ["6", "6", "4", "en; fr", "\n".join(ABOUT[1:-1])]
    assert [event[name] for name in counts] == [""] * 5
    assert (one["id"], one["speakers"]) == (OCCURRENCE, "the owner\nThe coast guard")
    assert one["stances"] == "denies\nasserts"
    assert one["quotes"] == "It sank.\nLe bac a coulé."


def test_linked_data_names_the_documents_that_are_about_it_with_their_quotes() -> None:
    one = expanded(exported_occurrences(occurrence()))

    assert one["@id"] == f"https://a.example/x/occurrences/{OCCURRENCE}"
    addresses = [f"https://a.example/x/documents/{name}" for name in (FIRST, SECOND)]
    assert one[f"{SCHEMA}isBasedOn"] == [{"@id": address} for address in addresses]
    first, second = one[f"{SCHEMA}subjectOf"]
    assert (first["@id"], second["@id"]) == tuple(addresses)
    assert second["@type"] == [f"{SCHEMA}CreativeWork"]
    assert second[f"{SCHEMA}datePublished"] == [{"@value": "2025-03-04"}]
    assert second[f"{SCHEMA}publisher"][0][f"{SCHEMA}name"] == [{"@value": "Kelm Post"}]
    assert f"{SCHEMA}publisher" not in first
    sources = [note[f"{OA}hasTarget"][0][f"{OA}hasSource"] for note in one["@reverse"][f"{OA}hasBody"]]
    assert sources == [[{"@id": f"{address}/text"}] for address in addresses]


def test_a_feed_of_occurrences_is_not_taken_for_one_of_events() -> None:
    feed = feedparser.parse(write("atom", exported_occurrences(occurrence())))
    other = feedparser.parse(write("atom", exported()))

    assert feed.feed.id != other.feed.id
    (one,) = feed.entries
    assert one.id == f"urn:dateline:occurrence:{OCCURRENCE}"
    assert [link.href for link in one.links] == [
        f"../../{path}" for path in (f"occurrences/{OCCURRENCE}", f"documents/{FIRST}", f"documents/{SECOND}")
    ]


def test_slides_of_occurrences_are_in_no_group_of_a_document() -> None:
    both = [occurrence(samples=(sample(letter, "It sank."),)) for letter in "ab"]

    slides = json.loads(write("timelinejs", exported_occurrences(*both)))["events"]

    assert not any("group" in one for one in slides)


@pytest.mark.parametrize("name", NAMES)
def test_quotes_of_further_reports_that_a_machine_read_on_an_image_are_marked(name: str) -> None:
    first, second = occurrence().samples
    misread = second.model_copy(update={"evidence": second.evidence.model_copy(update={"recognised": True})})
    mark = '"yes"' if name == "csv" else "read by machine on an image"

    assert mark in text(name, exported_occurrences(occurrence(samples=(first, misread))))
    assert mark not in text(name, exported_occurrences(occurrence()))


def hostile(words: str) -> Exported:
    """Put the same words wherever words of a document can stand in an occurrence."""
    both = tuple(sample(letter, words, words).model_copy(update={"path": words}) for letter in "ab")
    conflict = Conflict(kind="number", subject=words, told=(told(words, 1), told(words, 2)))
    return exported_occurrences(
        occurrence(
            title=words,
            places=(words,),
            languages=(words,),
            media=(words,),
            speakers=(words,),
            conflicts=(conflict,),
            edits=(edit(words),),
            samples=both,
        )
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_in_their_place(words: str) -> None:
    made, plain = hostile(words), hostile("plain")

    def tags(html: str) -> list[str]:
        return [part.split(">")[0] for part in html.split("<")[1:]]

    calendar: Any = icalendar.Calendar.from_ical(write("ics", made))
    assert [str(one["uid"]) for one in calendar.walk("VEVENT")] == [f"{OCCURRENCE}@dateline"]
    assert not any(re.match(r"[=+\-@＝＋－＠\t\r\n]", cell) for one in rows(made) for cell in one.values())
    assert set(expanded(made)) == set(expanded(plain))
    assert tags(write("atom", made).decode()) == tags(write("atom", plain).decode())
    (slide,), (other,) = (json.loads(write("timelinejs", one))["events"] for one in (made, plain))
    assert tags(slide["text"]["text"]) == tags(other["text"]["text"])
    pages = [MarkdownIt("commonmark", {"html": True}).render(write("markdown", one).decode()) for one in (made, plain)]
    assert tags(pages[0]) == tags(pages[1])
