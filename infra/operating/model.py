"""The command `dateline model check`: our own request, sent once to the model's server, and what holds of it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Literal

from rich.console import Console

from dateline.ask.request import request
from dateline.documents.read import read
from dateline.errors import BadRequest, Rejected, Retryable
from dateline.judge.review import Reviews
from dateline.provider.batches import OpenAIBatches
from dateline.provider.client import KEY_REFUSED, MODEL_UNKNOWN, UNREACHABLE, OpenAIModel
from dateline.provider.prices import cost_of
from dateline.recipe import ask_hash
from dateline.records import Usage
from dateline.text import primary
from infra.environment import Environment, IncompleteEnvironment, Provider
from infra.operating.findings import Found, show_found

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from dateline.answer import Completion
    from dateline.documents import Document
    from dateline.judge.review import Review

Name = Literal["key", "address", "model", "schema", "answer", "language", "price", "batches"]

_DONE, _FAILED, _USAGE = 0, 1, 2
# A model that reasons takes a minute for its first answer; listing batches takes a second.
_ANSWER_SECONDS, _LIST_SECONDS = 120.0, 20.0
_NOT_KEPT = {"answer_unreadable", "malformed"}
# Of invented places, so that no model knows them, and never in the language that is asked for: then a model that
# copies sentences instead of translating them is told from one that does what it is asked.
_GERMAN = """\
Kettenbrücke in Auenhof gesperrt

Die Kettenbrücke von Auenhof wurde am 3. Mai 2024 nach einem Riss im Südpfeiler gesperrt. Bürgermeisterin Ida Holm \
sagte am 6. Mai 2024, die Reparatur koste 2,4 Millionen Euro. Der Stadtrat will am 12. Juni 2024 über den Bau einer \
neuen Brücke abstimmen.
"""
_ENGLISH = """\
Chain bridge at Auenhof closed

The chain bridge at Auenhof was closed on 3 May 2024 after a crack was found in its southern pier. Mayor Ida Holm said \
on 6 May 2024 that the repair would cost 2.4 million euros. The town council is to vote on a new bridge on 12 June 2024.
"""


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Check the model that is named. Status 0: it will do; 1: it will not; 2: there is no key."""
    given = {"dateline_model": options.model, "openai_base_url": options.url}
    environment = Environment(**{name: value for name, value in given.items() if value})
    try:
        provider = environment.provider
    except IncompleteEnvironment as error:
        return fail(str(error), _USAGE)
    if provider is None:
        return fail("there is no key: set OPENAI_API_KEY (any word, if the server wants none)", _USAGE)
    console = Console(highlight=False)
    with console.status("Asking the model"):
        found = check(provider, environment.dateline_language)
    for one in found:
        show_found(console, one)
    return _FAILED if any(one.state == "fails" for one in found) else _DONE


def check(provider: Provider, language: str, seconds: float = _ANSWER_SECONDS) -> Sequence[Found]:
    """Ask the server for an answer, and for its list of batches, and say what holds, one thing at a time."""
    if not provider.key.strip() or not provider.key.isascii():
        todo = "Copy it anew: it is plain letters, digits and dashes."
        return _in_full([Found("key", "fails", "what is set can be no key", todo), _price(provider.model, None)])
    model = OpenAIModel(provider.model, provider.url, provider.key)
    document = _document(language)
    usage = None
    try:
        asked = request(document, ask_hash(model.name, language), language)
        completion = model.complete(asked, monotonic() + seconds)
    except (Retryable, Rejected) as error:
        found = list(_turned_away(error))
    else:
        found = list(_answered(completion, document, language))
        usage = completion.usage
    return _in_full([*found, _price(provider.model, usage), *_batches(provider, found)])


def _document(language: str) -> Document:
    text = _ENGLISH if primary(language) == "de" else _GERMAN
    return read(text.encode(), name="check.txt")


