import re

from dateline.ask.prompt import instructions, repair_instructions


def test_the_dates_of_the_examples_are_those_of_no_news() -> None:
    """A small model copies them; a year that is neither in the text nor near its publication is no date of an event."""
    years = {int(year) for year in re.findall(r"\b\d{4}\b", instructions("en"))}

    assert all(year < 1900 for year in years)


def test_the_output_language_is_the_only_thing_that_varies() -> None:
    assert instructions("fr") == instructions("en").removesuffix("en") + "fr"


def test_a_repair_names_each_failure_up_to_a_limit() -> None:
    message = repair_instructions([f"failure {number}" for number in range(100)])

    assert "- failure 0\n- failure 1\n" in message
    assert message.count("- failure") == 40
