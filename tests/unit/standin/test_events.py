"""Small articles in, events out: what is found, how it is dated and who is heard."""

import pytest

from dateline.ask.schema import Answer, AnswerEvent, ByWayOf
from infra.standin.answer import answer
from tests.unit.standin.asking import asked, words

TALKS = "\n".join(
    [
        "Velmark lehnt Vorschlag ab",
        "Die Regierung von Velmark hat den Vorschlag von Ostrana abgelehnt, die Arbeiten am Damm ruhen zu lassen.",
        "Dies berichtet der Sarnbote unter Berufung auf Diplomaten in Ostrana.",
        "Zwei Beamten zufolge trafen sich Vermittler Ende 2023 am Brevensee.",
        "Ein Beamter in Velmark sagte, er wisse nichts von Gesprächen über Vermittler.",
        "Doch als der Anruf im Januar einging, war die Frist verstrichen, sagte eine ostranische Quelle.",
        "Die Vorbereitung hatte zwei Monate gedauert.",
        "Das Ministerium lehnte eine Stellungnahme ab.",
        "Verwandte Themen:",
        "Chronik vom 3. Mai 2019",
    ]
)


def events_of(text: str, published: str | None = None) -> tuple[Answer, list[AnswerEvent]]:
    made = answer(asked(text, published))
    return made, made.ev


def heard(made: Answer, event: AnswerEvent) -> list[tuple[str, str]]:
    return [(words(made.who[by.i]) if by.i >= 0 else "the document", by.a) for by in event.by]


def only(events: list[AnswerEvent], words: str) -> AnswerEvent:
    [found] = [event for event in events if words in event.t]
    return found


def test_a_report_of_talks_gives_its_dated_events_and_its_act() -> None:
    _, events = events_of(TALKS)

    assert [event.d for event in events] == [None, "Ende 2023", "im Januar"]
    assert all(event.e is None and event.place is None for event in events)


def test_headline_and_first_sentence_tell_one_event_that_the_medium_reports() -> None:
    made, events = events_of(TALKS)

    rejection = only(events, "lehnt Vorschlag ab")

    assert rejection.s == [1, 2, 3]
    assert heard(made, rejection) == [("Diplomaten in Ostrana", "asserts")]
    [by] = rejection.by
    assert isinstance(by, ByWayOf)
    assert words(made.who[by.v]) == "der Sarnbote"


def test_who_knows_nothing_of_it_declines_beside_who_asserts_it() -> None:
    made, events = events_of(TALKS)

    meeting = only(events, "Vermittler Ende 2023")

    assert heard(made, meeting) == [("Zwei Beamten", "asserts"), ("Ein Beamter in Velmark", "declines")]


def test_a_bare_refusal_to_comment_belongs_to_what_was_told_last() -> None:
    made, events = events_of(TALKS)

    call = only(events, "der Anruf im Januar")

    assert heard(made, call) == [("eine ostranische Quelle", "asserts"), ("Das Ministerium", "declines")]
    assert call.t.startswith("Als der Anruf")
    assert "sagte" not in call.t


def test_a_denial_disputes_the_event_that_it_denies() -> None:
    made, events = events_of(
        "Mediators met at Lake Breven on 3 May 2023, two officials said. "
        "A spokeswoman for Velmark denied that any mediators had met at Lake Breven."
    )

    [meeting] = events

    assert heard(made, meeting) == [("two officials", "asserts"), ("A spokeswoman for Velmark", "denies")]


def test_the_document_asserts_in_its_own_voice_what_another_denies() -> None:
    made, events = events_of(
        "The mediators met at Lake Breven on 3 May 2023. Velmark denied that mediators had met at Lake Breven."
    )

    [meeting] = events

    assert heard(made, meeting) == [("Velmark", "denies"), ("the document", "asserts")]


def test_what_only_a_denial_tells_is_denied_and_not_asserted() -> None:
    made, events = events_of("Sarnkraft denied that it had sold shares in the dam in May 2021. It rained all day long.")

    [sale] = events

    assert (sale.t, sale.d) == ("… that it had sold shares in the dam in May 2021", "in May 2021")
    assert heard(made, sale) == [("Sarnkraft", "denies")]


def test_the_day_of_saying_dates_nothing() -> None:
    _, events = events_of("Helma Roon said on Tuesday that the letter had been written in March 2020.", "2024-05-24")

    assert [event.d for event in events] == ["in March 2020"]


def test_a_sentence_that_only_names_the_source_is_no_event_of_its_own() -> None:
    made, events = events_of(
        "Der Damm wurde am 3. Mai 2024 geschlossen. Das berichtete der „Sarnbote“ am Dienstag.", "2024-05-24"
    )

    [closing] = events

    assert closing.d == "am 3. Mai 2024"
    assert heard(made, closing) == [("Sarnbote", "asserts")]


def test_what_is_compared_with_asked_or_supposed_is_no_event() -> None:
    _, events = events_of(
        "The harvest was smaller than in 2022. Was the dam closed in May 2021? "
        "The dam could be finished in June 2025. The harvest began in August 2023."
    )

    assert [event.t for event in events] == ["The harvest began in August 2023"]


