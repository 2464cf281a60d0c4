import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ask.parts import DocumentPart, for_summary
from dateline.ask.request import marker, most_statements, numbered, repair, request
from dateline.documents import Document, Published, Sentence
from dateline.documents.sentences import split


def document(text: str, *, title: str | None = None, published: Published | None = None) -> Document:
    return Document(text, split(text, "en"), "utf-8", "en", title=title, published=published)


def test_the_document_stands_numbered_between_markers() -> None:
    source = document(
        "Talks began.\nThey ended\u00a0 in May.", title="Talks\nend", published=Published(date(2024, 5, 24), "caller")
    )

    assert numbered(source, "abc").splitlines() == [
        "abc 2024-05-24",
        "Title: Talks end",
        "1: Talks began.",
        "2: They ended in May.",
        "abc",
    ]


def test_an_unknown_date_and_a_missing_title_are_not_said() -> None:
    assert numbered(document("Talks began."), "abc").splitlines() == ["abc", "1: Talks began.", "abc"]


def test_a_title_that_the_first_sentence_shown_says_is_not_said_twice() -> None:
    source = document("Talks end.\nThey\u00a0began.", title="They began.")

    assert "Title: They began." in numbered(source, "abc").splitlines()
    assert numbered(source, "abc", source.sentences[1:]).splitlines() == ["abc", "2: They began.", "abc"]


def test_boilerplate_keeps_its_numbers_and_is_not_sent() -> None:
    text = "Talks began. Related: x. They ended."
    sentences = (Sentence(1, 0, 12), Sentence(2, 13, 24, "boilerplate"), Sentence(3, 25, 36))

    lines = numbered(Document(text, sentences, "utf-8"), "abc").splitlines()

    assert lines[1:3] == ["1: Talks began.", "3: They ended."]


def test_a_text_that_holds_its_marker_gets_a_longer_one() -> None:
    class Holding(str):
        """A text that claims to hold any twelve digits: finding a real one would take longer than the universe."""

        __slots__ = ()

        def __contains__(self, digits: object) -> bool:
            return len(str(digits)) <= 12

    text = Holding("Talks began.")

    assert marker("ask", text) == hashlib.sha256(b"ask\nTalks began.").hexdigest()[:13]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_can_end_the_document_or_pose_as_another_sentence(text: str) -> None:
    source = document(text)
    fence = marker("ask", text)

    lines = numbered(source, fence).splitlines()

    assert lines[-1] == fence
    assert [line for line in lines if fence in line] == [lines[0], lines[-1]]
    assert len(lines) == 2 + sum(sentence.role != "boilerplate" for sentence in source.sentences)


def test_the_instructions_are_the_same_for_every_document() -> None:
    one, other = request(document("One."), "ask", "en"), request(document("Two."), "ask", "en")

    assert one.messages[0] == other.messages[0]
    assert one.messages[0].role == "system"
    assert one.schema == other.schema


def test_a_repair_continues_the_conversation() -> None:
    first = request(document("One."), "ask", "en")

    again = repair(first, "{}", ['event "x": it cites no sentence'])

    assert again.messages[:2] == first.messages
    assert [message.role for message in again.messages[2:]] == ["assistant", "user"]
    assert 'event "x": it cites no sentence' in again.messages[3].content


@pytest.mark.parametrize(("characters", "most"), [(100, 5), (4_000, 6), (20_000, 10), (28_000, 12), (400_000, 12)])
def test_a_longer_text_may_have_more_statements(characters: int, most: int) -> None:
    assert most_statements(DocumentPart("1", (Sentence(1, 0, characters),))) == most


def test_more_statements_than_five_are_allowed_before_the_document_and_not_where_a_summary_is_asked_for() -> None:
    short, long = document("One."), document("One.\n" * 1_000)

    def before(source: Document, part: DocumentPart | None = None) -> str:
        return request(source, "ask", "en", part).messages[1].content.partition(marker("ask", source.text))[0]

    assert (before(short), before(long)) == ("", "`say` may hold 6 statements.\n")
    assert "statements" not in before(long, for_summary(long.sentences, 2))
