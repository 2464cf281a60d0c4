from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.occurrence import Occurrence
    from ..models.sources import Sources


T = TypeVar("T", bound="Occurrences")


@_attrs_define
class Occurrences:
    """A page of a collection's occurrences that stand in an interval and pass the filters, in order of their start.

    Of each there is a bounded summary, which may lag behind its reports by a minute; `/occurrences/{id}` has all of
    them. `sources` gives the documents of its `samples` by their ids. `examined` and `examined_to` are as for a
    timeline.

        Attributes:
            cursor (None | str): where the next page begins; null: this is the last
            collection (str): name of the collection: the folder below `drop/`
            first_day (None | str): the first day; null: open
            last_day (None | str): the last day; null: open
            occurrences (list[Occurrence]): the occurrences
            sources (Sources): Documents that are cited, by their ids.
            examined (int): how many were looked at for this page
            examined_to (None | str): the start of the last that was looked at; null: an open start, or nothing was there
    """

    cursor: None | str
    collection: str
    first_day: None | str
    last_day: None | str
    occurrences: list[Occurrence]
    sources: Sources
    examined: int
    examined_to: None | str

    def to_dict(self) -> dict[str, Any]:
        cursor: None | str
        cursor = self.cursor

        collection = self.collection

        first_day: None | str
        first_day = self.first_day

        last_day: None | str
        last_day = self.last_day

        occurrences = []
        for occurrences_item_data in self.occurrences:
            occurrences_item = occurrences_item_data.to_dict()
            occurrences.append(occurrences_item)

        sources = self.sources.to_dict()

        examined = self.examined

        examined_to: None | str
        examined_to = self.examined_to

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cursor": cursor,
                "collection": collection,
                "first_day": first_day,
                "last_day": last_day,
                "occurrences": occurrences,
                "sources": sources,
                "examined": examined,
                "examined_to": examined_to,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.occurrence import Occurrence  # noqa: PLC0415
        from ..models.sources import Sources  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cursor = _parse_cursor(d.pop("cursor"))

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

        occurrences = []
        _occurrences = d.pop("occurrences")
        for occurrences_item_data in _occurrences:
            occurrences_item = Occurrence.from_dict(occurrences_item_data)

            occurrences.append(occurrences_item)

        sources = Sources.from_dict(d.pop("sources"))

        examined = d.pop("examined")

        def _parse_examined_to(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        examined_to = _parse_examined_to(d.pop("examined_to"))

        occurrences = cls(
            cursor=cursor,
            collection=collection,
            first_day=first_day,
            last_day=last_day,
            occurrences=occurrences,
            sources=sources,
            examined=examined,
            examined_to=examined_to,
        )

        return occurrences
