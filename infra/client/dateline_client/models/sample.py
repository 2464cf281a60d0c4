from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.evidence import Evidence


T = TypeVar("T", bound="Sample")


@_attrs_define
class Sample:
    """One of an occurrence's reports, as a list shows it: whose it is, and a sentence of it, cut where it is long.

    Attributes:
        event (str): the event's id
        document (str): the document's id
        path (str): where the file lies in its collection
        medium (None | str): the publication, or a message's sender; null: not known
        published (datetime.date | None): the day of first publication; null: not known
        model (str): the model that wrote it
        evidence (Evidence): A sentence of the source: its number, its span in code points of the stored text, and its
            words.

            `page` counts from 1 and is the one on which the sentence begins; None in formats without pages. `recognised`:
            the
            words were recognised on an image by machine, which errs.
    """

    event: str
    document: str
    path: str
    medium: None | str
    published: datetime.date | None
    model: str
    evidence: Evidence

    def to_dict(self) -> dict[str, Any]:
        event = self.event

        document = self.document

        path = self.path

        medium: None | str
        medium = self.medium

        published: None | str
        if isinstance(self.published, datetime.date):
            published = self.published.isoformat()
        else:
            published = self.published

        model = self.model

        evidence = self.evidence.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "event": event,
                "document": document,
                "path": path,
                "medium": medium,
                "published": published,
                "model": model,
                "evidence": evidence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.evidence import Evidence  # noqa: PLC0415

        d = dict(src_dict)
        event = d.pop("event")

        document = d.pop("document")

        path = d.pop("path")

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

        model = d.pop("model")

        evidence = Evidence.from_dict(d.pop("evidence"))

        sample = cls(
            event=event,
            document=document,
            path=path,
            medium=medium,
            published=published,
            model=model,
            evidence=evidence,
        )

        return sample
