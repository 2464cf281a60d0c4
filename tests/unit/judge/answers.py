"""Answers for tests, each with the least that a test has to say."""

from __future__ import annotations

import json

from dateline.answer import Completion, Finish, StoredAnswer
from dateline.ask.request import Request
from dateline.documents import Document
from dateline.records import Usage

HEAD = {"t": "A headline", "s": [1]}


def by(speaker: int, stance: str = "asserts", via: int | None = None) -> object:
    if via is None and stance == "asserts":
        return speaker
    return ({} if via is None else {"v": via}) | {"i": speaker, "a": stance}


def at(place: int) -> dict[str, object]:
    return {"p": place}


def who(words: str, name: str | None = None, *, named: bool = False, kind: str | None = None) -> dict[str, object]:
    return {"w": words, "n": name, "k": kind or ("named" if named else "anonymous")}


def event(title: str, *cited: int, **fields: object) -> dict[str, object]:
    return {"t": title, "s": cited, "x": [], "d": None, "e": None} | fields


def answer(*events: dict[str, object], **fields: object) -> dict[str, object]:
    empty = {"lang": "de", "out": "en", "head": HEAD, "sum": [], "who": [], "names": [], "ev": events}
    return empty | fields


def completion(said: dict[str, object] | str, finish: Finish = "stop") -> Completion:
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    return Completion(text=text, finish=finish, usage=Usage(calls=1, input=100, output=10))


def stored(document: Document, *completions: dict[str, object] | str | Completion) -> StoredAnswer:
    return StoredAnswer(
        content=document.content,
        ask="ask",
        model="a-model",
        output_language="en",
        completions=tuple(said if isinstance(said, Completion) else completion(said) for said in completions),
    )


class FakeModel:
    """Gives the prepared answers, one a call, and keeps the requests; an exception is raised instead."""

    name = "a-model"

    def __init__(self, *prepared: Completion | Exception) -> None:
        self.prepared = list(prepared)
        self.requests: list[Request] = []

    def complete(self, request: Request, deadline: float) -> Completion:
        self.requests.append(request)
        said = self.prepared.pop(0)
        if isinstance(said, Exception):
            raise said
        return said
