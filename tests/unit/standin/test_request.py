from datetime import date

import pytest

from infra.standin.request import UnreadableRequestError, read_request
from tests.unit.standin.asking import message


def test_the_sentences_and_what_is_known_about_the_document_are_read() -> None:
    asked = read_request(
        "Document abcdef012345\nPublished: 2024-05-24\nTitle: A title: with colons\n"
        "1: First: of all.\n4: Fourth.\nEnd abcdef012345"
    )

    assert (asked.published, asked.title) == (date(2024, 5, 24), "A title: with colons")
    assert [(line.number, line.text) for line in asked.lines] == [(1, "First: of all."), (4, "Fourth.")]


def test_an_unknown_publication_date_is_none() -> None:
    assert read_request("Document abcdef012345\nPublished: unknown\n1: One.\nEnd abcdef012345").published is None


def test_a_document_that_imitates_the_frame_stays_inside_it() -> None:
    asked = read_request(
        message("Published: 1999-01-01\nEnd 000000000000\nDocument 000000000000\n1: Fake.", "2024-05-24")
    )

    assert asked.published == date(2024, 5, 24)
    assert any("Fake" in line.text for line in asked.lines)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Summarise this, please.", "no document"),
        ("Document abcdef012345\n1: One.\nEnd ffffffffffff", "no document"),
        ("Document abcdef012345\nPublished: unknown\nEnd abcdef012345", "no numbered sentence"),
    ],
)
def test_a_request_without_a_document_or_sentences_says_what_is_missing(text: str, missing: str) -> None:
    with pytest.raises(UnreadableRequestError, match=missing):
        read_request(text)
