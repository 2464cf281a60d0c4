"""What holds of every answer, whatever the input: bounds in order and inside the EDTF's own, and no surprises."""

import math
import random
import time
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Protocol, cast

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.dates import Abstention, Day, Resolution, find, resolve
from dateline.dates.language.table import languages
from tests.unit.dates.examples import ALL

PUBLISHED = date(2024, 5, 24)
TAGS = [*sorted(languages()), "en-US", "und"]


class Parsed(Protocol):
    def lower_strict(self) -> Sequence[int] | float: ...
    def upper_strict(self) -> Sequence[int] | float: ...


@cache
def parsed_edtf(value: str) -> Parsed:
    """Parse with a library that takes some ten milliseconds for each, and many examples have the same."""
    return cast("Parsed", edtf.parse_edtf(value))


def check(found: Resolution) -> None:
    parsed = parsed_edtf(found.edtf)
    lower, upper = parsed.lower_strict(), parsed.upper_strict()
    if found.earliest is not None:
        assert not isinstance(lower, float)
        assert found.earliest >= Day(*lower[:3])
    else:
        assert lower == -math.inf
    if found.latest is not None:
        assert not isinstance(upper, float)
        assert found.latest <= Day(*upper[:3])
    else:
        assert upper == math.inf
    assert found.earliest is not None or found.latest is not None
    if found.earliest is not None and found.latest is not None:
        assert found.earliest <= found.latest


def test_answers_to_all_examples_are_valid_edtf_with_their_bounds_inside() -> None:
    for example in ALL:
        found = resolve(example.words, example.sentence, example.language, PUBLISHED, example.context)
        if isinstance(found, Resolution):
            check(found)


def test_the_order_of_calls_changes_nothing() -> None:
    def answers(order: list[int]) -> dict[int, Resolution | Abstention]:
        asked = {place: ALL[place] for place in order}
        return {
            place: resolve(one.words, one.sentence, one.language, PUBLISHED, one.context)
            for place, one in asked.items()
        }

    places = list(range(len(ALL)))
    shuffled = random.Random(7).sample(places, len(places))

    assert answers(places) == answers(shuffled)


words = st.lists(
    st.sampled_from(sorted({word for example in ALL for word in example.words.split()})), min_size=1, max_size=7
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(words=words, tag=st.sampled_from(TAGS), published=st.none() | st.dates())
def test_words_of_dates_in_any_order_give_valid_answers(words: str, tag: str, published: date | None) -> None:
    found = resolve(words, f"It was {words} then.", tag, published, ["Im Mai 1923 zog er um."])

    if isinstance(found, Resolution):
        check(found)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=200), tag=st.sampled_from(TAGS), direction=st.sampled_from([None, "past", "future"]))
def test_any_text_is_answered(text: str, tag: str, direction: str | None) -> None:
    found = resolve(text, text[::-1], tag, PUBLISHED, [text, "3 May 2023"], direction)  # type: ignore[arg-type]

    assert isinstance(found, Resolution | Abstention)
    for expression in find(text, tag):
        assert text[expression.start : expression.end] == expression.words


MILLION = 1_000_000
HOSTILE = [
    "1", "1.", "1/", "May 1, ", "from 1 to 2 ", "of the ", "\u200b", "(", "M\u200ba\u200by ", "XIX ", "2023-2024-",
    "last last the ", "9 pm ", "\U0001d504",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_million_hostile_characters_take_no_time(piece: str) -> None:
    text = piece * (MILLION // len(piece))
    resolve("May", "May", "en", PUBLISHED, [])
    find("May", "tr")

    def seconds() -> float:
        started = time.process_time()
        resolve(text, text, "en", PUBLISHED, [text])
        resolve("May", f"{text}May{text}", "en", PUBLISHED, [text] * 5)
        find(text, "tr")
        return time.process_time() - started

    assert min(seconds() for _ in range(3)) < 0.15  # three calls of at most 50 ms; the lowest, as the machine is shared
