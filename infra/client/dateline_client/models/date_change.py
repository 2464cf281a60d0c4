from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.when import When


T = TypeVar("T", bound="DateChange")


@_attrs_define
class DateChange:
    """An event whose date is another now.

    Attributes:
        id (str): its id, which lasts
        title (str): its title; null where none is known
        old (When): How exactly an event's date is known. A bound of None is an open end; an undated event has neither.

            Where model and resolver differ, the better founded one is shown, and the other stands under its name. `time` is
            the
            time of day that the words hold, as HH:MM on the source's own clock.
        new (When): How exactly an event's date is known. A bound of None is an open end; an undated event has neither.

            Where model and resolver differ, the better founded one is shown, and the other stands under its name. `time` is
            the
            time of day that the words hold, as HH:MM on the source's own clock.
    """

    id: str
    title: str
    old: When
    new: When

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        title = self.title

        old = self.old.to_dict()

        new = self.new.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "title": title,
                "old": old,
                "new": new,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.when import When  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        title = d.pop("title")

        old = When.from_dict(d.pop("old"))

        new = When.from_dict(d.pop("new"))

        date_change = cls(
            id=id,
            title=title,
            old=old,
            new=new,
        )

        return date_change
