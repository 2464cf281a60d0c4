"""Texts of one sign or word over and over, prose, and all that is done with a document but asking."""

from __future__ import annotations

import json
from collections.abc import Iterator
from time import thread_time

from dateline.ask.parts import parts
from dateline.ask.request import request
from dateline.documents import Document
from dateline.documents.read import read
from dateline.errors import Rejected
from dateline.judge.judge import judge
from tests.unit.judge.answers import answer, event, stored

PROSE = (
    "The council of Aldermoor met on 3 May 2024 and voted, by 12 to 7, to close the old bridge. "
    "Mayor Ida Crane said that repairs would cost 4.5 million crowns and take until late 2025.\n"
)
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
