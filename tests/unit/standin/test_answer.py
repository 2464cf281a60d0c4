import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ask.schema import Answer, ByWayOf
from infra.standin.answer import answer, nothing_to_correct
from infra.standin.request import Asked, Line
from tests.unit.standin.asking import asked, words

SAMPLES = sorted((Path(__file__).parents[3] / "infra/samples").rglob("*.txt"))


def assert_holds(made: Answer, of: Asked) -> None:
    """What the pipeline's checks ask of an answer, in so far as code that copies cannot miss it."""
    texts = {line.number: line.text for line in of.lines}
    for title, cited in [(part.t, part.s) for part in (made.head, *made.sum)] + [(part.t, part.s) for part in made.ev]:
        assert title
        assert cited
        assert set(cited) <= texts.keys()
    for event in made.ev:
        evidence = [texts[number] for number in event.s]
        assert event.d is None or any(event.d in text for text in evidence)
        for by in event.by:
            for index in [by.i, by.v] if isinstance(by, ByWayOf) else [by.i]:
                assert index == -1 or any(words(made.who[index]) in text for text in evidence)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_everything_in_an_answer_stands_in_the_sentences_that_it_cites(sample: Path) -> None:
    of = asked(sample.read_text("utf-8"), "2024-07-10")

    made = answer(of)

    assert_holds(made, of)
    assert len(made.ev) >= 5
    assert 3 <= len(made.sum) <= 6


@given(st.lists(st.text(alphabet="Aab „“,.2023Maißé ", min_size=1, max_size=80), min_size=1, max_size=6))
def test_any_sentences_get_an_answer_that_cites_only_them(texts: list[str]) -> None:
    of = Asked(None, None, tuple(Line(number, text) for number, text in enumerate(texts, 3) if text.strip()))
    if of.lines:
        assert_holds(answer(of), of)


def test_the_language_of_titles_is_the_documents_own() -> None:
    made = answer(asked("Die Vermittler trafen sich Ende 2023 am See und sprachen über den Damm."))

    assert (made.lang, made.out) == ("de", "de")


def test_acts_without_a_date_can_be_left_out() -> None:
    of = asked("In May 2024 the dam was opened.\n\nThe council rejected an appeal against it.\n")

    assert [event.d for event in answer(of).ev] == ["In May 2024", None]
    assert [event.d for event in answer(of, only_dated=True).ev] == ["In May 2024"]


def test_the_headline_is_the_sentence_that_holds_the_title() -> None:
    of = Asked(None, "The dam", (Line(1, "News of today."), Line(2, "The dam is full.")))

    assert (answer(of).head.t, answer(of).head.s) == ("The dam is full.", [2])


def test_headings_are_no_part_of_a_summary() -> None:
    made = answer(
        asked("A heading\n\nThe dam on the river is full of water.\n\nAnother heading\n\nThe river is full of fish.")
    )

    assert [sentence.t for sentence in made.sum] == [
        "The dam on the river is full of water.",
        "The river is full of fish.",
    ]


def test_a_repair_call_corrects_nothing_and_repeats_nothing() -> None:
    made = nothing_to_correct(asked("Die Vermittler trafen sich Ende 2023 am See und sprachen über den Damm."))

    assert (made.head.t, made.head.s, made.sum, made.who, made.ev) == ("", [], [], [], [])


def test_a_very_long_document_is_answered_in_bounded_time() -> None:
    line = "The mediators met at the lake in May 2021, said an official of the ministry, and the dam was full of water."
    of = Asked(None, None, tuple(Line(number, f"{line} {number}") for number in range(1, 5_001)))
    began = time.process_time()

    made = answer(of)

    assert len(made.ev) <= 200
    assert time.process_time() - began < 15


def test_who_says_what_is_no_event_says_a_statement() -> None:
    made = answer(asked("The mediators met on 3 May 2024. The dam is much too old, said an official of the ministry."))

    [statement] = made.say
    assert (statement.s, words(made.who[statement.i])) == ([2], "an official of the ministry")
    assert [event.s for event in made.ev] == [[1]]
