from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.conflict_kind import ConflictKind, check_conflict_kind

if TYPE_CHECKING:
    from ..models.told import Told


T = TypeVar("T", bound="Conflict")


@_attrs_define
class Conflict:
    """Where reports of one thing part. `subject` is the quantity of numbers ("dead"); None elsewhere.

    Attributes:
        kind (ConflictKind): What reports of one thing part in.
        subject (None | str): what it is about; null: all of it
        told (list[Told]): the rival values, each with the events that tell it
    """

    kind: ConflictKind
    subject: None | str
    told: list[Told]

    def to_dict(self) -> dict[str, Any]:
        kind: str = self.kind

        subject: None | str
        subject = self.subject

        told = []
        for told_item_data in self.told:
            told_item = told_item_data.to_dict()
            told.append(told_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kind": kind,
                "subject": subject,
                "told": told,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.told import Told  # noqa: PLC0415

        d = dict(src_dict)
        kind = check_conflict_kind(d.pop("kind"))

        def _parse_subject(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        subject = _parse_subject(d.pop("subject"))

        told = []
        _told = d.pop("told")
        for told_item_data in _told:
            told_item = Told.from_dict(told_item_data)

            told.append(told_item)

        conflict = cls(
            kind=kind,
            subject=subject,
            told=told,
        )

        return conflict
