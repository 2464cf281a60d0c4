from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="Interval")


@_attrs_define
class Interval:
    """Bounds beside the ones that are shown: what model or resolver says where they differ.

    Attributes:
        edtf (str): the date in EDTF (ISO 8601-2); null: none
        earliest (None | str): the first day that it can be; null: an open start, or no date
        latest (None | str): the last day that it can be; null: an open end, or no date
    """

    edtf: str
    earliest: None | str
    latest: None | str

    def to_dict(self) -> dict[str, Any]:
        edtf = self.edtf

        earliest: None | str
        earliest = self.earliest

        latest: None | str
        latest = self.latest

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "edtf": edtf,
                "earliest": earliest,
                "latest": latest,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        edtf = d.pop("edtf")

        def _parse_earliest(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        earliest = _parse_earliest(d.pop("earliest"))

        def _parse_latest(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        latest = _parse_latest(d.pop("latest"))

        interval = cls(
            edtf=edtf,
            earliest=earliest,
            latest=latest,
        )

        return interval
