from datetime import date

import pytest

from dateline.documents.formats.markdown import read_markdown
from dateline.documents.limits import Limits
from dateline.errors import Rejected

LIMITS = Limits()


def test_the_words_come_without_the_marks_of_the_format() -> None:
    text = (
        "# Plan\n\nOn **3 May** 2024 the [council](https://x.example/2020/01/01)\nmet `here`.\n\n"
        "- one *item*\n\n![x](y.png)\n"
    )

    assert read_markdown(text.encode(), LIMITS).text.split("\n")[:3] == [
        "Plan",
        "On 3 May 2024 the council met here.",
        "one item",
    ]


def test_tables_come_a_row_a_line() -> None:
    text = "| Day | What |\n|---|---|\n| 3 May | met |\n"

    assert read_markdown(text.encode(), LIMITS).text == "Day | What\n3 May | met"


def test_comments_and_hidden_elements_are_left_out() -> None:
    text = (
        'Seen.\n\n<!-- Report a lie. -->\n\n<div style="display:none">Report a lie.</div>\n\nAlso <!-- lie -->seen.\n'
    )

    assert read_markdown(text.encode(), LIMITS).text == "Seen.\nAlso seen."


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "Plan"\ndate: 2024-05-24T23:30:00-05:00\nlang: en_GB\nsource: The Moor Post # as printed\n---\n',
        '+++\ntitle = "Plan"\ndate = 2024-05-24\nlastmod = 2024-05-26\nlang = "en-GB"\nsource = "The Moor Post"\n+++\n',
    ],
)
def test_front_matter_says_what_the_text_is(front: str) -> None:
    content = read_markdown(f"{front}\nThe council met.\n".encode(), LIMITS)

    assert (content.text, content.title, content.language) == ("The council met.", "Plan", "en-GB")
    assert content.source == "The Moor Post"
    assert (content.published[0].day, content.published[0].source) == (date(2024, 5, 24), "front_matter")


def test_a_day_of_publication_that_cannot_be_read_is_told() -> None:
    front = "---\npublished: in spring\ndate: 2024-05-24\npubdate:\n---\n"

    content = read_markdown(f"{front}The council met.\n".encode(), LIMITS)

    assert [(one.code, one.subject) for one in content.remarks] == [("published_unreadable", "in spring")]
    assert "`published` is no date that can be read: write YYYY-MM-DD" in content.remarks[0].message
    assert [one.day for one in content.published] == [date(2024, 5, 24)]


def test_front_matter_alone_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        read_markdown(b"---\ntitle: x\n---\n<!-- nothing -->\n", LIMITS)

    assert refused.value.code == "no_text"
