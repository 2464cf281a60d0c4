"""Linking the events of recorded answers: reports, clusters by the rules, and the score of the script beside the gold.

The gold, the documents and the answers are no part of the project.
"""

from __future__ import annotations

import importlib.util
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.documents.read import read
from dateline.extract import extract
from dateline.judge.judge import judge
from dateline.linking.candidates import candidates
from dateline.linking.clusters import clusters
from dateline.linking.conflicts import conflicts
from dateline.linking.features import features
from dateline.linking.model import Decision, Pair, Report
from dateline.linking.sources import independent_sources
from dateline.records import Event
from tests.evaluation.dates import SHARED
from tests.evaluation.recorded import COLLECTION, Recorded, in_todays_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.documents import Document

Decisions = dict[Pair, Decision]

_SECONDS = 300.0
_FARTHEST = 6  # sentences by which an older reading of a page or a mail counts otherwise
_SURE = 0.9
_ANSWERS = Path(__file__).with_name("linking_answers.json")


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of pairs of reports in different documents, and counts. `sources_linked` are those of linked documents."""

    precision: float
    recall: float
    wrong_joins: int
    look_alikes: int
    conflicts: tuple[int, int]
    false_conflicts: int
    sources: tuple[int, int]
    sources_linked: tuple[int, int]


def reports() -> list[Report]:
    """Put the recorded answers through reader and judge, and make reports of their events."""
    return [report for file in sorted((COLLECTION / "answers").glob("*.json")) for report in _reports(file)]


def by_rules(told: Sequence[Report]) -> Decisions:
    """Decide about the candidates of every event, as many as each has."""
    known = [features(report) for report in told]
    return {
        Pair.of(one.report.id, other.report.id): decision for one in known for other, decision in candidates(one, known)
    }


def rightly_answered(told: Sequence[Report], decisions: Decisions) -> Decisions:
    """Settle what the rules left open as the gold has it: the most that a model's answers can make of it."""
    found, _ = _scorer().match(_gold(), {"events": [_event(report, None) for report in told]})
    occurrence = {report.id: key and key[0] for report, key in zip(told, found, strict=True)}

    def answer(pair: Pair, decision: Decision) -> Decision:
        if decision.verdict != "open":
            return decision
        same = occurrence[pair.one] is not None and occurrence[pair.one] == occurrence[pair.other]
        return Decision(verdict="same" if same else "different", by="model", score=_SURE)

    return {pair: answer(pair, decision) for pair, decision in decisions.items()}


def answered_by_a_model(decisions: Decisions) -> Decisions:
    """Settle what the rules left open as a strong model did that was asked, document by document, without the gold.

    The answers name a report by its document and the number of its event there.
    """
    said = json.loads(_ANSWERS.read_text(encoding="utf-8"))
    answers = {Pair.of(one, other): Decision(verdict=verdict, by="model", score=1.0) for one, other, verdict in said}
    return decisions | {pair: one for pair, one in answers.items() if _is_open(decisions.get(pair))}


def _is_open(decision: Decision | None) -> bool:
    return decision is None or decision.verdict == "open"


def score(told: Sequence[Report], decisions: Mapping[Pair, Decision]) -> Score:
    """Have the script beside the gold score the clusters, their conflicts and their sources."""
    found = clusters(told, decisions)
    result = {
        "events": [_event(report, number) for number, cluster in enumerate(found) for report in cluster],
        "occurrences": [
            {
                "id": number,
                "conflicts": [{"kind": one.kind} for one in conflicts(cluster)],
                "independent_sources": independent_sources(cluster),
            }
            for number, cluster in enumerate(found)
        ],
    }
    out = _scorer().score(_gold(), result)
    sources = out["independent_sources"]
    return Score(
        precision=100 * out["pairs"]["precision"],
        recall=100 * out["pairs"]["recall"],
        wrong_joins=out["wrong_merges"]["merged"],
        look_alikes=out["wrong_merges"]["of"],
        conflicts=(out["conflicts"]["found"], out["conflicts"]["of"]),
        false_conflicts=out["conflicts"]["false"],
        sources=(sources["exact"], sources["of"]),
        sources_linked=(sources["exact_for_the_documents_linked"], sources["linked"]),
    )


def _reports(file: Path) -> list[Report]:
    recorded = json.loads(file.read_text(encoding="utf-8"))
    path = COLLECTION / "docs" / file.stem
    document = read(path.read_bytes(), name=path.name)
    by = _numbered_otherwise(recorded["answer"], document)
    said, repair = (
        in_todays_form(_renumbered(one, by), document) if one else None
        for one in (recorded["answer"], (recorded.get("repair") or {}).get("answer"))
    )
    assert said is not None
    answer = extract(document, Recorded(said, repair), output_language="en", deadline=time.monotonic() + _SECONDS)
    published = document.published.day if document.published else None
    return [
        Report(
            event=Event(**finding.model_dump(), id=f"{file.stem}#{number:02}", document_id=file.stem, model="recorded"),
            run=1,
            path=file.stem,
            medium=document.source,
            published=published,
        )
        for number, finding in enumerate(judge(document, answer).findings)
    ]


def _numbered_otherwise(said: Mapping[str, Any], document: Document) -> int:
    """Return by how much sentences have other numbers today than when the answer was recorded.

    It is known by the words of dates, which stand in the sentences that their events cite.
    """
    dated = [one for one in said["ev"] if one["d"]]

    def right(by: int) -> int:
        words = {sentence.number: document.words(sentence) for sentence in document.sentences}
        return sum(any(one["d"] in words.get(number + by, "") for number in one["s"]) for one in dated)

    return max(range(-_FARTHEST, _FARTHEST + 1), key=lambda by: (right(by), -abs(by)))


def _renumbered(said: Any, by: int) -> Any:
    """Return an answer whose citations (`s`) are counted on by so much."""
    if isinstance(said, dict):
        return {
            key: [one + by for one in value] if key == "s" else _renumbered(value, by) for key, value in said.items()
        }
    return [_renumbered(one, by) for one in said] if isinstance(said, list) else said


def _event(report: Report, occurrence: int | None) -> dict[str, Any]:
    when = report.event.when
    return {
        "id": report.id,
        "doc": report.path,
        "evidence": [part.quote for part in report.event.evidence],
        "earliest": str(when.earliest) if when.earliest else None,
        "latest": str(when.latest) if when.latest else None,
        "occurrence": occurrence,
    }


def _gold() -> Any:
    return json.loads((COLLECTION / "gold.json").read_text(encoding="utf-8"))


def _scorer() -> Any:
    """Load the script that scores."""
    spec = importlib.util.spec_from_file_location("score_linking", SHARED / "tools" / "score_linking.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script
