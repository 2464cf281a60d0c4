from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.status import Status, check_status

T = TypeVar("T", bound="StatusChange")


@_attrs_define
class StatusChange:
    """An event whose status is another now.

    Attributes:
        id (str): its id, which lasts
        title (str): its title; null where none is known
        old (Status): Who stands behind what is told.
        new (Status): Who stands behind what is told.
    """

    id: str
    title: str
    old: Status
    new: Status

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        title = self.title

        old: str = self.old

        new: str = self.new

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
        d = dict(src_dict)
        id = d.pop("id")

        title = d.pop("title")

        old = check_status(d.pop("old"))

        new = check_status(d.pop("new"))

        status_change = cls(
            id=id,
            title=title,
            old=old,
            new=new,
        )

        return status_change
