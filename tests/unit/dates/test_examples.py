"""Every rule in every language, by the example files beside this test."""

from datetime import date

import pytest

from dateline.dates import Abstention, Resolution, resolve
from dateline.dates.grammar.actions import ACTIONS
from dateline.dates.language.table import languages, table_for
from tests.unit.dates.examples import ALL, LANGUAGES, Example, examples

PUBLISHED = date(2024, 5, 24)
# Never the name of a whole expression that is resolved.
INNER = {"n", "same", "half", "short_year", "spelled", "duration", "vague", "no_date", "repetition", "recurring"}


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.line)
def test_example(example: Example) -> None:
    found = resolve(example.words, example.sentence, example.language, PUBLISHED, example.context)

    if example.edtf == "-":
        assert isinstance(found, Abstention)
        assert found.reason == example.rule
    else:
        assert isinstance(found, Resolution)
        assert (found.edtf, found.rule) == (example.edtf, f"{example.language.split('-')[0]}.{example.rule}")


def test_every_language_with_a_table_has_examples() -> None:
    assert set(LANGUAGES) >= languages()


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_rule_of_a_language_has_an_example(language: str) -> None:
    table, common = table_for(language), table_for("common")
    assert table is not None
    assert common is not None
    shared = {rule for rules in common.rules.values() for _, rule in rules}
    own = {rule.action for rules in table.rules.values() for _, rule in rules if rule not in shared}

    shown = {example.rule.split(".")[0] for example in examples(language)}

    assert own & ACTIONS.keys() - INNER - shown == set()


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_language_has_look_alikes(language: str) -> None:
    reasons = {example.rule for example in examples(language) if example.edtf == "-"}

    assert {
        "looks like a date and is none here", "a length of time, not a date", "a repetition, not a date",
    } <= reasons  # fmt: skip
