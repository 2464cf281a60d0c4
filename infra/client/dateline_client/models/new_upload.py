from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewUpload")


@_attrs_define
class NewUpload:
    """A file to be uploaded: its path in the collection, its exact size in bytes, its type.

    `published` is the day of first publication and `source` the medium, where the file does not say them itself.

        Attributes:
            path (str): where it is to lie in its collection
            size (int): its exact size, in bytes
            content_type (str): the file's media type
            published (datetime.date | None | Unset): the day of first publication, where the file does not say it
            source (None | str | Unset): the medium, where the file does not say it
    """

    path: str
    size: int
    content_type: str
    published: datetime.date | None | Unset = UNSET
    source: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        path = self.path

        size = self.size

        content_type = self.content_type

        published: None | str | Unset
        if isinstance(self.published, Unset):
            published = UNSET
        elif isinstance(self.published, datetime.date):
            published = self.published.isoformat()
        else:
            published = self.published

        source: None | str | Unset
        if isinstance(self.source, Unset):
            source = UNSET
        else:
            source = self.source

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "path": path,
                "size": size,
                "content_type": content_type,
            }
        )
        if published is not UNSET:
            field_dict["published"] = published
        if source is not UNSET:
            field_dict["source"] = source

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        path = d.pop("path")

        size = d.pop("size")

        content_type = d.pop("content_type")

        def _parse_published(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                published_type_0 = datetime.date.fromisoformat(data)

                return published_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        published = _parse_published(d.pop("published", UNSET))

        def _parse_source(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        source = _parse_source(d.pop("source", UNSET))

        new_upload = cls(
            path=path,
            size=size,
            content_type=content_type,
            published=published,
            source=source,
        )

        return new_upload
