import time

import pytest

from dateline.ask.neutral import neutral
from dateline.documents.read import read
from dateline.judge.mentions import Mentions, occurrences
from dateline.text import plain


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("am 3. Mai", "Sie tagten am\u00a03.\u202fMai in Köln."),
        ("am 3. Mai", "Sie tagten am 3.\n  Mai in Köln."),
        ("Verteidigungsminister", "Der Verteidigungs\u00administer sprach."),
        ("Verteidigungs\u00administer", "Der Verteidigungsminister sprach."),
        ("Verteidigungsminister", "Der Verteidigungs-\n  minister sprach."),
        ("Verteidigungs- minister", "Der Verteidigungs-\nminister sprach."),
        ("周二", "总理周二在北京会见了代表团。"),
    ],
)
def test_tolerates_what_typesetting_does(words: str, sentence: str) -> None:
    assert len(list(occurrences(words, sentence))) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("am 3. mai", "Sie tagten am 3. Mai."),
        ("3. Mai", "Sie tagten am 13. Mai."),
        ("im Jahr 202", "Das war im Jahr 2024."),
        ("Ende 2023", "Ende des Jahres 2023"),
        ("", "Ende 2023"),
        (" \u00ad ", "Ende 2023"),
        ("x" * 301, "x" * 400),
        (".*", "Ende 2023"),
    ],
)
def test_tolerates_nothing_else(words: str, sentence: str) -> None:
    assert not list(occurrences(words, sentence))


def test_mentions_are_whole_sentences_and_no_boilerplate() -> None:
    text = b"Two officials said so. An official. Two\n\nofficials met.\nRelated topics: Two officials"
    mentions = Mentions(read(text, name="x"))

    assert [sentence.number for sentence in mentions.of("two officials", any_case=True)] == [1]
    assert not mentions.of("two officials", any_case=False)


def test_words_of_hidden_characters_are_looked_for_in_no_time() -> None:
    began = time.thread_time()

    assert list(occurrences("\u200b" * 60, "\u200b" * 200)) == []

    assert time.thread_time() - began < 1


@pytest.mark.parametrize(
    "sign", "\u00ad\u034f\u061c\u115f\u180f\u200b\u200d\u202e\u2066\u3164\ufe0f\ufeff\uffa0\ufff9\U000e0041"
)
def test_what_nobody_sees_is_the_same_to_requests_to_quotes_and_to_dates(sign: str) -> None:
    text = f"Sie tagten am 3. M{sign}ai in Köln."

    assert neutral(text) == plain(text) == "Sie tagten am 3. Mai in Köln."
    assert [text[start:end] for start, end in occurrences("3. Mai", text)] == [f"3. M{sign}ai"]
