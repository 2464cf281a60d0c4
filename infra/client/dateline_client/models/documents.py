from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.document_counts import DocumentCounts
    from ..models.document_line import DocumentLine


T = TypeVar("T", bound="Documents")


@_attrs_define
class Documents:
    """A page of a collection's documents, newest drop first, or in the order of change since a moment.

    No index knows what is done. A page of one state looks at 1,000 documents at most, so it may be short or empty and
    still have a next one; `examined` counts what was looked at. `counts` stand on a first page.

        Attributes:
            cursor (None | str): where the next page begins; null: this is the last
            changed_since (datetime.datetime | None): what to ask with next for what changes from now on, once the last page
                is read; null on later pages
            gone (list[str]): ids of documents that were deleted since what was asked with
            documents (list[DocumentLine]): the documents of this page
            examined (int): how many were looked at for this page
            counts (DocumentCounts | None): how many documents wait and how many are rejected, on a first page; null
                elsewhere
    """

    cursor: None | str
    changed_since: datetime.datetime | None
    gone: list[str]
    documents: list[DocumentLine]
    examined: int
    counts: DocumentCounts | None

    def to_dict(self) -> dict[str, Any]:
        from ..models.document_counts import DocumentCounts  # noqa: PLC0415

        cursor: None | str
        cursor = self.cursor

        changed_since: None | str
        if isinstance(self.changed_since, datetime.datetime):
            changed_since = self.changed_since.isoformat()
        else:
            changed_since = self.changed_since

        gone = self.gone

        documents = []
        for documents_item_data in self.documents:
            documents_item = documents_item_data.to_dict()
            documents.append(documents_item)

        examined = self.examined

        counts: dict[str, Any] | None
        if isinstance(self.counts, DocumentCounts):
            counts = self.counts.to_dict()
        else:
            counts = self.counts

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cursor": cursor,
                "changed_since": changed_since,
                "gone": gone,
                "documents": documents,
                "examined": examined,
                "counts": counts,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.document_counts import DocumentCounts  # noqa: PLC0415
        from ..models.document_line import DocumentLine  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cursor = _parse_cursor(d.pop("cursor"))

        def _parse_changed_since(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                changed_since_type_0 = datetime.datetime.fromisoformat(data)

                return changed_since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        changed_since = _parse_changed_since(d.pop("changed_since"))

        gone = cast(list[str], d.pop("gone"))

        documents = []
        _documents = d.pop("documents")
        for documents_item_data in _documents:
            documents_item = DocumentLine.from_dict(documents_item_data)

            documents.append(documents_item)

        examined = d.pop("examined")

        def _parse_counts(data: object) -> DocumentCounts | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                counts_type_0 = DocumentCounts.from_dict(data)

                return counts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(DocumentCounts | None, data)

        counts = _parse_counts(d.pop("counts"))

        documents = cls(
            cursor=cursor,
            changed_since=changed_since,
            gone=gone,
            documents=documents,
            examined=examined,
            counts=counts,
        )

        return documents
