from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.document_count import DocumentCount
    from ..models.links import Links


T = TypeVar("T", bound="Collection")


@_attrs_define
class Collection:
    """A collection by its name, with about how many documents it has and which days its timeline spans.

    `first_day` is the first on which something begins, `last_day` the end of what begins last; both count what a
    replaced run leaves behind until it is tidied away, and are null where nothing has a date that begins.

        Attributes:
            name (str): its name
            documents (DocumentCount): About how many documents: an index that lags by moments was counted, and no further
                than 1,000.
            first_day (None | str): the first day; null: open
            last_day (None | str): the last day; null: open
            links (Links): URLs, relative to that of the answer, by what they lead to.
    """

    name: str
    documents: DocumentCount
    first_day: None | str
    last_day: None | str
    links: Links

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        documents = self.documents.to_dict()

        first_day: None | str
        first_day = self.first_day

        last_day: None | str
        last_day = self.last_day

        links = self.links.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "documents": documents,
                "first_day": first_day,
                "last_day": last_day,
                "links": links,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.document_count import DocumentCount  # noqa: PLC0415
        from ..models.links import Links  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        documents = DocumentCount.from_dict(d.pop("documents"))

        def _parse_first_day(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        first_day = _parse_first_day(d.pop("first_day"))

        def _parse_last_day(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        last_day = _parse_last_day(d.pop("last_day"))

        links = Links.from_dict(d.pop("links"))

        collection = cls(
            name=name,
            documents=documents,
            first_day=first_day,
            last_day=last_day,
            links=links,
        )

        return collection
