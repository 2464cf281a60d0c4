from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="Told")


@_attrs_define
class Told:
    """One of the rival values of a conflict, how many reports tell it, and a few of their events and media.

    `value` is a date's EDTF, a number's digits, words for a place, a term of a course, or `asserted` or `denied`.

        Attributes:
            value (str): what is told
            events (list[str]): ids of the events that tell it
            reports (int): how many reports tell it
            media (list[str]): a few of the media that tell it
    """

    value: str
    events: list[str]
    reports: int
    media: list[str]

    def to_dict(self) -> dict[str, Any]:
        value = self.value

        events = self.events

        reports = self.reports

        media = self.media

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "value": value,
                "events": events,
                "reports": reports,
                "media": media,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        value = d.pop("value")

        events = cast(list[str], d.pop("events"))

        reports = d.pop("reports")

        media = cast(list[str], d.pop("media"))

        told = cls(
            value=value,
            events=events,
            reports=reports,
            media=media,
        )

        return told
