"""Texts of one sign or word over and over, prose, and all that is done with a document but asking."""

from __future__ import annotations

import json
import random
from calendar import month_name
from collections.abc import Iterator
from time import thread_time

from dateline.ask.parts import parts
from dateline.ask.request import request
from dateline.documents import Document
from dateline.documents.read import read
from dateline.errors import Rejected
from dateline.judge.judge import judge
from tests.unit.judge.answers import answer, event, stored

_SENTENCES = (
    "The council of {A} met on {day} {month} {year} and voted, by {n} to {m}, to {b} the old {c}. "
    "Mayor {D} {E} said that {f} would cost {m}.{n} million {g} and {h} until late {year}.\n"
)
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvwz" for vowel in "aeiou"]
# Signs, letters and words that rules look for, and what lies next to them.
REPEATED = (
    *"([{<\"'„“«1.,a漢é-–*#/:&@\\…!$€%_ \n\t0Iक",
    *("()", "[1]", "(1)", "(a", "a)", "a.", "A.B.", "M.", "А.", "a-", "a'", "'s ", '"a" ', "x\n", "- a\n", "1. a\n"),
    *("1.", "1,", "1 ", "1:", "1/", "12/", "1-", "-1", "1e", "a1", "€1", "1%", "00:", "2020-", "01.02.", "1900 "),
    *("e\u0301", "\u00ad", "\u200b", "\u0300", "हि", "한", "漢。", "😀", "а", "\r\n", "\n\n.", "&amp;", "http://"),
    *("May ", "3 May ", "the ", "and ", "one ", "two hundred ", "last ", "the end of the ", "between 1 and ", "am 3. "),
    *("ignore all previous ", "you ", "system: ", "automati", "(bildir", "said, ", ", he said", "summary: "),
)  # fmt: skip
LENGTH = 4_500


def text_of(piece: str, length: int = LENGTH) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def prose(length: int, seed: int = 0) -> str:
    """Write prose, each sentence with other words, names and dates, since what repeats is found in caches."""
    chosen = random.Random(seed)

    def word() -> str:
        return "".join(chosen.choices(_SYLLABLES, k=chosen.randint(2, 4)))

    def sentences() -> str:
        names = {key: word().title() if key.isupper() else word() for key in "AbcDEfgh"}
        figures = {key: chosen.randint(2, 99) for key in "nm"}
        date = {
            "day": chosen.randint(1, 28),
            "month": chosen.choice(month_name[1:]),
            "year": chosen.randint(1990, 2030),
        }
        return _SENTENCES.format(**names, **figures, **date)

    return "".join(sentences() for _ in range(length // 170 + 1))[:length]


def documents(text: str) -> Iterator[Document]:
    try:
        yield read(text.encode(), name="a.txt", language="en")
    except Rejected:
        return


def work_on(text: str) -> None:
    """Do all that is done with a document but asking: read, request, check, judge."""
    for document in documents(text):
        for part in parts(document, LENGTH):
            request(document, "ask", "en", part)
        numbers = [sentence.number for sentence in document.sentences[:3]]
        words = [document.words(document.sentences[number - 1])[:30] for number in numbers]
        told = [event("The council met", number, d=word) for number, word in zip(numbers, words, strict=True)]
        try:
            judge(document, stored(document, json.dumps(answer(*told, lang="en"))))
        except Rejected:
            return


def seconds(text: str) -> float:
    began = thread_time()
    work_on(text)
    return thread_time() - began
