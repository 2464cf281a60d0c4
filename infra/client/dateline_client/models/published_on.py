from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="PublishedOn")


@_attrs_define
class PublishedOn:
    """The day of first publication and where it is known from.

    Attributes:
        day (datetime.date): the day
        source (str): where it is known from
    """

    day: datetime.date
    source: str

    def to_dict(self) -> dict[str, Any]:
        day = self.day.isoformat()

        source = self.source

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "day": day,
                "source": source,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        day = datetime.date.fromisoformat(d.pop("day"))

        source = d.pop("source")

        published_on = cls(
            day=day,
            source=source,
        )

        return published_on
