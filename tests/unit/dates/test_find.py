"""Where the dates of a text stand."""

from itertools import pairwise

import pytest

from dateline.dates import find


def found(text: str, language: str) -> list[str]:
    return [expression.words for expression in find(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "Sie trafen sich Ende 2023 in der Türkei; im Januar kam ein Anruf.", ["Ende 2023", "im Januar"]),
        ("de", "Vom 3. bis 5. Mai tagte er, wie schon vor drei Wochen.", ["Vom 3. bis 5. Mai", "vor drei Wochen"]),
        ("de", "Das hat zwei Monate gedauert. 2023 Soldaten kamen.", []),
        ("de", "Andere sendeten 2023 Signale. Verhandlungen Ende 2023-2024.", ["2023", "Ende 2023-2024"]),
        ("en", "In the late 1990s he left; he may come on Tuesday, May 7.", ["In the late 1990s", "on Tuesday, May 7"]),
        ("en", "Theresa May met August Wilson for two months, every Monday.", []),
        ("en", "Owners of iPhone 4 until September 30, and visitors 4 to 9 May.", ["until September 30", "4 to 9 May"]),
        ("fr", "Il a été élu le 3 mai 2023, en été.", ["le 3 mai 2023", "en été"]),
        ("es", "Llegó a finales de 2023 y se fue el mes pasado.", ["a finales de 2023", "el mes pasado"]),
        ("tr", "2023'ün sonunda geldi, geçen ay gitti.", ["2023'ün sonunda", "geçen ay"]),
        ("ru", "В конце 2023 года он приехал, а 13 февраля уехал.", ["В конце 2023 года", "13 февраля"]),
        ("uk", "Наприкінці 2023 року він приїхав, а 13 лютого поїхав.", ["Наприкінці 2023 року", "13 лютого"]),
        ("de", "Auf der Straße am 17. Juni sang er, in der Straße des 17. Juni nicht.", ["am 17. Juni"]),
        ("en", "They met in the square on 3 May and at the Bridge of 3 May.", ["on 3 May"]),
        ("es", "La plaza del 2 de Mayo sigue cerrada desde el 2 de mayo.", ["desde el 2 de mayo"]),
        ("fr", "Rue du 4 septembre, rien. Dans la rue le 4 septembre, une foule.", ["le 4 septembre"]),
        ("ru", "На площади 8 марта 2023 года пели; улица 8 Марта закрыта.", ["8 марта 2023 года"]),
        ("de", "Im Jahr 489 v. Chr. kam er, im Laufe des Mai nicht.", ["Im Jahr 489 v. Chr.", "im Laufe des Mai"]),
        ("el", "Γύρισε το 478 π.Χ. και έφυγε.", ["το 478 π.Χ."]),
        ("uk", "Того самого дня він поїхав.", ["Того самого дня"]),
        ("nl", "Ze komt 's middags om 7 uur.", ["'s middags om 7 uur"]),
        ("und", "Geboren 1990, gestorben 2023-05-03.", ["1990", "2023-05-03"]),
    ],
)  # fmt: skip
def test_expressions_with_their_prepositions_and_modifiers(language: str, text: str, words: list[str]) -> None:
    assert found(text, language) == words


def test_offsets_count_code_points_of_the_text_as_it_was_given() -> None:
    text = "𝔄\u200b\u00a0Ende\u00a0Ma\u200bi\u00ad 2023."

    (expression,) = find(text, "de")

    assert text[expression.start : expression.end] == expression.words == "Ende\u00a0Ma\u200bi\u00ad 2023"


def test_expressions_stand_in_order_and_do_not_overlap() -> None:
    places = [(one.start, one.end) for one in find("From May to June 2023, in May, 3-5 May, 2021 - 2022 - 2023.", "en")]

    assert places == sorted(places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


def test_empty_text_has_none() -> None:
    assert find("", "de") == []
