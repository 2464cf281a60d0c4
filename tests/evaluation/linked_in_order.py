"""A collection linked through the product, document by document, by a model that says the same in every order."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from dateline.answer import Completion
from dateline.linking.question import linking_request
from dateline.records import Finding, PublishedOn, Usage
from tests.evaluation.tokens import tokens
from tests.functions.press import Press

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.ask.request import Request
    from dateline.linking.model import Report

Joined = frozenset[tuple[str, str]]


@dataclass
class SteadyModel:
    """A model that knows which occurrence each report is of; it knows a report again by its line in the request."""

    occurrence: Mapping[str, str | None]
    name: str = "steady"
    asked: list[int] = field(default_factory=list)

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer a linking request, and note its tokens."""
        del deadline
        self.asked.append(sum(tokens(message.content) for message in request.messages))
        reports, _, pairs = request.messages[1].content.partition("Pairs\n")
        lines = dict(line.split(": ", 1) for line in reports.splitlines() if ": " in line)
        same = [
            number for number, pair in enumerate(pairs.splitlines(), 1) if self._are_same(pair.split(": ")[1], lines)
        ]
        return Completion(text=json.dumps({"same": same}), finish="stop", usage=Usage(calls=1))

    def _are_same(self, pair: str, lines: Mapping[str, str]) -> bool:
        one, other = (self.occurrence.get(lines[number]) for number in pair.split(" and "))
        return one is not None and one == other


def by_line(told: Sequence[Report], occurrence: Mapping[str, str]) -> dict[str, str | None]:
    """Name occurrences by the lines in which requests show their reports; a line of several says nothing."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for one in told:
        line = linking_request([(one, one)]).messages[1].content.splitlines()[1].removeprefix("1: ")
        found[line].add(occurrence[one.id])
    return {line: next(iter(several)) if len(several) == 1 else None for line, several in found.items()}


def linked(told: Sequence[Report], model: SteadyModel, seed: int) -> Joined:
    """Publish and link the documents in an order, and return the pairs of reports that are joined, by their old ids."""
    of_document: dict[str, list[Report]] = defaultdict(list)
    for one in told:
        of_document[one.path].append(one)
    names, press, known = sorted(of_document), Press(), dict[str, str]()
    random.Random(seed).shuffle(names)
    for name in names:
        reports = of_document[name]
        day = reports[0].published
        findings = [Finding(**{key: getattr(one.event, key) for key in Finding.model_fields}) for one in reports]
        published = PublishedOn(day=day, source="gold") if day else None
        ids = press.publish(name, findings, source=reports[0].medium, published=published)
        known |= dict(zip(ids, (one.id for one in reports), strict=True))
        press.link(name, lambda: model, called=model.name)
    pairs: set[tuple[str, str]] = set()
    for row in press.rows():
        joined = sorted(known[one.report.id] for one in press.store.links.reports(row.id))
        pairs.update(combinations(joined, 2))
    return frozenset(pairs)
