from datetime import date

import pytest

from dateline.ask.schema import AnswerEvent
from dateline.documents import Published
from dateline.documents.read import read
from dateline.judge.dating import Dated, date_event
from dateline.judge.mentions import Mentions, Source
from dateline.records import Course, When
from tests.unit.judge.dating import dated


@pytest.mark.parametrize(
    ("words", "widened"),
    [("2023", "Ende 2023"), ("Ende 2023", "Ende 2023"), ("Ende", "Ende 2023")],
)
def test_the_models_words_are_widened_to_the_whole_expression(words: str, widened: str) -> None:
    assert dated("Sie trafen sich Ende 2023 in Köln.", words, None).when.words == widened


def test_of_words_that_stand_twice_the_ones_in_a_date_count() -> None:
    when = dated("Nach § 2023 trafen sie sich Ende 2023.", "2023", None).when

    assert when.words == "Ende 2023"


def test_words_around_a_date_are_left_out_if_the_model_means_the_date() -> None:
    when = dated("Sie trafen sich Ende 2023 in Köln.", "trafen sich Ende 2023", "2023-09~/2023-12~").when

    assert (when.words, when.checked) == ("Ende 2023", "agrees")


def test_words_around_a_date_that_change_it_are_not_left_out() -> None:
    when = dated("Drei Vollmonde vor jenem 3. Mai 2023.", "Drei Vollmonde vor jenem 3. Mai 2023", "2023-02-01").when

    assert when.checked == "model"


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("Sie tagten Ende 2023.", "Ende 2023", "2023-09~/2023-12~"),
        ("Sie tagten Ende 2023.", "Ende 2023", "2023-10/2023-12"),
        ("Sie tagten Ende 2023.", "Ende 2023", "2023-36"),
        ("Sie tagten im Mai 2023.", "im Mai 2023", "2023-05"),
        ("Sie tagten am 3. Mai 2023.", "am 3. Mai 2023", "2023-05-03?"),
    ],
)
def test_dates_of_the_same_unit_about_the_same_time_agree(text: str, words: str, edtf: str) -> None:
    when = dated(text, words, edtf)

    assert (when.when.checked, when.when.model, when.problem) == ("agrees", None, None)


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("Sie tagten Ende 2023.", "Ende 2023", "2023-03"),
        ("Sie tagten Ende 2023.", "Ende 2023", "2023-12"),
        ("Sie tagten Ende 2023.", "Ende 2023", "2023"),
        ("Sie tagten am 3. Mai 2023.", "am 3. Mai 2023", "2023-05-03/.."),
        ("Sie tagten am 3. Mai 2023.", "am 3. Mai 2023", "../2023-05-03"),
        ("Sie tagten seit 2019.", "seit 2019", "2019"),
        ("Sie tagten Ende 2023.", "Ende 2023", "2024"),
        ("Sie tagten im Mai 2023.", "im Mai 2023", "2023-05-15"),
        ("Sie tagten im Mai 2023.", "im Mai 2023", "2023"),
    ],
)
def test_where_the_words_hold_the_whole_date_the_resolvers_is_shown_and_the_models_kept(
    text: str, words: str, edtf: str
) -> None:
    result = dated(text, words, edtf)

    assert result.when.checked == "differs"
    assert result.when.edtf != edtf
    assert result.when.model is not None
    assert result.when.model.edtf == edtf
    assert result.when.resolver is None
    assert result.problem is not None
    assert not result.problem.again


def test_where_words_hang_on_the_story_the_models_date_is_shown_and_the_resolvers_kept() -> None:
    when = dated("Repairs began in May.", "in May", "2003-05", language="en", published=date(2004, 6, 1)).when

    assert (when.checked, when.edtf, when.model) == ("differs", "2003-05", None)
    assert when.resolver is not None
    assert when.resolver.edtf == "2004-05"


def test_a_year_that_neither_the_text_nor_its_publication_knows_is_not_shown() -> None:
    when = dated("Repairs began in May.", "in May", "1993-05", language="en", published=date(2004, 6, 1)).when

    assert (when.checked, when.edtf) == ("differs", "2004-05")
    assert when.model is not None


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("within the next six months", "2004-06-01/2004-12-01"), ("at 08:30 UTC", "2004-05-30")],
)
def test_words_whose_frame_is_not_known_here_are_dated_by_the_model(words: str, edtf: str) -> None:
    when = dated(
        f"A storm came up. It sails {words}.", words, edtf, language="en", published=date(2004, 6, 1), course="done"
    ).when

    assert (when.checked, when.edtf) == ("model", edtf)


@pytest.mark.parametrize("edtf", [None, "end of 2023"])
def test_without_a_date_of_the_models_the_resolver_stands_alone(edtf: str | None) -> None:
    when = dated("Sie tagten Ende 2023.", "Ende 2023", edtf).when

    assert (when.checked, when.model) == ("resolver", None)


# Quechua has no table, and nobody's rules read its months.
@pytest.mark.parametrize(
    ("text", "edtf", "published", "basis"),
    [
        ("Hatun rimanakuy 2023 watapi. Inti raymi killapi tukukurqan.", "2023-06", None, "context"),
        ("Inti raymi killapi tukukurqan.", "2024-06", date(2024, 9, 1), "relative"),
    ],
)
def test_words_that_no_rule_reads_are_dated_by_the_model_within_what_the_text_allows(
    text: str, edtf: str, published: date | None, basis: str
) -> None:
    when = dated(text, "Inti raymi killapi", edtf, language="qu", published=published).when

    assert (when.checked, when.edtf, when.basis) == ("model", edtf, basis)


