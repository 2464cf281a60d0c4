"""One file through the whole pipeline on this machine, without a bucket, a queue or a table."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from dateline.dates import Day
from dateline.documents import Published, Sentence
from dateline.documents.read import read
from dateline.extract import extract
from dateline.judge.judge import judge
from dateline.provider.client import Model, OpenAIModel
from dateline.recipe import recipe
from dateline.records import Finding, Note, PublishedOn, Recipe, Record, Statement, Summary
from dateline.store import keys
from infra.environment import Environment, Provider
from infra.standin import MODEL as STANDIN

# A slow model takes about a minute for a long report, and may be asked twice.
_SECONDS = 300.0


class Extracted(Record):
    """What became of a file: its text, sentences with offsets in code points, and all that a run holds."""

    text: str
    sentences: tuple[Sentence, ...]
    title: str | None
    published: PublishedOn | None
    summary: Summary | None
    events: tuple[Finding, ...]
    statements: tuple[Statement, ...]
    notes: tuple[Note, ...]
    recipe: Recipe


def extract_file(path: Path, published: date | None, language: str | None) -> Extracted:
    """Read a file, ask the model that the environment names, and check its answer.

    Rejected, Retryable; OSError: the file cannot be read; IncompleteEnvironment: only half a model is named.
    """
    environment = Environment()
    output_language = environment.dateline_language
    document = read(
        path.read_bytes(),
        name=path.name,
        published=Published(published, "caller") if published else None,
        language=language,
    )
    with _model(environment.provider) as model:
        answer = extract(document, model, output_language=output_language, deadline=time.monotonic() + _SECONDS)
        made = recipe(model.name, output_language)
    extraction = judge(document, answer)
    return Extracted(
        text=document.text,
        sentences=document.sentences,
        title=document.title,
        published=_published_on(document.published),
        summary=extraction.summary,
        events=tuple(sorted(extraction.findings, key=lambda finding: _place(finding, document.published))),
        statements=extraction.statements,
        notes=extraction.notes,
        recipe=made,
    )


@contextmanager
def _model(asked: Provider | None) -> Iterator[Model]:
    """Yield a provider's model, or the stand-in on a loopback port of its own."""
    if asked is not None:
        yield OpenAIModel(asked.model, asked.url, asked.key)
        return
    from infra.standin.server import serving

    with serving() as url:
        yield OpenAIModel(STANDIN, url, "none")


def _published_on(published: Published | None) -> PublishedOn | None:
    return PublishedOn(day=published.day, source=published.source) if published else None


def _place(finding: Finding, published: Published | None) -> str:
    """Return the text that sorts an event into its timeline, as the table does it; the undated ones come last."""
    span = keys.timeline_span(finding, Day.of(published.day) if published else None)
    return span.key if span else keys.UNDATED
