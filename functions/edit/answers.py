"""What the edit function answers."""

from __future__ import annotations

from dateline.records import Record


class Decided(Record):
    """A decision that was written. It is followed within seconds, and undone by `DELETE` of its `address`."""

    id: str
    collection: str
    address: str
