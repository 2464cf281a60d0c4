"""What a document's newer run says otherwise than the older one: events are known again by their lasting ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.records import Event

# A run must fit into one item of the table, which holds 400 KB: 1,000 ids of each kind take 130.
MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Events of the newer run that the older has not, the other way round, and pairs (older, newer) that changed."""

    added: list[Event]
    gone: list[Event]
    date_changed: list[tuple[Event, Event]]
    status_changed: list[tuple[Event, Event]]

    def since(self, old: int) -> Change:
        """Note the difference in a run's record, at most `MOST_LISTED` ids of each kind; `old` is the older run."""
        return Change(
            old=old,
            added=_ids(self.added),
            gone=_ids(self.gone),
            date_changed=_ids(new for _, new in self.date_changed),
            status_changed=_ids(new for _, new in self.status_changed),
        )


def compare(old: Sequence[Event], new: Sequence[Event]) -> Difference:
    """Compare the events of two runs."""
    before, after = {event.id: event for event in old}, {event.id: event for event in new}
    both = [(before[one], event) for one, event in after.items() if one in before]
    return Difference(
        added=[event for one, event in after.items() if one not in before],
        gone=[event for one, event in before.items() if one not in after],
        date_changed=[(was, now) for was, now in both if _bounds(was) != _bounds(now)],
        status_changed=[(was, now) for was, now in both if was.status != now.status],
    )


def _bounds(event: Event) -> tuple[object, ...]:
    """Take what is a date's meaning; how it was found may change without it."""
    when = event.when
    return when.edtf, when.earliest, when.latest, when.extent


def _ids(events: Iterable[Event]) -> tuple[str, ...]:
    return tuple(event.id for event in events)[:MOST_LISTED]
