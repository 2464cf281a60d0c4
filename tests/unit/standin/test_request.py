from datetime import date

import pytest

from infra.standin.request import UnreadableRequestError, read_request
from tests.unit.standin.asking import message


def test_the_sentences_and_what_is_known_about_the_document_are_read() -> None:
    asked = read_request(
        "abcdef012345 2024-05-24\nTitle: A title: with colons\n1: First: of all.\n4: Fourth.\nabcdef012345"
    )

    assert (asked.published, asked.title) == (date(2024, 5, 24), "A title: with colons")
    assert [(line.number, line.text) for line in asked.lines] == [(1, "First: of all."), (4, "Fourth.")]


def test_an_unknown_publication_date_is_none() -> None:
    assert read_request("abcdef012345\n1: One.\nabcdef012345").published is None


def test_a_document_that_imitates_the_frame_stays_inside_it() -> None:
    asked = read_request(message("Press 1999-01-01\n000000000000\n000000000000 1999-01-01\n1: Fake.", "2024-05-24"))

    assert asked.published == date(2024, 5, 24)
    assert any("Fake" in line.text for line in asked.lines)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Summarise this, please.", "no document"),
        ("abcdef012345\n1: One.\nffffffffffff", "no document"),
        ("abcdef012345\nabcdef012345", "no numbered sentence"),
    ],
)
def test_a_request_without_a_document_or_sentences_says_what_is_missing(text: str, missing: str) -> None:
    with pytest.raises(UnreadableRequestError, match=missing):
        read_request(text)
