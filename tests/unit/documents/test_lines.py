from dateline.documents.lines import paragraphs


def shown(text: str) -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text)]


def test_a_line_is_a_paragraph_in_a_text_with_long_lines() -> None:
    text = f"A heading\n{'word ' * 40}\n\nThe end"

    assert shown(text) == ["A heading", "word " * 40, "The end"]


def test_lines_wrapped_at_a_column_are_joined() -> None:
    text = (
        "Council rejects the plan\n"
        "\n"
        "The council of the town rejected the plan for the bridge on Tuesday, two\n"
        "officials said, after a long debate in which the mayor had asked for more\n"
        "time.\n"
        "A second vote is planned.\n"
    )

    assert [part.count("\n") for part in shown(text)] == [0, 2, 0]


def test_list_items_stay_apart_though_their_lines_are_full() -> None:
    text = (
        "- the council of the town rejected the plan for the bridge, they said\n"
        "- the mayor asked for more time until the end of March of next year\n"
        "1. the court will decide about it at some later time, it was said ok\n"
    )

    assert len(shown(text)) == 3


def test_short_lines_are_no_wrapped_text() -> None:
    assert shown("Bread\nMilk\nButter") == ["Bread", "Milk", "Butter"]
