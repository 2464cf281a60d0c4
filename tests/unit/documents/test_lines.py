from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("line", "following"),
    [
        (
            "Die Behörde hat die Schleuse nach eigenen Angaben am Montag, dem",
            "16. Mai geschlossen und nicht wieder geöffnet, sagte sie.",
        ),
        (
            "Myndigheten stengte slusen ifølge sin egen kunngjøring mandag den",
            "16. mai, fordi det var sprekker i portene, sa den senere.",
        ),
        (
            "The inquiry into the lock will be led by the former judge Robert",
            "J. Holm, who retired and has since lived by the sea, it was said.",
        ),
        (
            "The talks of the two towns about the cost of the next big repair",
            "– the first since the flood – ended without a result, they said.",
        ),
        (
            "- Der Rat tagte zuletzt und ohne ein Ergebnis am Dienstagabend, den",
            "16. Mai, und will es nun noch einmal versuchen, hieß es dazu.",
        ),
    ],
)
def test_a_sentence_goes_on_though_its_next_line_begins_like_a_list(line: str, following: str) -> None:
    assert shown(f"{line}\n{following}") == [f"{line}\n{following}"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "1. the council of the town rejected the plan for the bridge, they said",
            "2. the mayor asked for more time until the end of March of next year",
        ),
        (
            "1. the council of the town rejected the plan for the bridge, they said",
            "1. the mayor asked for more time until the end of March of next year",
        ),
        (
            "The council of the town rejected the plan for the bridge, as they said.",
            "16. Mai was the day on which it did so, and it was a Tuesday, said she",
        ),
        (
            "These are the points that the council of the town has to decide on now:",
            "1. the plan for the bridge, which is the mayor's and not at all new",
        ),
        (
            "- the council of the town rejected the plan for the bridge, they said",
            "– the mayor asked for more time until the end of March of next year",
        ),
    ],
)
def test_items_of_a_list_are_no_sentence_that_goes_on(first: str, second: str) -> None:
    assert shown(f"{first}\n{second}") == [first, second]


def test_a_long_address_does_not_keep_a_text_from_being_wrapped() -> None:
    wrapped = "The council of the town rejected the plan for the bridge on Tuesday, two\nofficials said.\n"
    address = f"https://moor.example/{'x' * 100}\n"

    assert shown(wrapped * 11 + address)[-2:] == [wrapped.strip(), address.strip()]


def test_lines_that_stand_apart_are_joined_with_none() -> None:
    first, second = "On 16 May 2024 Ada Holm of the Moor Board for Works and for Waters", "wrote: the lock is closed."

    assert shown(f"{first}\n{second}") == [f"{first}\n{second}"]
    text = f"{first}\n{second}"
    assert [text[one.start : one.end] for one in paragraphs(text, apart=[(0, len(first))])] == [first, second]
    assert [text[one.start : one.end] for one in paragraphs(text, wrapped=False)] == [first, second]


@given(st.text(st.sampled_from("ab 1.-\n"), max_size=300), st.booleans())
def test_paragraphs_hold_every_word_once_and_in_order(text: str, wrapped: bool) -> None:
    spans = paragraphs(text, wrapped=wrapped)

    assert "".join("".join(text[one.start : one.end].split()) for one in spans) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_short_lines_are_no_wrapped_text() -> None:
    assert shown("Bread\nMilk\nButter") == ["Bread", "Milk", "Butter"]
