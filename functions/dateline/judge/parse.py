"""A completion's text to the parts of an answer, each checked for its form alone: one bad part spoils no other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError
from pydantic_core import from_json

from dateline.ask import schema
from dateline.judge.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from dateline.answer import Completion

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_FENCE = re.compile(r"\A\s*```(?:json)?|```\s*\Z")  # servers that know no schema wrap JSON like this
_PARTS = [one for one in vars(schema).values() if isinstance(one, type) and issubclass(one, schema.AnswerPart)]
_KEYS = frozenset(key for part in _PARTS for key in part.model_fields)  # what a model has seen; no names of choices

P = TypeVar("P", bound=schema.AnswerPart)


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """What of an answer has the right form. Lists that are pointed into keep the place of a bad part as None."""

    language: str | None = None
    output_language: str | None = None
    head: schema.AnswerSentence | None = None
    sentences: tuple[schema.AnswerSentence | None, ...] = ()
    who: tuple[schema.Who | None, ...] = ()
    names: tuple[schema.AnswerName | None, ...] = ()
    events: tuple[schema.AnswerEvent | None, ...] = ()
    statements: tuple[schema.AnswerStatement | schema.AnswerStance | None, ...] = ()
    skipped: tuple[schema.Skip, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def parse(completion: Completion) -> ParsedAnswer:
    """Read as much of the text as is there; a cut-off answer keeps all parts that were finished."""
    if completion.finish == "refused":
        return ParsedAnswer(problems=(Problem("answer_refused", "answer", completion.text, again=False),))
    try:
        answer: JsonValue = from_json(_FENCE.sub("", completion.text).strip(), allow_partial=True)
    except ValueError as error:
        return ParsedAnswer(problems=(Problem("answer_unreadable", "answer", f"no JSON: {error}"),))
    if not isinstance(answer, dict):
        return ParsedAnswer(problems=(Problem("answer_unreadable", "answer", "no JSON object"),))
    problems: list[Problem] = []
    if completion.finish == "length":
        problems.append(
            Problem("answer_cut_off", "answer", "it was cut off: give the events that are missing at its end")
        )
    return ParsedAnswer(
        language=_tag(answer.get("lang")),
        output_language=_tag(answer.get("out")),
        head=_part(schema.AnswerSentence, answer.get("head"), "headline", problems),
        sentences=_parts(schema.AnswerSentence, answer, "sum", problems),
        who=_who(answer.get("who"), problems),
        names=_names(answer.get("names"), problems),
        events=_events(answer.get("ev"), problems),
        statements=_statements(answer.get("say")),
        skipped=tuple(skip for skip in _parts(schema.Skip, answer, "skip", []) if skip),
        problems=tuple(problems),
    )


def gathered(event: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return an event with keys of their own for course, place and speakers, as older answers have it, in our form."""
    rest = dict(event)
    course, place, by = rest.pop("c"), rest.pop("p"), rest.pop("b")
    unlike_most: list[JsonValue] = [] if course == "done" else [course]
    if place is not None:
        unlike_most.append({"p": place})
    for one in by if isinstance(by, list) else [by]:
        match one:
            case {"i": speaker, "a": "asserts", **more} if not more:
                unlike_most.append(speaker)
            case _:
                unlike_most.append(one)
    return {**rest, "x": unlike_most}


def _events(values: JsonValue, problems: list[Problem]) -> tuple[schema.AnswerEvent | None, ...]:
    if isinstance(values, list):
        values = [_event(value) if isinstance(value, dict) else value for value in values]
    return _parts(schema.AnswerEvent, {"ev": values}, "ev", problems)


def _event(value: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return an event in our form, without what says no more than nothing: that it is done, or has no place."""
    event = gathered(value) if value.keys() >= {"c", "p", "b"} else value
    unlike_most = event.get("x")
    if not isinstance(unlike_most, list):
        return event
    return {**event, "x": [one for one in unlike_most if one not in ("done", {"p": None})]}


def _who(values: JsonValue, problems: list[Problem]) -> tuple[schema.Who | None, ...]:
    """Read the declared speakers; one that is named, and alike in the output language, is a string."""
    if isinstance(values, list):
        values = [{"w": value, "n": None, "k": "named"} if isinstance(value, str) else value for value in values]
    return _parts(schema.Who, {"who": values}, "who", problems)


def _names(values: JsonValue, problems: list[Problem]) -> tuple[schema.AnswerName | None, ...]:
    """Read the declared names; one that titles write as the document does is a string."""
    if isinstance(values, list):
        values = [{"w": value, "n": value} if isinstance(value, str) else value for value in values]
    return _parts(schema.AnswerName, {"names": values}, "names", problems)


def _statements(values: JsonValue) -> tuple[schema.AnswerStatement | schema.AnswerStance | None, ...]:
    """Read what is said, in the form for what is asserted or that for other stances; what has neither is left out."""
    return tuple(
        _part(schema.AnswerStance, value, "say", [])
        if isinstance(value, dict) and "a" in value
        else _part(schema.AnswerStatement, value, "say", [])
        for value in (values if isinstance(values, list) else [])
    )


def _parts(model: type[P], answer: Mapping[str, JsonValue], key: str, problems: list[Problem]) -> tuple[P | None, ...]:
    values = answer.get(key)
    if not isinstance(values, list):
        problems.append(Problem("malformed", key, "it is missing or no list"))
        return ()
    return tuple(_part(model, value, f"{key}[{index}]", problems) for index, value in enumerate(values))


def _part(model: type[P], value: JsonValue, name: str, problems: list[Problem]) -> P | None:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems.append(Problem("malformed", name, _nearest(error)))
        return None


def _nearest(error: ValidationError) -> str:
    """Say what is wrong, and where: of the choices that a value could be, in the one that it comes nearest to.

    That is the one that fails deepest inside, and of several the one with the fewest faults.
    """
    faults = [(one["loc"], one["msg"]) for one in error.errors(include_input=False, include_url=False)]
    deepest = max(len(where) for where, _ in faults)
    choices = Counter(where[:-1] for where, _ in faults)
    where, message = min((one for one in faults if len(one[0]) == deepest), key=lambda one: choices[one[0][:-1]])
    keys = ".".join(str(one) for one in where if isinstance(one, int) or one in _KEYS)
    return f"{keys} {message}".strip()


def _tag(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and _TAG.fullmatch(value) else None
