"""What a resolution says besides its EDTF value."""

from datetime import date

import pytest

from dateline.dates import Abstention, Anchor, Day, Resolution, resolve

PUBLISHED = date(2024, 5, 24)


def resolved(words: str, language: str = "en", **given: object) -> Resolution:
    found = resolve(
        words,
        str(given.get("sentence", words)),
        language,
        PUBLISHED if given.get("published", True) else None,
        given.get("context", ()),  # type: ignore[arg-type]
        given.get("direction"),  # type: ignore[arg-type]
    )
    assert isinstance(found, Resolution), found
    return found


def test_bounds_unit_and_rule_of_a_modifier() -> None:
    found = resolved("Ende 2023", "de")

    assert (found.earliest, found.latest) == (Day(2023, 9, 1), Day(2023, 12, 31))
    assert (found.precision, found.extent, found.basis) == ("part_of_year", "within", "explicit")
    assert (found.anchor, found.rule) == (None, "de.modifier.end")


def test_a_month_takes_its_year_from_the_neighbour_and_names_it() -> None:
    found = resolved(
        "im Januar", "de", published=False, sentence="Als der Anruf im Januar kam, schwieg er.",
        context=["Die Vermittler trafen sich Ende 2023.", "Es blieb dabei."],
    )  # fmt: skip

    assert (found.edtf, found.basis) == ("2024-01", "context")
    assert found.anchor == Anchor("neighbour", -2, "Ende 2023")


def test_a_relative_date_names_the_publication() -> None:
    found = resolved("last month")

    assert (found.basis, found.anchor) == ("relative", Anchor("published"))


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "extent"),
    [
        ("since 2015", Day(2015, 1, 1), None, "throughout"),
        ("after 2015", Day(2016, 1, 1), None, "within"),
        ("before 2015", None, Day(2014, 12, 31), "within"),
        ("until 2015", None, Day(2015, 12, 31), "within"),
        ("from 2010 to 2015", Day(2010, 1, 1), Day(2015, 12, 31), "throughout"),
        ("between March and June 2023", Day(2023, 3, 1), Day(2023, 6, 30), "within"),
    ],
)
def test_intervals(words: str, earliest: Day | None, latest: Day | None, extent: str) -> None:
    found = resolved(words)

    assert (found.earliest, found.latest, found.extent) == (earliest, latest, extent)


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("3 May 2024", "day"), ("late May 2024", "part_of_month"), ("last week", "week"), ("May 2024", "month"),
        ("Q3 2023", "quarter"), ("summer 2023", "season"), ("early 2023", "part_of_year"), ("H1 2023", "half"),
        ("2023", "year"), ("the mid-1990s", "part_of_decade"), ("the 1990s", "decade"),
        ("the late 19th century", "part_of_century"), ("the 19th century", "century"),
        ("from May 2022 to 2023", "year"),
    ],
)  # fmt: skip
def test_precision_is_the_unit_of_the_words(words: str, precision: str) -> None:
    assert resolved(words).precision == precision


@pytest.mark.parametrize(("direction", "edtf"), [("past", "2023-06"), ("future", "2024-06")])
def test_the_caller_may_know_the_direction(direction: str, edtf: str) -> None:
    assert resolved("in June", direction=direction).edtf == edtf


def test_without_anything_to_hang_on_a_month_is_not_guessed() -> None:
    found = resolve("in January", "It came in January.", "en", None, [])

    assert isinstance(found, Abstention)
    assert not found.understood


def test_words_that_no_rule_reads_are_told_from_those_that_are_no_date() -> None:
    found = resolve("the green table", "On the green table.", "en", PUBLISHED, [])

    assert isinstance(found, Abstention)
    assert not found.understood


def test_words_are_found_in_their_sentence_whatever_stands_around() -> None:
    sentence = "The law passed in 2019.\nMay was cold, but in May 2020 it grew warm."

    assert resolved("in May 2020", sentence=sentence).edtf == "2020-05"


def test_a_wrong_weekday_does_not_move_a_full_date() -> None:
    assert resolved("Monday, 3 May 2024").edtf == "2024-05-03"


def test_a_weekday_settles_the_year() -> None:
    found = resolve("Samstag, 17. Januar", "Am Samstag, 17. Januar, spielt sie.", "de", date(1998, 1, 23), [])

    assert isinstance(found, Resolution)
    assert found.edtf == "1998-01-17"


def test_dates_in_brackets_are_beside_the_story() -> None:
    found = resolved(
        "In July", published=False, sentence="In July it took the city.",
        context=["In 1936 the army rose under Franco (born in 1892)."],
    )  # fmt: skip

    assert found.edtf == "1936-07"


def test_a_story_is_followed_back_to_the_last_date_that_stands_by_itself() -> None:
    context = ["The war began in September 1939.", *["The army marched on."] * 30, "In November it snowed."]

    assert resolved("In January", sentence="In January it thawed.", context=context).edtf == "1940-01"


def test_a_background_year_in_the_news_does_not_draw_a_month_to_itself() -> None:
    found = resolved("on May 3", sentence="The bank said so on May 3.", context=["In 2022 it had sold a lot."])

    assert (found.edtf, found.basis) == ("2024-05-03", "relative")


@pytest.mark.parametrize(("tag", "edtf"), [("en-US", "2024-03-04"), ("en-GB", "2024-04-03"), ("de", "2024-04-03")])
def test_the_region_orders_day_and_month(tag: str, edtf: str) -> None:
    assert resolved("03/04/2024", tag).edtf == edtf


@pytest.mark.parametrize("tag", ["en", "und", "xx", ""])
def test_an_unknown_region_leaves_day_and_month_open(tag: str) -> None:
    assert isinstance(resolve("03/04/2024", "On 03/04/2024.", tag, PUBLISHED, []), Abstention)


@pytest.mark.parametrize("words", ["ma\u200by 2024", "MAY 2024", "Ma\u00ady 2O24", "May\u00a02024", "Ｍay ２０２４"])
def test_noise_is_read_through(words: str) -> None:
    assert resolved(words, sentence=f"It was {words}.").edtf == "2024-05"


def test_misprints_of_long_words_are_read() -> None:
    assert resolved("Decernber 2023").edtf == "2023-12"
    assert resolved("Mitte der neuziger Jahre", "de").edtf == "1994~/1996~"


def test_without_a_publication_a_year_later_in_the_sentence_serves() -> None:
    found = resolved("On April 9", published=False, sentence="On April 9 Lee surrendered, and 1865 saw peace.")

    assert (found.edtf, found.anchor) == ("1865-04-09", Anchor("neighbour", 0, "1865"))


def test_an_anchor_quotes_the_text_as_it_stands() -> None:
    found = resolved(
        "In July", published=False, sentence="In July it rained.", context=["On\u00a03–4 May 1936 it rained."]
    )

    assert found.anchor == Anchor("neighbour", -1, "On\u00a03–4 May 1936")


def test_the_second_year_of_a_pair_takes_its_century_from_the_first() -> None:
    assert resolved("58", sentence="The expedition of 1957–58 was long.").edtf == "1958"
    assert isinstance(resolve("58", "It was ¹²³⁴-58.", "en", PUBLISHED, []), Abstention)


def test_today_beside_a_story_of_old_times_means_nowadays() -> None:
    sentence = "The tower stands empty today."
    story = ["It was built in May 1912.", "A fire gutted it that autumn."]

    assert isinstance(resolve("today", sentence, "en", PUBLISHED, story), Abstention)
    assert resolved("today", sentence="The court ruled today.").edtf == "2024-05-24"
