"""A story's thread runs through the whole document; news keeps to the day of its publication."""

from datetime import date

import pytest

from dateline.dates import Anchor, Resolution, Thread, find, resolve

PUBLISHED = date(2024, 5, 24)
STORY = ("The mill was built on 3 May 1912.", "It burnt down on 9 June 1913.")


def resolved(words: str, sentence: str, context: tuple[str, ...], language: str = "en") -> Resolution:
    found = resolve(words, sentence, language, PUBLISHED, context)
    assert isinstance(found, Resolution), found
    return found


def test_a_guess_that_the_future_is_meant_breaks_no_story() -> None:
    story = ("Am 3. Mai 1912 brach der Damm.", "Am 9. Juni 1912 folgte das Wehr.")

    found = resolved("Am 4. Juli", "Am 4. Juli nahte die Ernte.", story, "de")

    assert (found.edtf, found.anchor) == ("1912-07-04", Anchor("neighbour", -1, "Am 9. Juni 1912"))


def test_one_old_date_is_no_story_that_outranks_a_guessed_future() -> None:
    assert resolved("im Juni", "Das Heft erscheint im Juni.", ("Das Haus stammt von 1912.",), "de").edtf == "2024-06"


def test_a_certain_future_leaves_the_story() -> None:
    assert resolved("in August", "The ruin will be sold in August.", STORY).edtf == "2024-08"


def test_a_deed_that_set_a_date_ahead_belongs_to_its_story() -> None:
    assert resolved("until September", "The sale was postponed until September.", STORY).edtf == "../1913-09"


@pytest.mark.parametrize(
    "aside",
    [
        "A plaque was put up last week.",
        "Tourists come to see it today.",
        "No map of it was drawn before 1971 by anybody.",
        "The miller, whose family had come in 1733, was ruined.",
        "It had been sold the year before.",
        "The meadow, a park since 1950, was flooded.",
    ],
)
def test_dates_that_are_only_spoken_of_leave_the_story_where_it_is(aside: str) -> None:
    assert resolved("In July", "In July the miller left.", (*STORY, aside)).edtf == "1913-07"


def test_a_year_at_the_beginning_of_a_sentence_goes_on_with_the_story() -> None:
    context = (*STORY, "In 1925 the village bought the ruin.")

    assert resolved("in August", "It was cleared in August.", context).edtf == "1925-08"


def test_a_story_goes_on_from_the_end_of_a_range_over_new_year() -> None:
    context = (*STORY, "From November 1920 to January 1921 the river froze.")

    assert resolved("In April", "In April it flooded the yard.", context).edtf == "1921-04"


def test_words_that_count_from_today_count_from_the_time_of_an_old_story() -> None:
    assert (
        resolved("the end of the year", "It stood roofless by the end of the year.", STORY).edtf == "1913-09~/1913-12~"
    )
    assert resolved("next year", "It was to be rebuilt next year.", STORY).edtf == "1914"


HEADED = ("1912", "The bank", "It lent the miller money in October.", "The mill", "It ground no corn in August.")


def test_a_heading_gives_its_year_to_the_months_below_it() -> None:
    assert resolved("in March", "The wheel broke in March.", HEADED).edtf == "1912-03"
    assert resolved("in March", "The wheel broke in March.", (*HEADED, "1913", "The bank")).edtf == "1913-03"


def test_a_year_close_by_outranks_that_of_the_heading() -> None:
    context = (*HEADED, "The bank itself failed on 2 May 1914.")

    assert resolved("in June", "Its house was sold in June.", context).edtf == "1914-06"


def test_a_heading_that_ends_with_a_year_reaches_to_the_next_heading() -> None:
    context = ("The fire of 1912", "It began on 2 May.", "The second fire", "It began on 9 June 1913.")

    assert resolved("in April", "The roof had been mended in April.", context).edtf == "1913-04"


def test_years_that_background_speaks_of_lead_no_news() -> None:
    news = ("The index is at its lowest since 1983.", "Brenn Mills was founded in 2021.")

    assert resolved("since February", "It has not been so low since February.", news).edtf == "2024-02/.."
    assert resolved("on March 3", "The owner resigned on March 3.", news).edtf == "2024-03-03"


TEXT = (
    "Der Streik", "Am 3. Mai 1923 begann er.", "1924", "Im Juni ruhte er.", "Das Geschäftsjahr endet am 30. September.",
    "Gestern erschien das Buch.", "Am 5. endete er.", "Im Geschäftsjahr 1925 war Ruhe.", "Am 4. Juli kam der Regen.",
)  # fmt: skip


def test_a_thread_gives_what_the_list_of_sentences_gives() -> None:
    thread = Thread.start("de", PUBLISHED)
    for place, sentence in enumerate(TEXT):
        for found in find(sentence, "de"):
            by_list = resolve(found.words, sentence, "de", PUBLISHED, TEXT[:place])
            assert resolve(found.words, sentence, "de", PUBLISHED, thread) == by_list
        thread = thread.after(sentence)


def test_the_lists_of_two_documents_in_turn_are_kept_apart() -> None:
    other = ("The mill was built on 3 May 1812.", "It burnt down on 9 June 1813.")

    found = [resolved("In July", "In July it rained.", context).edtf for context in (STORY, other, STORY, other[:1])]

    assert found == ["1913-07", "1813-07", "1913-07", "1812-07"]


def test_a_list_longer_than_a_document_is_followed_at_its_end() -> None:
    context = ("It was built on 3 May 1812.", *["Nobody knew the miller."] * 2_000, *STORY)

    assert resolved("In July", "In July it rained.", context).edtf == "1913-07"
