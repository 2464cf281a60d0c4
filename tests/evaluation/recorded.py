"""A strong model's recorded answers, put through the pipeline: what the judge makes of them.

The articles, gold and answers are no part of the project. The answers have the form of the schema of November 2026, in
which an event without words of a date has no `e` either; `in_todays_form` gives it the day of publication where it is
done, as a prompt that asks for the document's own news would. Whoever is named was declared at full length.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.answer import Completion
from dateline.documents.read import read
from dateline.errors import Rejected
from dateline.extract import extract
from dateline.judge.judge import judge
from dateline.judge.parse import gathered
from dateline.records import Usage
from tests.evaluation.dates import SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.ask.request import Request
    from dateline.documents import Document
    from dateline.records import Extraction

COLLECTION = SHARED / "data" / "linking" / "aurelia_dev"
ARTICLES = tuple(SHARED / "data" / "timelines" / name for name in ("wikinews_dev", "wikinews_dev2"))
_SECONDS = 300.0
_SCORE = re.compile(
    r"cited (?P<cited>[\d.]+) %, right date of cited (?P<right>[\d.]+) %.*"
    r"by report (?P<reported_right>\d+) of (?P<reported>\d+).* (?P<sentences>[\d.]+) sentences an event"
)


@dataclass(frozen=True, slots=True)
class Score:
    """Shares in per cent of the gold's mentions, and sentences an event."""

    cited: float
    right: float
    reported: int
    reported_right: int
    sentences: float


@dataclass
class Recorded:
    """A model that says what was recorded, and remembers what it was asked again."""

    answer: Mapping[str, Any]
    repair: Mapping[str, Any] | None
    name: str = "recorded"
    failures: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    @property
    def calls(self) -> int:
        """How often it was asked."""
        return len(self.requests)

    def complete(self, request: Request, deadline: float) -> Completion:
        """Give the answer, or the repair to a conversation that already holds one."""
        del deadline
        self.requests.append(request)
        again = any(message.role == "assistant" for message in request.messages)
        if again:
            self.failures += [line for line in request.messages[-1].content.splitlines() if line.startswith("- ")]
        said = self.repair if again else self.answer
        if said is None:
            raise Rejected("refused", "no repair was recorded")
        return Completion(text=json.dumps(said, ensure_ascii=False), finish="stop", usage=Usage())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: what was asked about it, what failed, and its run."""

    name: str
    items: int
    requests: tuple[Request, ...]
    failures: tuple[str, ...]
    extraction: Extraction

    @property
    def calls(self) -> int:
        """How often the model was asked."""
        return len(self.requests)


def outcomes(folder: Path) -> list[Outcome]:
    """Put the recorded answers about texts through the pipeline.

    Pages, mails and PDFs are read otherwise than when their answers were recorded, which cite sentences by number.
    """
    return [_outcome(folder, file) for file in sorted((folder / "answers").glob("*.txt.json"))]


def published(document: Document, said: Mapping[str, Any]) -> Extraction:
    """Return the run of a recorded answer that the model repeats when it is asked again."""
    model = Recorded(in_todays_form(said, document), in_todays_form(said, document))
    return judge(document, extract(document, model, output_language="en", deadline=time.monotonic() + _SECONDS))


def score(folder: Path, made: list[Outcome], scratch: Path) -> Score:
    """Have the script beside the articles score the events."""
    for one in made:
        events = [finding.model_dump(mode="json") for finding in one.extraction.findings]
        (scratch / f"{Path(one.name).stem}.json").write_text(json.dumps({"events": events}))
    script = SHARED / "tools" / "score_timelines.py"
    done = subprocess.run([sys.executable, script, folder, scratch], capture_output=True, check=True, text=True)
    found = _SCORE.search(done.stdout)
    assert found, done.stdout
    return Score(
        cited=float(found["cited"]),
        right=float(found["right"]),
        reported=int(found["reported"]),
        reported_right=int(found["reported_right"]),
        sentences=float(found["sentences"]),
    )


def _outcome(folder: Path, file: Path) -> Outcome:
    recorded = json.loads(file.read_text(encoding="utf-8"))
    path = folder / "docs" / file.stem
    document = read(path.read_bytes(), name=path.name)
    again = recorded.get("repair") or {}
    model = Recorded(
        in_todays_form(recorded["answer"], document),
        in_todays_form(again["answer"], document) if again.get("answer") else None,
    )
    answer = extract(document, model, output_language="en", deadline=time.monotonic() + _SECONDS)
    said = model.answer
    items = 1 + len(said["sum"]) + len(said["ev"]) + len(said["say"])
    return Outcome(file.stem, items, tuple(model.requests), tuple(model.failures), judge(document, answer))


def in_todays_form(said: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """Return a recorded answer as today's schema has it."""
    published = document.published.day.isoformat() if document.published else None
    events = [
        {**one, "e": published} if one["d"] is None and one["e"] is None and one["c"] == "done" else one
        for one in said["ev"]
    ]
    who = [
        one["w"] if one["k"] and one["n"] is None else {**one, "k": "named" if one["k"] else "anonymous"}
        for one in said["who"]
    ]
    return {**said, "ev": [gathered(one) for one in events], "who": who}
