from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.search.folding import fold
from dateline.search.query import read_query
from dateline.search.segment import Header, Piece, Segment, batches, header_end, read_header, write_segment
from dateline.search.words import RunWords
from tests.unit.search.words import content, event, piece

WORDS = st.text(st.sampled_from("aAáb '北京.\x1f\n"), max_size=12)


def found(segment: Segment, query: str) -> list[tuple[str, bool]]:
    return [(segment.entries[number].document, front) for number, front in segment.scan(read_query(query))]


def segment(*contents: RunWords) -> Segment:
    return Segment(write_segment([Piece.of(one) for one in contents]))


def test_every_word_must_occur_somewhere_in_a_document() -> None:
    there = segment(content("doc_a", "the council voted"), content("doc_b", "the council met"))

    assert found(there, "council") == [("doc_a", False), ("doc_b", False)]
    assert found(there, "council met") == [("doc_b", False)]
    assert found(there, "counc") == []
    assert found(there, "counc*") == [("doc_a", False), ("doc_b", False)]
    assert found(there, '"the voted"') == []


def test_no_phrase_reaches_from_one_field_or_document_to_the_next() -> None:
    there = segment(
        content("doc_a", "met in May", title="The council", medium="Sarn Post"), content("doc_b", "It was cold")
    )

    assert found(there, '"council sarn"') == []
    assert found(there, '"post met"') == []
    assert found(there, '"may it"') == []


def test_documents_whose_titles_and_names_hold_all_of_it_are_told_apart() -> None:
    there = segment(
        content("doc_a", "of a vote", title="Council", events=(event("A vote", names=["Ilka Rohn"]),)),
        content("doc_b", "The council"),
    )

    assert found(there, "council") == [("doc_a", True), ("doc_b", False)]
    assert found(there, "rohn vote council") == [("doc_a", True)]


def test_an_empty_segment_and_empty_documents_are_scanned() -> None:
    assert found(segment(), "council") == []
    assert found(segment(content(), content("doc_b", "council")), "council") == [("doc_b", False)]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5), st.sampled_from(["a", "ab*", "北京", '"a b"', "a b"]))
def test_scanning_bytes_finds_what_looking_into_each_text_finds(words: list[tuple[str, str, str]], query: str) -> None:
    contents = [content(f"doc_{n}", text, title=title, medium=medium) for n, (title, medium, text) in enumerate(words)]
    terms = read_query(query)

    seen = [number for number, _ in segment(*contents).scan(terms)]

    assert seen == [
        number
        for number, parts in enumerate(words)
        if all(any(term.pattern in f" {fold(part)} " for part in parts) for term in terms)
    ]


def test_entries_are_taken_out_and_put_together_again_as_they_were() -> None:
    first, second = piece("doc_a", "the council"), piece("doc_b", "北京", title="Ä title")
    once = Segment(write_segment([first, second]))

    again = Segment(write_segment(list(once.pieces())[::-1]))

    assert list(again.pieces()) == [second, first]
    assert again.words(0) == content("doc_b", "北京", title="Ä title")


def test_a_header_is_read_without_the_rest() -> None:
    data = write_segment([piece("doc_a", "the council")])

    end = header_end(data[:100])

    assert [one.document for one in read_header(data[:end]).entries] == ["doc_a"]


def test_what_other_code_has_folded_is_passed_over() -> None:
    header = Header(version=0, entries=(piece("doc_a", "the council").entry,)).model_dump_json().encode()
    there = Segment(len(header).to_bytes(4) + header + piece("doc_a", "the council").folded)

    assert found(there, "council") == []
    assert list(there.pieces()) == []


def test_batches_end_at_a_size() -> None:
    pieces = [piece(f"doc_{number}", "the council") for number in range(5)]

    assert [len(one) for one in batches(pieces, pieces[0].size + 20)] == [2, 2, 1]
