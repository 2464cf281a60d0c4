from infra.standin.ranking import rank


def test_the_sentence_that_shares_most_with_the_others_is_the_most_central() -> None:
    dam, talks, both, alone = (
        {"dam", "river"},
        {"talks", "minister"},
        {"dam", "river", "talks", "minister"},
        {"weather"},
    )

    scores = rank([frozenset(words) for words in (dam, talks, both, alone)])

    assert max(range(4), key=scores.__getitem__) == 2
    assert min(range(4), key=scores.__getitem__) == 3


def test_sentences_without_any_shared_word_are_equal() -> None:
    assert len(set(rank([frozenset({word}) for word in "abc"]))) == 1


def test_empty_sentences_and_no_sentences_have_scores_too() -> None:
    assert rank([]) == []
    assert len(rank([frozenset(), frozenset()])) == 2
