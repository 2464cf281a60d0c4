from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.document_count import DocumentCount


T = TypeVar("T", bound="DocumentCounts")


@_attrs_define
class DocumentCounts:
    """How many documents a collection has, and how many of them wait or are rejected; the rest is done.

    Attributes:
        documents (DocumentCount): About how many documents: an index that lags by moments was counted, and no further
            than 1,000.
        waiting (DocumentCount): About how many documents: an index that lags by moments was counted, and no further
            than 1,000.
        rejected (DocumentCount): About how many documents: an index that lags by moments was counted, and no further
            than 1,000.
    """

    documents: DocumentCount
    waiting: DocumentCount
    rejected: DocumentCount

    def to_dict(self) -> dict[str, Any]:
        documents = self.documents.to_dict()

        waiting = self.waiting.to_dict()

        rejected = self.rejected.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "documents": documents,
                "waiting": waiting,
                "rejected": rejected,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.document_count import DocumentCount  # noqa: PLC0415

        d = dict(src_dict)
        documents = DocumentCount.from_dict(d.pop("documents"))

        waiting = DocumentCount.from_dict(d.pop("waiting"))

        rejected = DocumentCount.from_dict(d.pop("rejected"))

        document_counts = cls(
            documents=documents,
            waiting=waiting,
            rejected=rejected,
        )

        return document_counts
