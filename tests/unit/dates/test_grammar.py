"""The chart parser: ambiguity, bounds, and the same meanings whatever stands around."""

import time

import pytest

from dateline.dates.grammar.chart import LONGEST, Chart
from dateline.dates.grammar.expressions import whole
from dateline.dates.grammar.tree import Named, Part, Range
from dateline.dates.language.table import languages, table_for
from dateline.dates.language.tokens import tokens_of


def test_the_likeliest_meaning_comes_first() -> None:
    table = table_for("de")
    assert table is not None

    first = whole("Ende 2023-2024", table)[0]

    assert first.node == Range(Part("end", Named("year", 2023)), Named("year", 2024))


def test_no_expression_is_longer_than_the_bound() -> None:
    table = table_for("en")
    assert table is not None
    tokens = tokens_of("the beginning of " * 40 + "2023", table)

    chart = Chart(tokens, table)

    found = [parsed for start in range(len(tokens)) for parsed in chart.at(start)]

    assert max(parsed.end - parsed.start for parsed in found) <= LONGEST


@pytest.mark.parametrize("language", ["en", "de", "tr"])
def test_words_alone_mean_nothing(language: str) -> None:
    table = table_for(language)
    assert table is not None

    assert not whole("of the in and", table)
    assert not whole("", table)
    assert not whole("...", table)


@pytest.mark.parametrize("language", sorted(languages()))
def test_parts_of_days_in_a_row_are_given_up_quickly(language: str) -> None:
    table = table_for(language)
    assert table is not None
    parts = [key for key, forms in table.words.items() for _, readings in forms if ("daypart", "night") in readings]
    tokens = tokens_of(f"{parts[0]} " * LONGEST, table)

    def seconds() -> float:
        started = time.process_time()
        Chart(tokens, table)
        return time.process_time() - started

    assert min(seconds() for _ in range(5)) < 0.05  # what one call may take at most


def test_a_place_keeps_the_longest_meaning_of_ordinary_words_within_its_bound() -> None:
    table = table_for("el")
    assert table is not None

    found = whole("το πρωί της 1ης Νοεμβρίου του 1963", table)

    assert found[0].node == Named("day", 1, Named("month", 11, Named("year", 1963)))
