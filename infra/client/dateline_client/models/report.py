from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.event import Event


T = TypeVar("T", bound="Report")


@_attrs_define
class Report:
    """What one event is to a collection: one document's telling of something that happened.

    `run` is the document's run that tells it, where stored the first that told all of its dated events so; `path`,
    `language`, `medium` and `published` are the document's.

        Attributes:
            event (Event): An event with the identity that outlives reprocessing. `model` names what wrote its title.
            run (int): the document's run that tells it
            path (str): where the file lies in its collection
            language (None | str): its language (BCP 47); null: not known
            medium (None | str): the publication, or a message's sender; null: not known
            published (datetime.date | None): the day of first publication; null: not known
    """

    event: Event
    run: int
    path: str
    language: None | str
    medium: None | str
    published: datetime.date | None

    def to_dict(self) -> dict[str, Any]:
        event = self.event.to_dict()

        run = self.run

        path = self.path

        language: None | str
        language = self.language

        medium: None | str
        medium = self.medium

        published: None | str
        if isinstance(self.published, datetime.date):
            published = self.published.isoformat()
        else:
            published = self.published

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "event": event,
                "run": run,
                "path": path,
                "language": language,
                "medium": medium,
                "published": published,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event import Event  # noqa: PLC0415

        d = dict(src_dict)
        event = Event.from_dict(d.pop("event"))

        run = d.pop("run")

        path = d.pop("path")

        def _parse_language(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        language = _parse_language(d.pop("language"))

        def _parse_medium(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        medium = _parse_medium(d.pop("medium"))

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

        report = cls(
            event=event,
            run=run,
            path=path,
            language=language,
            medium=medium,
            published=published,
        )

        return report
