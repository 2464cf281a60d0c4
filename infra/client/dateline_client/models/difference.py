from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.date_change import DateChange
    from ..models.event import Event
    from ..models.status_change import StatusChange


T = TypeVar("T", bound="Difference")


@_attrs_define
class Difference:
    """What a document's newer run says otherwise than the older one; events are known again by their lasting ids.

    Attributes:
        document_id (str): the document's id
        old (int): the older one
        new (int): the newer one
        added (list[Event]): what the newer run tells and the older did not
        gone (list[Event]): what the older run told and the newer does not
        date_changed (list[DateChange]): what is dated otherwise by now
        status_changed (list[StatusChange]): what has another status by now
    """

    document_id: str
    old: int
    new: int
    added: list[Event]
    gone: list[Event]
    date_changed: list[DateChange]
    status_changed: list[StatusChange]

    def to_dict(self) -> dict[str, Any]:
        document_id = self.document_id

        old = self.old

        new = self.new

        added = []
        for added_item_data in self.added:
            added_item = added_item_data.to_dict()
            added.append(added_item)

        gone = []
        for gone_item_data in self.gone:
            gone_item = gone_item_data.to_dict()
            gone.append(gone_item)

        date_changed = []
        for date_changed_item_data in self.date_changed:
            date_changed_item = date_changed_item_data.to_dict()
            date_changed.append(date_changed_item)

        status_changed = []
        for status_changed_item_data in self.status_changed:
            status_changed_item = status_changed_item_data.to_dict()
            status_changed.append(status_changed_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "document_id": document_id,
                "old": old,
                "new": new,
                "added": added,
                "gone": gone,
                "date_changed": date_changed,
                "status_changed": status_changed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.date_change import DateChange  # noqa: PLC0415
        from ..models.event import Event  # noqa: PLC0415
        from ..models.status_change import StatusChange  # noqa: PLC0415

        d = dict(src_dict)
        document_id = d.pop("document_id")

        old = d.pop("old")

        new = d.pop("new")

        added = []
        _added = d.pop("added")
        for added_item_data in _added:
            added_item = Event.from_dict(added_item_data)

            added.append(added_item)

        gone = []
        _gone = d.pop("gone")
        for gone_item_data in _gone:
            gone_item = Event.from_dict(gone_item_data)

            gone.append(gone_item)

        date_changed = []
        _date_changed = d.pop("date_changed")
        for date_changed_item_data in _date_changed:
            date_changed_item = DateChange.from_dict(date_changed_item_data)

            date_changed.append(date_changed_item)

        status_changed = []
        _status_changed = d.pop("status_changed")
        for status_changed_item_data in _status_changed:
            status_changed_item = StatusChange.from_dict(status_changed_item_data)

            status_changed.append(status_changed_item)

        difference = cls(
            document_id=document_id,
            old=old,
            new=new,
            added=added,
            gone=gone,
            date_changed=date_changed,
            status_changed=status_changed,
        )

        return difference
