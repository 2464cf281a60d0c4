from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.search.folding import fold
from dateline.search.hits import find, hits
from dateline.search.query import NoQuery, read_query
from tests.unit.search.words import content, event

ANY = st.text(st.sampled_from('aAáe\u0301bİıß 北京ト \n\u200dλΣςйع١.*"😀'), max_size=40)


@given(ANY, ANY)
def test_every_span_cut_from_the_source_and_folded_is_what_was_looked_for(words: str, query: str) -> None:
    try:
        terms = read_query(query)
    except NoQuery:
        return

    places = find(words, terms)

    for start, end, number in places:
        term = terms[number]
        seen = fold(words[start:end])
        assert seen.startswith(term.tokens) if term.prefix else seen == term.tokens
    assert {number for _, _, number in places} == {
        number for number, term in enumerate(terms) if term.pattern in f" {fold(words)} "
    }


def test_spans_are_code_points_and_take_in_accents() -> None:
    words = "😀 Le Cafe\u0301 fermé"

    assert [words[start:end] for start, end, _ in find(words, read_query("café ferm*"))] == ["Cafe\u0301", "fermé"]


def test_a_hit_in_an_events_quote_names_the_event() -> None:
    text = "It rained. The council voted. It rained again."
    there = content(text=text, events=(event("Vote", (11, 29)),))

    (quote,), _ = hits(there, read_query("council"))
    (first, *_), _ = hits(there, read_query("rained"))

    assert (quote.where, quote.event, text[slice(*quote.place or ())]) == ("quote", "evt_00001", "council")
    assert (first.where, first.event) == ("text", None)


def test_titles_names_and_media_are_hits_of_their_own() -> None:
    there = content(
        title="Sarn", medium="Sarn Post", events=(event("Flood", names=["Mayor of Sarn"]),), text="At Sarn."
    )

    found, _ = hits(there, read_query("sarn"))

    assert [(one.where, one.event, one.snippet) for one in found] == [
        ("title", None, "Sarn"),
        ("medium", None, "Sarn Post"),
        ("name", "evt_00001", "Mayor of Sarn"),
        ("text", None, "At Sarn."),
    ]


def test_a_snippet_is_short_and_lit_where_the_words_are() -> None:
    text = f"{'before ' * 200}the Council of Sarn{' after' * 200}"

    (hit,), _ = hits(content(text=text), read_query("sarn council"))

    assert len(hit.snippet) <= 240
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["Council", "Sarn"]
    assert hit.snippet.startswith("before ")


def test_pieces_with_most_of_the_words_are_chosen() -> None:
    far = f"a harbour {'x ' * 200}"
    text = f"{far * 5} the harbour council {far * 5}"

    found, _ = hits(content(text=text), read_query("harbour council"))

    assert len(found) == 3
    assert any("harbour council" in one.snippet for one in found)


def test_a_phrase_over_endless_white_space_makes_no_endless_snippet() -> None:
    text = f"the{' ' * 100_000}council"

    (hit,), lit = hits(content(text=text), read_query('"the council"'))

    assert len(hit.snippet) <= 240
    assert all(0 <= start <= end <= len(hit.snippet) for start, end in hit.spans)
    assert lit == [(0, len(text))]


def test_few_places_of_many_are_lit() -> None:
    _, lit = hits(content(text="council " * 10_000), read_query("council"))

    assert len(lit) == 100
