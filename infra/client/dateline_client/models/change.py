from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="Change")


@_attrs_define
class Change:
    """What a run says otherwise than the run `old`, which readers saw before it: ids of events.

    Attributes:
        old (int): the older one
        added (list[str]): what the newer run tells and the older did not
        gone (list[str]): what the older run told and the newer does not
        date_changed (list[str]): what is dated otherwise by now
        status_changed (list[str]): what has another status by now
    """

    old: int
    added: list[str]
    gone: list[str]
    date_changed: list[str]
    status_changed: list[str]

    def to_dict(self) -> dict[str, Any]:
        old = self.old

        added = self.added

        gone = self.gone

        date_changed = self.date_changed

        status_changed = self.status_changed

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "old": old,
                "added": added,
                "gone": gone,
                "date_changed": date_changed,
                "status_changed": status_changed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        old = d.pop("old")

        added = cast(list[str], d.pop("added"))

        gone = cast(list[str], d.pop("gone"))

        date_changed = cast(list[str], d.pop("date_changed"))

        status_changed = cast(list[str], d.pop("status_changed"))

        change = cls(
            old=old,
            added=added,
            gone=gone,
            date_changed=date_changed,
            status_changed=status_changed,
        )

        return change
