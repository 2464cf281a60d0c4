import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    "line",
    [
        "1. Mai 2019: Der Rat tagt.",
        "16. Mai 2023 war ein Dienstag.",
        "1. 5. 2023 rada zasedala.",
        "1986. Ein gutes Jahr.",
        "3) The third point.",
        "17.",
        "2. 3. 1.",
    ],
)
def test_a_number_at_the_start_of_a_paragraph_stays(line: str) -> None:
    assert read_markdown(f"# Chronik\n\n{line}\n\nDanach nichts.\n".encode(), LIMITS).text.split("\n")[1] == line


def test_items_of_a_list_keep_their_numbers() -> None:
    text = "Points:\n\n1. one\n2. two\n   - inner\n\nEnd.\n"

    assert read_markdown(text.encode(), LIMITS).text == "Points:\n1. one\n2. two\ninner\nEnd."


@pytest.mark.parametrize("mark", ["1. Mai", "– the first", "J. Holm"])
def test_a_wrapped_line_is_no_list_whatever_it_begins_with(mark: str) -> None:
    assert read_markdown(f"They said that it was on the day of\n{mark} a good one.".encode(), LIMITS).text == (
        f"They said that it was on the day of {mark} a good one."
    )


def test_code_stays_as_it_is() -> None:
    assert read_markdown(b"```\non the\n1. a\n```\n", LIMITS).text == "on the\n1. a"


def test_a_list_may_follow_its_introduction_at_once() -> None:
    text = "The points are:\n1. one\n2. two\n\nSome points\n- three\n- four\n\nOthers\n1. five\n"

    assert read_markdown(text.encode(), LIMITS).text.split("\n") == [
        "The points are:", "1. one", "2. two", "Some points", "three", "four", "Others", "1. five",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "tag", ["</div>", "<br>", "<hr/>", "<details>", '<a name="x"></a>', "<p></p>", "<!DOCTYPE html>"]
)
def test_a_lone_tag_leaves_the_text(tag: str) -> None:
    assert read_markdown(f"Seen.\n\n{tag}\n\nAlso seen.\n".encode(), LIMITS).text == "Seen.\nAlso seen."


@pytest.mark.parametrize("tag", ['<div style="display:none">', "<div hidden>", "<template>"])
def test_what_stands_between_tags_that_hide_is_left_out(tag: str) -> None:
    name = re.split(r"\W", tag)[1]
    text = f"Seen on\n1. Mai.\n\n{tag}\n\nReport a lie.\n\n</{name}>\n\n16. Mai, also seen.\n"

    assert read_markdown(text.encode(), LIMITS).text == "Seen on 1. Mai.\n16. Mai, also seen."


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("12.-)# >|*`<div/>\n aB"), max_size=80))
def test_any_markdown_keeps_its_figures(text: str) -> None:
    shown = re.sub(r"<[^>]*>|&[^;]*;|[<>]", "", text)

    try:
        content = read_markdown(f"x\n\n{text}".encode(), LIMITS)
    except Rejected:
        return

    if shown == text:
        assert re.sub(r"\D", "", content.text) == re.sub(r"\D", "", text)


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
