from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="Source")


@_attrs_define
class Source:
    """A document as what is told is cited by: what it is, who published it when, and where it lies here and on the web.

    `medium` is the publication or a message's sender; `recipients` are a message's, whose subject is its `title`.

        Attributes:
            path (str): where the file lies in its collection
            title (None | str): its title; null where none is known
            author (None | str): who wrote it, as it says itself; null: it does not say
            recipients (None | str): to whom a message was sent; null: it is none
            medium (None | str): the publication, or a message's sender; null: not known
            url (None | str): its address on the web; null: not known
            published (datetime.date | None): the day of first publication; null: not known
            language (None | str): its language (BCP 47); null: not known
    """

    path: str
    title: None | str
    author: None | str
    recipients: None | str
    medium: None | str
    url: None | str
    published: datetime.date | None
    language: None | str

    def to_dict(self) -> dict[str, Any]:
        path = self.path

        title: None | str
        title = self.title

        author: None | str
        author = self.author

        recipients: None | str
        recipients = self.recipients

        medium: None | str
        medium = self.medium

        url: None | str
        url = self.url

        published: None | str
        if isinstance(self.published, datetime.date):
            published = self.published.isoformat()
        else:
            published = self.published

        language: None | str
        language = self.language

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "path": path,
                "title": title,
                "author": author,
                "recipients": recipients,
                "medium": medium,
                "url": url,
                "published": published,
                "language": language,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        path = d.pop("path")

        def _parse_title(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        title = _parse_title(d.pop("title"))

        def _parse_author(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        author = _parse_author(d.pop("author"))

        def _parse_recipients(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        recipients = _parse_recipients(d.pop("recipients"))

        def _parse_medium(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        medium = _parse_medium(d.pop("medium"))

        def _parse_url(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        url = _parse_url(d.pop("url"))

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

        def _parse_language(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        language = _parse_language(d.pop("language"))

        source = cls(
            path=path,
            title=title,
            author=author,
            recipients=recipients,
            medium=medium,
            url=url,
            published=published,
            language=language,
        )

        return source
