"""Deciding about occurrences by their ids: the decision names their reports and lies in the bucket, to be followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from dateline.linking.edits import MOST_NAMED, Edit, Ruling
from dateline.store import keys
from dateline.store.bucket import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.linking.model import Report
    from dateline.store.store import Store

_MOST_JOINED = 20
_OCCURRENCE = re.compile(r"occ_[a-z2-7]{20}")


class NoOccurrence(Exception):
    """There is no such occurrence in the collection; the message says which."""


class CannotDecide(Exception):
    """The decision does not fit what the occurrence is; the message says why."""


class NewDecision(Ruling):
    """A decision about occurrences, by their ids: `join` is about several, the others are about one.

    `split` parts the reports of `events` from the other reports.
    """

    occurrences: tuple[str, ...] = Field(min_length=1, max_length=_MOST_JOINED)
    events: tuple[str, ...] = Field(default=(), max_length=MOST_NAMED)

    @model_validator(mode="after")
    def _names_what_it_needs(self) -> NewDecision:
        if (self.kind == "join") != (len(set(self.occurrences)) > 1):
            raise ValueError("`join` names two occurrences or more, the other kinds name one")
        if (self.kind == "split") != bool(self.events):
            raise ValueError("`events` is for `split`, and `split` needs it")
        return self


def decide(new: NewDecision, collection: str | None, author: str | None, store: Store) -> tuple[str, Edit]:
    """Write a decision and return its collection, which is `collection` where that is given, and the decision.

    NoOccurrence: one is not there. CannotDecide: it does not fit. Retryable: AWS is busy.
    """
    names = tuple(dict.fromkeys(new.occurrences))
    heads = store.links.heads(one for one in names if _OCCURRENCE.fullmatch(one))
    for name in names:
        head = heads.get(name)
        if head is None or collection not in {None, head.collection}:
            raise NoOccurrence(f"There is no occurrence {name} here.")
        if head.into is not None:
            raise NoOccurrence(f"{name} is one with another by now: name {head.into}.")
    collections = {head.collection for head in heads.values()}
    if len(collections) > 1:
        raise CannotDecide(f"They lie in different collections: {', '.join(sorted(collections))}.")
    told = [[one.report for one in store.links.reports(name)] for name in names]
    if not all(told):
        raise NoOccurrence("An occurrence has gone: no document tells it any more.")
    edit = Edit.fresh(new, *_sides(new, told), author)
    (of,) = collections
    store.blobs.put_edit(keys.edit_key(of, edit.id), edit.written)
    return of, edit


def _sides(new: NewDecision, told: Sequence[Sequence[Report]]) -> tuple[list[Report], list[Report]]:
    """Choose the reports that a decision names, and those that they stand apart from; a few of many are enough."""
    if new.kind != "split":
        each = MOST_NAMED // len(told)
        return [report for reports in told for report in _in_order(reports)[:each]], []
    (reports,) = told
    wanted = set(new.events)
    if unknown := wanted - {one.id for one in reports}:
        raise CannotDecide(f"It has no report {min(unknown)}.")
    rest = [one for one in _in_order(reports) if one.id not in wanted]
    if not rest:
        raise CannotDecide("These are all of its reports: leave some to part them from.")
    return [one for one in _in_order(reports) if one.id in wanted], rest[:MOST_NAMED]


def _in_order(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda one: one.id)


def is_decided(collection: str, name: str, store: Store) -> bool:
    """Return whether there is a decision of this name, followed already or not."""
    if store.links.edit(collection, name) is not None:
        return True
    try:
        return store.blobs.edit(keys.edit_key(collection, name), 0) is not None
    except TooLarge:
        return True


def undo(collection: str, name: str, store: Store) -> None:
    """Delete a decision, if there is one; what it changed is as it was when that is followed."""
    store.blobs.delete_edit(keys.edit_key(collection, name))
