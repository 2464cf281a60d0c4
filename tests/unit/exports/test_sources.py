"""Documents in sight: whose they are, of which day, where they lie, in each format, and links that lead somewhere."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt

from dateline.exports.model import Exported
from dateline.exports.sources import address, citation
from dateline.exports.write import NAMES, write
from dateline.records import About
from tests.factories import finding
from tests.unit.exports.entries import DOCUMENT, HOSTILE, SOURCE, cited, exported

ROOT = "https://times.example/"
CITATION = "Kelm Courier, Mara Lind, to the desk, “A ferry sinks”, 4 Mar 2025, 2024/a.txt"
WEB = "https://kelm.example/ferry?a=1&b=%282%29"


def made(**changes: Any) -> Exported:
    return exported(finding("Ferry sinks"), address=ROOT, **changes)


def text(name: str, exported_: Exported) -> str:
    """Read a format as what shows it does: unfolded, unescaped."""
    written = write(name, exported_).decode()
    if name == "ics":
        (event,) = Calendar.from_ical(written).walk("VEVENT")
        return f"{event['description']} {event.get('url', '')}"
    return re.sub(r"&amp;", "&", re.sub(r"\\\\([&])", r"\\1", written)).replace("\\u0026", "&")


def tags(name: str, exported_: Exported) -> list[str]:
    """List the tags of a format as it is rendered."""
    written = write(name, exported_).decode()
    html = MarkdownIt("commonmark", {"html": True}).render(written) if name == "markdown" else written
    return re.findall(r"<[^>\s]*", html)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_names_the_medium_the_author_the_title_and_the_address_of_a_document(name: str) -> None:
    shown = text(name, made())

    assert all(words in shown for words in ("Kelm Courier", "Mara Lind", "A ferry sinks", WEB))
    assert "4 Mar 2025" in shown or "2025-03-04" in shown


@pytest.mark.parametrize("name", ["ics", "csv", "atom", "jsonld", "markdown"])
def test_links_are_whole_where_the_public_address_is_known(name: str) -> None:
    shown = text(name, made())

    assert f"{ROOT}events/evt_" in shown or f"{ROOT}documents/{DOCUMENT}" in shown
    assert "../../" not in shown


def test_what_a_document_states_in_its_own_voice_is_stated_by_its_medium() -> None:
    for name in ("ics", "atom", "markdown", "jsonld", "timelinejs"):
        assert "stated by Kelm Courier" in text(name, made())


def test_a_calendar_has_no_link_that_would_lead_nowhere() -> None:
    assert b"URL:" not in write("ics", exported(finding("Ferry sinks")))


def test_a_table_has_a_column_for_each_fact_and_the_file_itself() -> None:
    (row,) = csv.DictReader(io.StringIO(write("csv", made()).decode(), newline=""))

    assert (row["medium"], row["author"], row["document_title"]) == ("Kelm Courier", "Mara Lind", "A ferry sinks")
    assert (row["published"], row["url"], row["sentences"], row["pages"]) == ("2025-03-04", WEB, "1", "")
    assert row["original"] == f"{ROOT}documents/{DOCUMENT}/original"


def test_linked_data_say_who_published_what() -> None:
    (node,) = json.loads(write("jsonld", made()))["@graph"]

    (work,) = node["subjectOf"]
    assert (work["publisher"]["name"], work["author"]["name"], work["url"]) == ("Kelm Courier", "Mara Lind", WEB)
    assert work["encoding"]["contentUrl"] == f"{ROOT}documents/{DOCUMENT}/original"


def test_a_citation_is_one_line_without_what_is_not_known() -> None:
    assert citation(SOURCE) == CITATION
    assert citation(replace(SOURCE, about=About())) == "2024/a.txt"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_facts_stay_in_their_place(words: str) -> None:
    for name in ("markdown", "atom"):
        shape, plain = (tags(name, made(source=cited(one))) for one in (words, "x"))
        assert shape == plain, name
    assert "\n" not in citation(cited(words))
    assert re.fullmatch(r"[!-~]+", address(cited(words)) or "")
    assert not re.search(r"""[()<>"'\\\[\]]""", address(cited(words)) or "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//kelm.example", None])
def test_only_addresses_of_the_web_are_linked(url: str | None) -> None:
    assert address(replace(SOURCE, about=About(url=url))) is None
