from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.event import Event
    from ..models.occurrence_ids import OccurrenceIds
    from ..models.source import Source


T = TypeVar("T", bound="DocumentTimeline")


@_attrs_define
class DocumentTimeline:
    """A page of a document's events by date, the undated ones last. All of one answer is of one run.

    `occurrences` gives the occurrence that an event reports by the event's id; those that are not linked yet have none.

        Attributes:
            cursor (None | str): where the next page begins; null: this is the last
            document_id (str): the document's id
            source (Source): A document as what is told is cited by: what it is, who published it when, and where it lies
                here and on the web.

                `medium` is the publication or a message's sender; `recipients` are a message's, whose subject is its `title`.
            run (int | None): number of the run that this is of; null: there is none yet
            events (list[Event]): the events
            occurrences (OccurrenceIds): Ids of occurrences, by the ids of the events that report them.
    """

    cursor: None | str
    document_id: str
    source: Source
    run: int | None
    events: list[Event]
    occurrences: OccurrenceIds

    def to_dict(self) -> dict[str, Any]:
        cursor: None | str
        cursor = self.cursor

        document_id = self.document_id

        source = self.source.to_dict()

        run: int | None
        run = self.run

        events = []
        for events_item_data in self.events:
            events_item = events_item_data.to_dict()
            events.append(events_item)

        occurrences = self.occurrences.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cursor": cursor,
                "document_id": document_id,
                "source": source,
                "run": run,
                "events": events,
                "occurrences": occurrences,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event import Event  # noqa: PLC0415
        from ..models.occurrence_ids import OccurrenceIds  # noqa: PLC0415
        from ..models.source import Source  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cursor = _parse_cursor(d.pop("cursor"))

        document_id = d.pop("document_id")

        source = Source.from_dict(d.pop("source"))

        def _parse_run(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        run = _parse_run(d.pop("run"))

        events = []
        _events = d.pop("events")
        for events_item_data in _events:
            events_item = Event.from_dict(events_item_data)

            events.append(events_item)

        occurrences = OccurrenceIds.from_dict(d.pop("occurrences"))

        document_timeline = cls(
            cursor=cursor,
            document_id=document_id,
            source=source,
            run=run,
            events=events,
            occurrences=occurrences,
        )

        return document_timeline
