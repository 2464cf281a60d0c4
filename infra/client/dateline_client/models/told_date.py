from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="ToldDate")


@_attrs_define
class ToldDate:
    """A date that reports give: its bounds, the words of one of them, how many tell it, and a few of their media.

    Attributes:
        earliest (None | str): the first day that it can be; null: an open start, or no date
        latest (None | str): the last day that it can be; null: an open end, or no date
        words (None | str): the source's own words; null: none
        reports (int): how many reports tell it
        media (list[str]): a few of the media that tell it
    """

    earliest: None | str
    latest: None | str
    words: None | str
    reports: int
    media: list[str]

    def to_dict(self) -> dict[str, Any]:
        earliest: None | str
        earliest = self.earliest

        latest: None | str
        latest = self.latest

        words: None | str
        words = self.words

        reports = self.reports

        media = self.media

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "earliest": earliest,
                "latest": latest,
                "words": words,
                "reports": reports,
                "media": media,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

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

        def _parse_words(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        words = _parse_words(d.pop("words"))

        reports = d.pop("reports")

        media = cast(list[str], d.pop("media"))

        told_date = cls(
            earliest=earliest,
            latest=latest,
            words=words,
            reports=reports,
            media=media,
        )

        return told_date
