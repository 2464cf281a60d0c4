from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dateline.dates import Day
from dateline.linking.model import Conflict, Report
from dateline.linking.summary import sum_up
from dateline.records import (
    Cited,
    DateAnchor,
    Event,
    Evidence,
    Finding,
    Interval,
    Note,
    SaidBy,
    Stance,
    Statement,
    Summary,
    VoiceKind,
)
from infra.present import MOST_SHOWN, harmless, show_document, show_occurrences, show_timeline
from read.answers import OccurrenceInFull
from tests.factories import event, finding

OFFICIALS = SaidBy(who="three officials", words="Drei Beamten", kind="anonymous", stance="asserts", via="Sarnbote")


def shown(events: Sequence[Finding], width: int = 140, *, terminal: bool = False) -> str:
    console = Console(width=width, file=StringIO(), force_terminal=terminal)
    show_timeline(console, events)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def shown_occurrence(*told: Finding, width: int = 240, conflicts: Sequence[Conflict] = ()) -> str:
    """Show what documents, each in its own language, tell of one thing."""
    documents = list(enumerate(zip(told, cycle(("de", "en", "fr"))), 1))
    reports = [
        Report(event=event(one, f"evt_{number}", f"doc_{number}"), run=1, path=f"{number}.txt", language=language)
        for number, (one, language) in documents
    ]
    row = sum_up("occ_1", "news", reports, datetime(2026, 1, 2, tzinfo=UTC)).model_copy(
        update={"conflicts": tuple(conflicts)}
    )
    console = Console(width=width, file=StringIO())
    show_occurrences(console, [OccurrenceInFull(**dict(row), told=reports, sources={}, links={})])
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def words(text: str) -> str:
    return " ".join(text.split())


def with_when(made: Finding, **changes: object) -> Finding:
    return made.model_copy(update={"when": made.when.model_copy(update=changes)})


@pytest.mark.parametrize("width", [80, 140])
def test_a_row_holds_date_bounds_title_status_speaker_and_quote(width: int) -> None:
    meeting = finding("Mediators meet", "2023-09-01", "2023-12-31", quotes=("They met.",)).model_copy(
        update={"status": "claimed", "said_by": (OFFICIALS,)}
    )

    text = shown([with_when(meeting, words="Ende 2023")], width)

    for part in [
        "Ende 2023",
        "some time",
        "1 Sep",
        "Mediators meet",
        "“They met.” [1]",
        "claimed",
        "unnamed",
    ]:
        assert part in words(text)
    assert max(len(line) for line in text.splitlines()) <= width


def test_speakers_are_shown_with_their_stance_their_own_words_and_the_medium() -> None:
    denial = SaidBy(who="Velmark", words="Velmark", kind="named", stance="denies")

    text = words(shown([finding("A").model_copy(update={"status": "disputed", "said_by": (OFFICIALS, denial)})], 240))

    assert "three officials (“Drei Beamten”, unnamed) asserted it, via Sarnbote" in text
    assert "Velmark denied it" in text


