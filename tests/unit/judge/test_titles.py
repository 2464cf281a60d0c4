"""Titles that their sentences bear out, and titles that they do not, in seven languages and two without a table."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from dateline.documents import Published
from dateline.documents.read import read
from dateline.judge.judge import judge
from tests.unit.judge.answers import answer, event, stored

MOST_REJECTED = 0.01


class Case(NamedTuple):
    true: bool
    language: str
    sentence: str
    out: str
    title: str
    names: list[dict[str, str]]


def cases() -> list[Case]:
    lines = (Path(__file__).parent / "titles.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line.startswith("#"):
            continue
        true, language, sentence, title, *declared = line.split("|")
        out = re.match(r"\[(\w+)\] ", title)
        found.append(
            Case(
                true == "true",
                language,
                sentence,
                out[1] if out else "en",
                title[out.end() if out else 0 :],
                [dict(zip("wn", name.split("="), strict=True)) for name in declared],
            )
        )
    return found


def publishes(case: Case) -> bool:
    document = read(case.sentence.encode(), name="x", language=case.language)
    said = answer(event(case.title, 1), lang=case.language, out=case.out, names=case.names, head={"t": "x", "s": [1]})
    return bool(judge(document, stored(document, said)).findings)


def test_true_titles_pass() -> None:
    true = [case for case in cases() if case.true]

    rejected = [case.title for case in true if not publishes(case)]

    assert len(true) > 100
    assert len(rejected) <= MOST_REJECTED * len(true), rejected


@pytest.mark.parametrize("case", [case for case in cases() if not case.true], ids=lambda case: case.title)
def test_a_title_whose_number_or_name_its_sentence_does_not_hold_is_left_out(case: Case) -> None:
    assert not publishes(case)


@pytest.mark.parametrize(
    ("title", "published"),
    [("Show of the new ferry in 2011", 1), ("Show of the ferry Kelm 2011", 0)],
)
def test_a_number_is_the_year_of_an_event_only_where_it_stands_as_a_date(title: str, published: int) -> None:
    text = b"The new ferry, Kelm 5, was shown yesterday."
    document = read(text, name="x", language="en", published=Published(date(2011, 5, 4), "caller"))
    said = answer(event(title, 1, d="yesterday", e="2011-05-03"), lang="en", head={"t": "Show of the ferry", "s": [1]})

    assert len(judge(document, stored(document, said)).findings) == published
