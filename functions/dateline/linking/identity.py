"""Ids of occurrences that last: which of them goes on under which id when reports come, go, join and part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Continued:
    """The id under which each cluster goes on, in order (None: it needs a new one), and which ids were merged away.

    `into` gives for an id that was merged the place of the cluster that has its reports now.
    """

    ids: tuple[str | None, ...]
    into: Mapping[str, int]


def continue_ids(clusters: Sequence[frozenset[str]], was: Mapping[str, str], born: Mapping[str, int]) -> Continued:
    """Give clusters of events the ids of the occurrences that they continue.

    `was` gives the occurrence of each event that had one, `born` the age of each occurrence: lower is older. An id goes
    to the cluster that has most of its reports. A cluster that continues several keeps the oldest, and the others are
    merged into it. An id of which no report is left goes to none.
    """
    wanted: dict[int, list[str]] = {}
    into: dict[str, int] = {}
    for one in sorted(born, key=lambda one: (born[one], one)):
        shares = Counter(place for place, events in enumerate(clusters) for event in events if was.get(event) == one)
        if not shares:
            continue
        place = min(shares, key=lambda place: (-shares[place], place))
        wanted.setdefault(place, []).append(one)
        into[one] = place
    ids = tuple(wanted[place][0] if place in wanted else None for place in range(len(clusters)))
    return Continued(ids, {one: place for one, place in into.items() if one not in ids})