@pytest.mark.parametrize(
    ("kind", "stance", "written"),
    [
        ("office", "confirms", "the works council (by office) confirmed it"),
        ("document", "asserts", "the document asserted it"),
        ("document", "declines", "the document made no finding"),
    ],
)
def test_offices_and_the_documents_own_voice_are_told_apart(kind: VoiceKind, stance: Stance, written: str) -> None:
    words_of = None if kind == "document" else "the works council"
    said = SaidBy(who=words_of, words=words_of, kind=kind, stance=stance)

    assert written in words(shown([finding("A").model_copy(update={"said_by": (said,)})], 240))


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        ({"earliest": Day(2024, 1, 17), "latest": Day(2024, 1, 17), "time": "14:30"}, "17 Jan 2024, 14:30"),
        ({"earliest": Day(2015, 1, 1), "latest": None, "extent": "throughout"}, "from 1 Jan 2015 on"),
        ({"earliest": None, "latest": Day(2014, 12, 31)}, "by 31 Dec 2014"),
        ({"latest": Day(2024, 1, 31), "extent": "throughout"}, "from 1 Jan 2024 to 31 Jan 2024"),
        ({"words": None, "earliest": None, "latest": Day(2024, 5, 24), "basis": "reported"}, "reported 24 May 2024"),
        ({"anchor": DateAnchor(source="neighbour", sentence=5, words="Ende 2023")}, "by way of “Ende 2023”"),
        (
            {"checked": "differs", "model": Interval(edtf="2022", earliest=Day(2022, 1, 1), latest=Day(2022, 12, 31))},
            "the model says 2022",
        ),
        (
            {
                "checked": "differs",
                "resolver": Interval(edtf="2022-05", earliest=Day(2022, 5, 1), latest=Day(2022, 5, 31)),
            },
            "the rules say May 2022",
        ),
    ],
)
def test_a_date_says_what_is_known_of_it(changes: dict[str, object], written: str) -> None:
    assert written in words(shown([with_when(finding("A"), **changes)], 240))


def test_what_has_no_date_is_called_undated() -> None:
    assert "undated" in shown([finding("A", None, None)])


@pytest.mark.parametrize(
    ("earliest", "course", "written"),
    [
        ("2020-01-01", "planned", "planned, outcome not reported"),
        ("9999-01-01", "planned", "stated, planned 1 Jan 9999"),
        ("2020-01-01", "called_off", "called off"),
    ],
)
def test_what_did_not_happen_yet_or_at_all_is_marked(earliest: str, course: str, written: str) -> None:
    made = finding("A", earliest, earliest, course=course)  # type: ignore[arg-type]

    assert written in words(shown([made], 240))


def test_what_several_documents_tell_is_one_row_with_their_words_languages_and_quotes() -> None:
    late = [
        with_when(finding("Mediators meet", "2023-09-01", "2023-12-31", quotes=(f"Quote {said}.",)), words=said)
        for said in ("Ende 2023", "in late 2023", "fin 2023")
    ]

    text = words(shown_occurrence(*late))

    assert text.count("Mediators meet") == 1
    for said in ("Ende 2023", "in late 2023", "fin 2023"):
        assert text.count(f"“Quote {said}.” [1]") == 1
    assert text.count("some time between 1 Sep 2023 and 31 Dec 2023") == 1
    assert "3 reports, 3 independent sources, 3 languages (de, en, fr)" in text
    assert all(f"{number}.txt" in text for number in (1, 2, 3))


def test_dates_that_differ_are_counted_and_conflicts_are_said_in_words() -> None:
    days = ("2025-03-03", "2025-03-03", "2025-03-04")
    conflict = Conflict(kind="date", subject=None, told=())

    text = words(shown_occurrence(*(finding("Ferry sinks", day, day) for day in days), conflicts=[conflict]))

    assert "3 Mar 2025 (2)" in text
    assert "4 Mar 2025 (1)" in text
    assert "Sources part on the date: 3 Mar 2025 (2 reports); 4 Mar 2025 (1)" in text


def test_a_single_report_looks_as_its_event_does() -> None:
    made = finding("Alone").model_copy(update={"said_by": (OFFICIALS,)})

    assert shown_occurrence(made, width=140) == shown([made])


def test_of_many_reports_a_few_are_quoted_and_the_others_counted() -> None:
    speaker = OFFICIALS.model_copy(update={"words": None})
    many = [
        finding("A", quotes=(f"Quote {number}.",)).model_copy(
            update={"said_by": (speaker.model_copy(update={"who": f"Speaker {number}"}),)}
        )
        for number in range(50)
    ]

    text = words(shown_occurrence(*many))

    assert text.count("“Quote") == text.count("Speaker ") == MOST_SHOWN
    assert text.count(f"and {50 - MOST_SHOWN} more") == 2