@pytest.mark.parametrize(
    ("edtf", "published", "course"),
    [("2023-06", None, "done"), ("2024-11", date(2024, 9, 1), "done"), ("2024-06", date(2024, 9, 1), "planned")],
)
def test_what_the_text_does_not_allow_is_undated(edtf: str, published: date | None, course: Course) -> None:
    result = dated(
        "Inti raymi killapi tukukurqan.", "Inti raymi killapi", edtf, course=course, language="qu", published=published
    )

    assert result.when.basis == "undated"
    assert result.problem is not None
    assert (result.problem.code, result.problem.again) == ("date_unresolved", False)


def test_words_that_date_nothing_carry_no_date_of_the_models() -> None:
    headline = "Sale of Harland Ferries collapses over hidden debt"

    result = dated(headline, headline, "2023-11-21", language="en", published=date(2023, 11, 21))

    assert result.when.basis == "undated"
    assert result.problem is not None
    assert result.problem.code == "date_unresolved"


@pytest.mark.parametrize(
    ("text", "words", "edtf", "language"),
    [
        ("Mrs Ada March opened the pier in 2024.", "March", "2024-03", "en"),
        ("In 2024 they paid 2019 workers.", "2019", "2019", "en"),
        ("Im Jahr 2024 brannte es in der Straße des 17. Juni.", "17. Juni", "2024-06-17", "de"),
        ("La route fut coupée pendant six heures en 2024.", "pendant six heures", "2024-05", "fr"),
        ("Die Straße war 2024 drei Stunden gesperrt.", "drei Stunden", "2024-05", "de"),
    ],
)
def test_a_look_alike_or_a_duration_carries_no_date_of_the_models(
    text: str, words: str, edtf: str, language: str
) -> None:
    result = dated(text, words, edtf, language=language, published=date(2024, 9, 1))

    assert result.when.basis == "undated"


def test_a_year_that_the_text_names_later_founds_a_date_of_the_models() -> None:
    text = "Quyllur killapi rimanakurqanku. Hatun raymi 2023 watapi karqan."

    when = dated(text, "Quyllur killapi", "2023-02", language="qu", cites=0).when

    assert (when.checked, when.edtf, when.basis) == ("model", "2023-02", "context")


def test_the_course_tells_the_direction() -> None:
    day = date(2024, 5, 24)

    past = dated("Die Wahl im Januar.", "im Januar", None, course="done", published=day).when
    future = dated("Die Wahl im Januar.", "im Januar", None, course="planned", published=day).when

    assert (past.edtf, future.edtf) == ("2024-01", "2025-01")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in May", "2004-06"),
        ("in May", "2003"),
        ("in May", "2003-05/.."),
        ("on Tuesday", "2004-05-24"),
        ("yesterday", "2004-05-29"),
    ],
)
def test_a_date_that_no_reading_of_the_words_allows_is_not_shown(words: str, edtf: str) -> None:
    text = f"The pier of 2003 stood for long. Repairs began {words}."

    when = dated(text, words, edtf, language="en", published=date(2004, 6, 1)).when

    assert (when.checked, when.edtf != edtf, when.resolver) == ("differs", True, None)
    assert when.model is not None


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("Ferries are not due until October.", "until October", "en"),
        ("Die Fähren kommen nicht bis Oktober.", "bis Oktober", "de"),
        ("The ferries, due in May, are delayed until October.", "until October", "en"),
        ("Die Lieferung wurde bis Oktober vertagt.", "bis Oktober", "de"),
    ],
)
def test_a_preposition_that_a_negation_or_a_verb_turns_is_left_out_as_the_model_does(
    text: str, words: str, language: str
) -> None:
    when = dated(text, words, "2007-10", language=language, published=date(2007, 3, 19), course="planned").when

    assert (when.checked, when.edtf) == ("agrees", "2007-10")


def test_what_is_not_due_before_a_month_may_be_due_in_it_or_later() -> None:
    text = "Ferries are not due before October."

    when = dated(text, "October", "2007-10/..", language="en", published=date(2007, 3, 19), course="planned").when

    assert (when.checked, when.edtf, when.latest, when.extent) == ("agrees", "2007-10/..", None, "within")


def test_words_that_count_from_a_date_count_from_that_of_a_cited_sentence() -> None:
    text = "The pier fell on 3 May 2003. A storm came on 9 June 2003. The mayor resigned the next day."
    document = read(text.encode(), name="x", language="en", published=Published(date(2004, 6, 1), "caller"))
    event = AnswerEvent(t="x", s=[3, 1], x=[], d="the next day", e=None)

    def when(*cited: int) -> When:
        source = Source(document, Mentions(document), "en", "en")
        found = date_event(event, [document.sentences[number - 1] for number in cited], source)
        assert isinstance(found, Dated)
        return found.when

    alone, beside = when(3), when(3, 1)
    assert (alone.edtf, beside.edtf) == ("2003-06-10", "2003-05-04")
    assert beside.anchor is not None
    assert (beside.anchor.sentence, beside.anchor.words) == (1, "on 3 May 2003")