@pytest.mark.parametrize(
    ("text", "course"),
    [
        ("Die Konferenz am 12. März 2024 wurde abgesagt, weil niemand kam.", "called_off"),
        ("Die Konferenz findet am 12. Juni 2024 in Elvry statt.", "planned"),
        ("Die Konferenz fand am 12. März 2024 in Elvry statt.", "done"),
        ("The hearing that was planned for 3 November 2024 has been cancelled.", "called_off"),
        ("The inspectors will visit the building site in September 2024.", "planned"),
        ("The court cancelled the building permit on 6 May 2024 in Elvry.", "done"),
    ],
)
def test_the_course_follows_from_the_verbs_and_the_publication(text: str, course: str) -> None:
    _, [event] = events_of(text, "2024-05-24")

    assert event.course == course


def test_reported_mood_goes_on_with_the_voice_before_it() -> None:
    made, events = events_of(
        "Das Wasser war knapp, sagte eine Quelle in Elvry. Der Damm sei am 3. Mai 2023 geschlossen worden."
    )

    [closing] = events

    assert heard(made, closing) == [("eine Quelle in Elvry", "asserts")]
    assert closing.s == [2, 1]


def test_two_dates_in_two_clauses_are_two_events_with_titles_of_their_own() -> None:
    _, events = events_of(
        "The dam was begun on 3 May 2011 by a company, and it was opened on 4 June 2015 by a minister."
    )

    assert [(event.d, event.t) for event in events] == [
        ("on 3 May 2011", "The dam was begun on 3 May 2011 by a company …"),
        ("on 4 June 2015", "… and it was opened on 4 June 2015 by a minister"),
    ]


def test_a_clear_act_without_a_date_is_an_undated_event() -> None:
    _, events = events_of("The two governments signed the treaty in a small town. It was a quiet and friendly place.")

    assert [(event.t, event.d) for event in events] == [("The two governments signed the treaty in a small town", None)]


def test_a_text_without_dates_and_acts_has_no_events() -> None:
    assert events_of("It was a quiet place. Nobody knew it. The river was wide and slow.")[1] == []


@pytest.mark.parametrize(
    ("sentence", "date", "before"),
    [
        ("Repairs ended on 9 March 2021.", "on 9 March 2021", "The river was wide and slow that day."),
        ("Elvry fell in 1944.", "in 1944", "The river was wide and slow that day."),
        ("On 9 March 2021 rain fell.", "On 9 March 2021", "The river was wide and slow that day."),
        ("Die Arbeiten endeten am 9. März 2021.", "am 9. März 2021", "Der Fluss war breit und sehr ruhig."),
        ("Er starb 2021.", "2021", "Der Fluss war breit und sehr ruhig."),
        ("Elle est morte en mars 2021.", "en mars 2021", "Le fleuve était large et très calme."),
        ("Renunció el 9 de marzo de 2021.", "el 9 de marzo de 2021", "El río era muy ancho y la gente lo quería."),
        ("Morì il 9 marzo 2021.", "il 9 marzo 2021", "Il fiume era largo e nessuno lo conosceva."),
        ("Köprü 9 Mart 2021'de açıldı.", "9 Mart 2021'de", "Nehir geniş ve çok sakindi, kimse onu bilmiyordu."),
        ("Мост открыли 9 марта 2021 года.", "9 марта 2021 года", "Река была широкой, и никто её не знал."),
        ("Міст відкрили 9 березня 2021 року.", "9 березня 2021 року", "Річка була широкою, і ніхто її не знав."),
        ("De brug ging in maart 2021 open.", "in maart 2021", "De rivier was breed en niemand kende haar."),
    ],
)
def test_a_short_sentence_with_a_date_is_an_event(sentence: str, date: str, before: str) -> None:
    _, events = events_of(f"{before} {sentence}")

    assert [event.d for event in events] == [date]


@pytest.mark.parametrize(
    "line",
    [
        "Elvry, 9 March 2021.",
        "Elvry, 9 March 2021",
        "Photo: 9 March 2021.",
        "Lake Breven – 9 March 2021.",
        "Harbour 9 March 2021",
        "9 March 2021.",
        "9 March 2021, Elvry.",
        "(Elvry, 9 March 2021.)",
    ],
)
def test_a_caption_or_the_dateline_of_a_report_is_none(line: str) -> None:
    _, events = events_of(f"The river was wide and slow.\n\n{line}\n\nIt was a quiet place and nobody knew it.")

    assert events == []


def test_the_line_that_says_who_wrote_what_is_quoted_is_no_event() -> None:
    line = "On Wed, 26 Feb 2025 at 18:02, Ada Holm <ada@moor.example> wrote:"
    text = f"We disagree.\n\n{line}\n\nThe pump failed on 24 February 2025."

    _, events = events_of(text, "2025-02-27")

    assert [event.t for event in events] == ["The pump failed on 24 February 2025"]