@pytest.mark.parametrize("width", [80, 140])
def test_hostile_words_of_reports_neither_leave_their_table_nor_reach_the_terminal(width: int) -> None:
    hostile = "\x1b[2J[bold]x\u202e" + "W" * 300

    text = shown_occurrence(*[finding(hostile, quotes=(hostile,))] * 2, width=width)

    assert not set(text) & {"\x1b", "\u202e"}
    assert max(map(len, text.splitlines())) <= width


def test_no_events_are_told_as_such() -> None:
    assert shown([]) == "no events\n"


@pytest.mark.parametrize(
    ("model", "is_standin"),
    [("extractive", True), ("extractive-2", True), ("a-model", False), ("extractivelike", False)],
)
def test_what_the_stand_in_made_says_so(model: str, is_standin: bool) -> None:
    made = event(finding("A"), "evt_1", "doc_1")

    assert ("by no model" in shown([Event(**{**dict(made), "model": model})])) == is_standin


def test_markup_in_a_document_is_shown_and_not_followed() -> None:
    hostile = "[bold]x[/bold] [link=http://evil.example]y[/link] [/]"

    text = shown([finding(hostile, quotes=(hostile,))], 240, terminal=True)

    assert text.count("[link=http://evil.example]") == 2
    assert "\x1b]8" not in text


@given(st.text())
def test_no_control_and_no_turning_character_gets_through(text: str) -> None:
    safe = harmless(text)

    assert not set(safe) & {*map(chr, range(32)), "\x7f", "\x9b", *"\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028"}


def test_escape_sequences_of_a_document_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in shown([finding("\x1b[2J\x1b]0;owned\x07", quotes=("\x9b31m",))])


def test_without_a_terminal_there_is_no_colour() -> None:
    assert "\x1b" not in shown([finding("A")])
    assert "\x1b" in shown([finding("A")], terminal=True)


def test_a_long_quote_is_cut_and_a_long_word_is_folded() -> None:
    text = shown([finding("W" * 300, quotes=("x" * 5_000,))], 80)

    assert text.count("x") == 200
    assert text.count("W") >= 300
    assert max(len(line) for line in text.splitlines()) <= 80


def test_a_document_shows_state_model_summary_with_numbers_and_notes() -> None:
    cited = Cited(text="A sentence.", evidence=(Evidence(sentence=3, start=0, end=1, quote="x"),))
    console = Console(width=100, file=StringIO())

    show_document(
        console,
        name="sarn/a.txt",
        state="done",
        model="extractive",
        summary=Summary(language="en", headline=cited.model_copy(update={"text": "A headline"}), sentences=(cited,)),
        statements=[
            Statement(
                text="Nobody knew.", who="a diver", words="ein Taucher", kind="anonymous", evidence=cited.evidence
            ),
            Statement(text="It rained.", who=None, words=None, kind="document", evidence=cited.evidence),
            Statement(
                text="A pipe broke.",
                who="Velmark",
                words="Velmark",
                kind="named",
                stance="denies",
                evidence=cited.evidence,
            ),
        ],
        notes=[Note(code="unused", message="a date was not used", subject="two months")],
    )

    assert isinstance(console.file, StringIO)
    text = words(console.file.getvalue())
    assert "sarn/a.txt" in text
    assert "done · extractive: found by rules" in text
    assert "A headline [3] A sentence. [3]" in text
    assert "a diver: Nobody knew. [3] the document: It rained. [3]" in text
    assert "Velmark denied it: A pipe broke. [3]" in text
    assert "note: a date was not used (two months)" in text


def test_a_rejected_document_shows_the_reason() -> None:
    console = Console(width=100, file=StringIO())

    show_document(console, name="a.bin", state="rejected", reason="The file is binary.")

    assert isinstance(console.file, StringIO)
    assert "rejected: The file is binary." in console.file.getvalue()
