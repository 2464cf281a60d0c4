from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.date_anchor_source import DateAnchorSource, check_date_anchor_source

T = TypeVar("T", bound="DateAnchor")


@_attrs_define
class DateAnchor:
    """What a date without a year of its own was worked out from: a neighbour in the text, or the publication date.

    Attributes:
        source (DateAnchorSource): what it counts from
        sentence (int | None): number of the neighbour's sentence; null: it counts from the day of publication
        words (None | str): the source's own words; null: none
        published (datetime.date | None): the day of publication that it counts from; null: it counts from a neighbour
    """

    source: DateAnchorSource
    sentence: int | None
    words: None | str
    published: datetime.date | None

    def to_dict(self) -> dict[str, Any]:
        source: str = self.source

        sentence: int | None
        sentence = self.sentence

        words: None | str
        words = self.words

        published: None | str
        if isinstance(self.published, datetime.date):
            published = self.published.isoformat()
        else:
            published = self.published

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "source": source,
                "sentence": sentence,
                "words": words,
                "published": published,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        source = check_date_anchor_source(d.pop("source"))

        def _parse_sentence(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        sentence = _parse_sentence(d.pop("sentence"))

        def _parse_words(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        words = _parse_words(d.pop("words"))

        def _parse_published(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                published_type_0 = datetime.date.fromisoformat(data)

                return published_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        published = _parse_published(d.pop("published"))

        date_anchor = cls(
            source=source,
            sentence=sentence,
            words=words,
            published=published,
        )

        return date_anchor
