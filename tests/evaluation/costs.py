"""What a document costs: its request beside its text, and its answer beside the form that it could have had."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from dateline.ask import schema
from dateline.ask.request import request
from dateline.recipe import ask_hash
from tests.evaluation.gold import answer
from tests.evaluation.tokens import tokens

if TYPE_CHECKING:
    from dateline.documents import Document
    from tests.evaluation.gold import Gold

LANGUAGE = "en"


class Request(NamedTuple):
    """Code points of a text and of the message that holds it; tokens of the instructions before it."""

    text: int
    message: int
    instructions: int


class Answer(NamedTuple):
    """Tokens of an answer as it is asked for, and as it would be with quotes and plain long keys."""

    short: int
    long: int


def request_cost(document: Document) -> Request:
    """Measure a request."""
    first, second = request(document, ask_hash("a-model", LANGUAGE), LANGUAGE).messages
    return Request(len(document.text), len(second.content), tokens(first.content))


def answer_cost(gold: Gold, document: Document) -> Answer:
    """Measure the flawless answer."""
    said = answer(gold, document)
    return Answer(tokens(said.model_dump_json()), tokens(_quoted(said, document)))


def _quoted(said: schema.Answer, document: Document) -> str:
    """Write the same findings with their evidence quoted, everything named where it is used, and keys in words."""

    def quotes(numbers: list[int]) -> list[str]:
        return [document.words(document.sentences[number - 1]) for number in numbers]

    def speaker(index: int) -> dict[str, object]:
        declared = said.who[index]
        if isinstance(declared, str):
            return {"name": declared, "words_in_document": declared, "kind": "named"}
        return {"name": declared.name, "words_in_document": declared.w, "kind": declared.k}

    def name(declared: str | schema.AnswerName) -> dict[str, str]:
        if isinstance(declared, str):
            return {"name": declared, "words_in_document": declared}
        return {"name": declared.n, "words_in_document": declared.w}

    def event(one: schema.AnswerEvent) -> dict[str, object]:
        return {
            "title": one.t,
            "evidence": quotes(one.s),
            "date_words": one.d,
            "date_edtf": one.e,
            "course": one.course,
            "place": None if one.place is None else name(said.names[one.place])["name"],
            "said_by": [
                {
                    "speaker": speaker(by.i),
                    "stance": by.a,
                    "reported_by": speaker(by.v) if isinstance(by, schema.ByWayOf) else None,
                }
                for by in one.by
            ],
            "names": [declared for declared in map(name, said.names) if declared["name"] in one.t],
        }

    long = {
        "document_language": said.lang,
        "output_language": said.out,
        "headline": {"text": said.head.t, "evidence": quotes(said.head.s)},
        "summary": [{"text": sentence.t, "evidence": quotes(sentence.s)} for sentence in said.sum],
        "events": [event(one) for one in said.ev],
    }
    return json.dumps(long, ensure_ascii=False, separators=(",", ":"))
