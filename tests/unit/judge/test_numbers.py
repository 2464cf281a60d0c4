from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.judge.numbers import has_table, numbers
from dateline.text import plain


def claimed(text: str, language: str) -> list[float]:
    return [float(value) for number in numbers(plain(text), language, claimed=True) for value in sorted(number.values)]


def seen(text: str, language: str) -> set[float]:
    return {float(value) for number in numbers(plain(text), language, claimed=False) for value in number.values}


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "two hundred and fifty thousand, twenty-three, one and a half million", [250_000, 23, 1_500_000]),
        ("de", "zweitausendfünfhundert, einundzwanzig, zweieinhalb Millionen, zwölften", [2_500, 21, 2_500_000, 12]),
        (
            "fr",
            "quatre-vingt-dix-sept, vingt et un, deux cent mille, soixante-douze, dix-sept",
            [97, 21, 200_000, 72, 17],
        ),
        ("es", "treinta y uno, doscientos mil, veintidós, dos millones", [31, 200_000, 22, 2_000_000]),
        ("tr", "yüz elli iki, on bir bin, iki buçuk milyon, üçüncü", [152, 11_000, 2_500_000, 3]),
        ("ru", "двадцати трёх, двухсот тысяч, пятью, третьего", [23, 200_000, 5, 3]),
        ("uk", "п'ятдесят три, двісті тисяч, трьох, десяти", [53, 200_000, 3, 10]),
    ],
)
def test_number_words_are_read_by_value(language: str, text: str, values: list[float]) -> None:
    assert claimed(text, language) == values


@given(
    st.integers(0, 10**9), st.sampled_from([("en", ","), ("de", "."), ("fr", "\u202f"), ("ru", "\u00a0"), ("es", ".")])
)
def test_grouped_digits_are_read_as_their_language_groups_them(number: int, how: tuple[str, str]) -> None:
    language, sign = how

    assert claimed(f"{number:,}".replace(",", sign), language) == [number]


@pytest.mark.parametrize(("language", "text"), [("en", "1.5"), ("de", "1,5"), ("tr", "1,5"), ("uk", "1,5")])
def test_a_decimal_sign_makes_a_fraction(language: str, text: str) -> None:
    assert claimed(f"{text} x", language) == [1.5]


def test_a_sign_that_may_group_or_divide_is_read_both_ways() -> None:
    assert claimed("1,500", "de") == [1.5, 1500]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "eine dreitägige Reise", 3),
        ("de", "erstmals beide", 2),
        ("ru", "двухдневный визит", 2),
        ("en", "twice", 2),
        ("en", "two to three million", 2_000_000),
        ("de", "um 20.30 Uhr", 30),
    ],
)
def test_what_may_prove_a_number_counts_in_a_source(language: str, text: str, value: float) -> None:
    assert value in seen(text, language)


@pytest.mark.parametrize("text", ["a tense meeting often", "tent", "forty-ish fortress", "the onesie"])
def test_a_word_that_only_begins_like_a_number_claims_none(text: str) -> None:
    assert all(value == 40 for value in claimed(text, "en"))


def test_percent_rounding_and_plurals_are_told() -> None:
    percent, about, plural = numbers("5 percent; about 500; hundreds", "en", claimed=True)

    assert (percent.percent, about.about, plural.vague) == (True, True, True)
    assert about.values == {Fraction(500)}
    assert plural.values == {Fraction(100)}


def test_a_language_without_a_table_is_read_in_digits() -> None:
    assert not has_table("it")
    assert claimed("47 persone, tre ministri", "it") == [47]


@given(st.text(max_size=60), st.sampled_from(["en", "de", "fr", "es", "tr", "ru", "uk", "und"]), st.booleans())
def test_any_text_can_be_read(text: str, language: str, claims: bool) -> None:
    said = plain(text)

    assert all(0 <= number.start < number.end <= len(said) for number in numbers(said, language, claimed=claims))
