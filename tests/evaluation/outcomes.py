"""A model asked about the evaluation's documents, each once, through the pipeline that a dropped document takes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.errors import Rejected, Retryable
from dateline.extract import extract
from dateline.judge.judge import judge
from dateline.records import Extraction, Usage
from tests.evaluation.gold import Gold, documents
from tests.evaluation.scoring import Score, score

if TYPE_CHECKING:
    from dateline.answer import StoredAnswer
    from dateline.documents import Document
    from dateline.provider.client import Model

NOTHING = Extraction(summary=None, findings=(), notes=())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its run and score, or why there is none."""

    name: str
    gold: Gold
    document: Document
    extraction: Extraction
    score: Score
    usage: Usage
    seconds: float
    failure: str | None = None


@dataclass
class Outcomes:
    """What a model found, document by document. `seconds` is how long it may take for one."""

    model: Model
    seconds: float
    _made: dict[str, Outcome] = field(default_factory=dict)

    @property
    def made(self) -> list[Outcome]:
        """Return what was asked for so far, by name."""
        return [self._made[name] for name in sorted(self._made)]

    def of(self, name: str) -> Outcome:
        """Return what became of a document."""
        if name not in self._made:
            self._made[name] = self._ask(name, documents()[name])
        return self._made[name]

    def of_language(self, language: str) -> list[Outcome]:
        """Return what became of all documents in a language."""
        return [self.of(name) for name in documents() if name.startswith(f"{language}-")]

    def _ask(self, name: str, gold: Gold) -> Outcome:
        document = gold.read()
        began = time.monotonic()
        answer: StoredAnswer | None = None
        extraction, failure = NOTHING, None
        try:
            answer = extract(document, self.model, output_language="en", deadline=began + self.seconds)
            extraction = judge(document, answer)
        except (Rejected, Retryable) as error:
            failure = error.reason
        return Outcome(
            name=name,
            gold=gold,
            document=document,
            extraction=extraction,
            score=score(gold, document, extraction),
            usage=answer.usage if answer else Usage(),
            seconds=time.monotonic() - began,
            failure=failure,
        )
