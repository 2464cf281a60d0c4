from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.found_document import FoundDocument
    from ..models.searched import Searched


T = TypeVar("T", bound="SearchPage")


@_attrs_define
class SearchPage:
    """A page of documents that hold what was looked for.

    First those of which titles, names or the medium hold all of it, then the others, each with the newest publication
    (else drop) first. `about` counts all of them, and what a replaced run leaves behind until it is packed away. A page
    looks at 1,000 documents at most, so it may be short or empty and still have a next one.

        Attributes:
            cursor (None | str): where the next page begins; null: this is the last
            documents (list[FoundDocument]): the documents of this page
            about (int): how many were found, and about what waits to be packed away
            searched (Searched): What was searched, and what could not be within one answer: the oldest documents, the last
                collections.
    """

    cursor: None | str
    documents: list[FoundDocument]
    about: int
    searched: Searched

    def to_dict(self) -> dict[str, Any]:
        cursor: None | str
        cursor = self.cursor

        documents = []
        for documents_item_data in self.documents:
            documents_item = documents_item_data.to_dict()
            documents.append(documents_item)

        about = self.about

        searched = self.searched.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cursor": cursor,
                "documents": documents,
                "about": about,
                "searched": searched,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.found_document import FoundDocument  # noqa: PLC0415
        from ..models.searched import Searched  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cursor = _parse_cursor(d.pop("cursor"))

        documents = []
        _documents = d.pop("documents")
        for documents_item_data in _documents:
            documents_item = FoundDocument.from_dict(documents_item_data)

            documents.append(documents_item)

        about = d.pop("about")

        searched = Searched.from_dict(d.pop("searched"))

        search_page = cls(
            cursor=cursor,
            documents=documents,
            about=about,
            searched=searched,
        )

        return search_page