def _turned_away(error: Retryable | Rejected) -> Iterator[Found]:
    """Say what an error leaves standing: the client's reasons begin with what an operator mends."""
    reason = error.reason
    if reason.startswith(KEY_REFUSED):
        yield Found("address", "holds", "a server answers")
        yield Found(
            "key",
            "fails",
            reason,
            "Copy the key anew from the provider's console, and look whether it may use this model and this API.",
        )
    elif reason.startswith(MODEL_UNKNOWN):
        yield Found("address", "holds", "a server answers")
        yield Found(
            "model",
            "fails",
            reason,
            "Compare --model with the names that the provider lists; --url mostly ends in /v1, without /chat.",
        )
    elif reason.startswith(UNREACHABLE):
        yield Found("address", "fails", reason, "Check --url, the network, and whether the server runs.")
    elif isinstance(error, BadRequest):
        yield Found("address", "holds", "a server answers")
        yield Found(
            "schema",
            "fails",
            reason,
            "Most often the model knows no strict JSON schemas: use one that does (`json_schema` with `strict`).",
        )
    else:
        yield Found(
            "answer",
            "fails",
            reason,
            "Try again in a minute. Where it stays: is --url the base of a chat-completions API, is the account paid, "
            "and is the model quick enough?",
        )


def _answered(completion: Completion, document: Document, language: str) -> Iterator[Found]:
    yield Found("key", "holds", "accepted")
    yield Found("address", "holds", "a server answers")
    yield Found("model", "holds", "known")
    if completion.finish == "refused":
        yield Found("answer", "fails", completion.text, "The model refuses a harmless text: use another.")
        return
    reviewed = Reviews(document).of(completion, language)
    yield _schema(reviewed, completion)
    yield _checks(reviewed)
    if reviewed.usable:
        yield _language(reviewed, language)


def _schema(reviewed: Review, completion: Completion) -> Found:
    if completion.finish == "length":
        todo = "Raise the server's limit of output tokens, or its context."
        return Found("schema", "fails", "the answer is cut off after a few sentences", todo)
    if _NOT_KEPT & {problem.code for problem in reviewed.form}:
        todo = "The server takes a strict schema and does not enforce it: use a model, or a server, that does."
        return Found("schema", "fails", "accepted, and the answer has another form", todo)
    return Found("schema", "holds", "accepted, and kept")


def _checks(reviewed: Review) -> Found:
    passed = sum(1 for verdict in reviewed.events if verdict.finding)
    said = f"{passed} of {len(reviewed.events)} events pass"
    codes = ", ".join(dict.fromkeys(problem.code for problem in reviewed.problems))
    if not passed or reviewed.head is None or not reviewed.usable:
        todo = "The model does not do what it is asked: use a stronger one."
        return Found("answer", "fails", f"{said}{f' ({codes})' if codes else ''}", todo)
    if codes:
        return Found("answer", "holds", f"{said}; a repair would be asked for, and costs a second call: {codes}")
    return Found("answer", "holds", said)


def _language(reviewed: Review, language: str) -> Found:
    if primary(reviewed.language) == primary(language):
        return Found("language", "holds", f"titles and summary are in {language}")
    said = f"titles and summary are in {reviewed.language[:20]}, and {language} was asked for"
    return Found("language", "fails", said, "Use a stronger model, or set DATELINE_LANGUAGE to what it writes.")


def _price(model: str, usage: Usage | None) -> Found:
    cost = cost_of(model, usage or Usage())
    if cost is None:
        todo = "Tokens are counted all the same. For costs, add a line to functions/dateline/provider/prices.toml."
        return Found("price", "missing", "not known", todo)
    spent = f"this check cost {cost.usd:.4f} USD" if usage else "nothing was spent"
    return Found("price", "holds", f"known, as of {cost.prices}; {spent}")


def _batches(provider: Provider, found: Sequence[Found]) -> Iterator[Found]:
    """Look for the Batch API, unless nobody answers or the key is refused anyway."""
    if any(one.state == "fails" and one.name in {"key", "address"} for one in found):
        return
    todo = "Reprocessing goes through the drop queue then, at the full price; new documents do anyway."
    try:
        offered = OpenAIBatches(provider.url, provider.key).offered(_LIST_SECONDS)
    except Retryable as error:
        yield Found("batches", "missing", f"the list of batches cannot be read: {error.reason}", todo)
        return
    yield (
        Found("batches", "holds", "offered: reprocessing costs half")
        if offered
        else Found("batches", "missing", "not offered", todo)
    )


def _in_full(found: Sequence[Found]) -> Sequence[Found]:
    """Put them in order, and name what could not be looked at."""
    names: tuple[Name, ...] = ("key", "address", "model", "schema", "answer", "language", "price", "batches")
    by_name = {one.name: one for one in found}
    return [by_name.get(name, Found(name, "unknown", "not looked at: what fails comes first")) for name in names]
