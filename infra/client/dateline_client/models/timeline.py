from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.event import Event
    from ..models.sources import Sources


T = TypeVar("T", bound="Timeline")


@_attrs_define
class Timeline:
    """A page of a collection's events that overlap an interval and pass the filters, in order of their start.

    What happened once and has no start (by some day, or `reported`) stands at its latest day alone. A day's dated
    events stand before what was only reported on it.

    A page with filters looks at 1,000 events at most, so it may be short or empty and still have a next one.
    `examined` counts what was looked at; `examined_to` is the start of the last event among it, null where that start
    is open or nothing was there. `sources` gives each event's document by its id.

    Asked for what changed since a moment, `sources` are all that changed, with events that pass the filters or
    without, and each of them stands whole on one page: its events take the place of those that it had.

        Attributes:
            cursor (None | str): where the next page begins; null: this is the last
            changed_since (datetime.datetime | None): what to ask with next for what changes from now on, once the last page
                is read; null on later pages
            gone (list[str]): ids of documents that were deleted since what was asked with
            collection (str): name of the collection: the folder below `drop/`
            first_day (None | str): the first day; null: open
            last_day (None | str): the last day; null: open
            events (list[Event]): the events
            sources (Sources): Documents that are cited, by their ids.
            examined (int): how many were looked at for this page
            examined_to (None | str): the start of the last that was looked at; null: an open start, or nothing was there
    """

    cursor: None | str
    changed_since: datetime.datetime | None
    gone: list[str]
    collection: str
    first_day: None | str
    last_day: None | str
    events: list[Event]
    sources: Sources
    examined: int
    examined_to: None | str

    def to_dict(self) -> dict[str, Any]:
        cursor: None | str
        cursor = self.cursor

        changed_since: None | str
        if isinstance(self.changed_since, datetime.datetime):
            changed_since = self.changed_since.isoformat()
        else:
            changed_since = self.changed_since

        gone = self.gone

        collection = self.collection

        first_day: None | str
        first_day = self.first_day

        last_day: None | str
        last_day = self.last_day

        events = []
        for events_item_data in self.events:
            events_item = events_item_data.to_dict()
            events.append(events_item)

        sources = self.sources.to_dict()

        examined = self.examined

        examined_to: None | str
        examined_to = self.examined_to

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cursor": cursor,
                "changed_since": changed_since,
                "gone": gone,
                "collection": collection,
                "first_day": first_day,
                "last_day": last_day,
                "events": events,
                "sources": sources,
                "examined": examined,
                "examined_to": examined_to,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event import Event  # noqa: PLC0415
        from ..models.sources import Sources  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cursor = _parse_cursor(d.pop("cursor"))

        def _parse_changed_since(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                changed_since_type_0 = datetime.datetime.fromisoformat(data)

                return changed_since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        changed_since = _parse_changed_since(d.pop("changed_since"))

        gone = cast(list[str], d.pop("gone"))

        collection = d.pop("collection")

        def _parse_first_day(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        first_day = _parse_first_day(d.pop("first_day"))

        def _parse_last_day(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        last_day = _parse_last_day(d.pop("last_day"))

        events = []
        _events = d.pop("events")
        for events_item_data in _events:
            events_item = Event.from_dict(events_item_data)

            events.append(events_item)

        sources = Sources.from_dict(d.pop("sources"))

        examined = d.pop("examined")

        def _parse_examined_to(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        examined_to = _parse_examined_to(d.pop("examined_to"))

        timeline = cls(
            cursor=cursor,
            changed_since=changed_since,
            gone=gone,
            collection=collection,
            first_day=first_day,
            last_day=last_day,
            events=events,
            sources=sources,
            examined=examined,
            examined_to=examined_to,
        )

        return timeline
