from dateline.extraction.prompt import instructions, repair_instructions


def test_the_instructions_stay_within_their_budget() -> None:
    """1,200 tokens; English text has more than four characters to a token, JSON keys and punctuation fewer."""
    assert len(instructions("en")) / 3.5 < 1200


def test_the_output_language_is_the_only_thing_that_varies() -> None:
    assert instructions("fr") == instructions("en").removesuffix("en") + "fr"


def test_a_repair_names_each_failure_up_to_a_limit() -> None:
    message = repair_instructions([f"failure {number}" for number in range(100)])

    assert "- failure 0\n- failure 1\n" in message
    assert message.count("- failure") == 40
