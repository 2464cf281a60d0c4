from __future__ import annotations

import pytest

from dateline.search.query import NoQuery, Term, read_query


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("Council", {Term("council", prefix=False)}),
        ("council coun*", {Term("council", prefix=False), Term("coun", prefix=True)}),
        ('"member  States"', {Term("member states", prefix=False)}),
        ("“member sta*”", {Term("member sta", prefix=True)}),
        ('"member sta"*', {Term("member sta", prefix=True)}),
        ('open "to the end', {Term("open", prefix=False), Term("to the end", prefix=False)}),
        ("北京大学", {Term("北 京 大 学", prefix=False)}),
        ("3.5", {Term("3 5", prefix=False)}),
        ("vote vote VOTE", {Term("vote", prefix=False)}),
        ("vote - \x1f", {Term("vote", prefix=False)}),
    ],
)
def test_words_phrases_and_beginnings_are_read(written: str, terms: set[Term]) -> None:
    assert set(read_query(written)) == terms


@pytest.mark.parametrize("written", ["", '""', "*", "...", "\x1f \x00", "\ud800"])
def test_what_holds_no_word_is_refused(written: str) -> None:
    with pytest.raises(NoQuery, match="no letter"):
        read_query(written)


def test_more_words_than_anybody_looks_for_are_refused() -> None:
    with pytest.raises(NoQuery, match="10"):
        read_query("a b c d e f g h i j k")


def test_the_longest_is_looked_for_first() -> None:
    assert [term.tokens for term in read_query('a "a council" of')] == ["a council", "of", "a"]
