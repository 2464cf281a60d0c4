"""Numbers that are part of a name count nothing, and may stand elsewhere in the document."""

import pytest

from dateline.documents.read import read
from dateline.judge.designations import Designations

TEXT = (
    "Kelm Air sold a Tarvo 640 and two of its 640s last week. The first K380 flew to Elvry, and the K380s carry mail. "
    "Its 977-200LR has a phone, the Ondo 4, on board. Some 850 guests waited at Gate 7 on 15 June. "
    "The flight took 900 minutes and cost 500kW. In March 1200 people came."
)


def named(title: str, text: str = TEXT, language: str = "en") -> list[str]:
    document = read(text.encode(), name="x", language=language)
    return [title[start:end] for start, end in Designations(document).spans(title)]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("First flight of the K380", "K380"),
        ("Kelm Air to sell its K380s", "K380s"),
        ("The K380's maiden flight", "K380"),
        ("The 640 is sold", "640"),
        ("Kelm Air buys 55 640s", "640s"),
        ("Delivery of the 977-200LR", "977-200LR"),
        ("Ondo 4 goes on sale", "4"),
        ("Guests wait at Gate 7", "7"),
    ],
)
def test_a_designation_of_the_document_is_found_in_a_title(title: str, name: str) -> None:
    assert name in named(title)


@pytest.mark.parametrize(
    "title",
    [
        "850 guests wait",
        "900 minutes in the air",
        "1200 people come",
        "15 people die",
        "4 people die",
        "7 guests wait",
        "640 people die",
        "640 flights are cancelled",
        "The K390 flies",
        "Ondo 5 goes on sale",
    ],
)
def test_a_quantity_is_none(title: str) -> None:
    assert named(title) == []


def test_german_nouns_behind_a_number_make_no_name_of_it() -> None:
    assert named("850 Tote", "Am Abend warteten 850 Menschen in Kelm.", "de") == []
