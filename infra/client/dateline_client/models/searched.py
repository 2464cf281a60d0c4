from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Searched")


@_attrs_define
class Searched:
    """What was searched, and what could not be within one answer: the oldest documents, the last collections.

    Attributes:
        collections (int): how many collections were searched
        collections_left (int): how many collections were not searched
        documents (int): how many documents were searched
        documents_left (int): how many documents were not searched
    """

    collections: int
    collections_left: int
    documents: int
    documents_left: int

    def to_dict(self) -> dict[str, Any]:
        collections = self.collections

        collections_left = self.collections_left

        documents = self.documents

        documents_left = self.documents_left

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "collections": collections,
                "collections_left": collections_left,
                "documents": documents,
                "documents_left": documents_left,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        collections = d.pop("collections")

        collections_left = d.pop("collections_left")

        documents = d.pop("documents")

        documents_left = d.pop("documents_left")

        searched = cls(
            collections=collections,
            collections_left=collections_left,
            documents=documents,
            documents_left=documents_left,
        )

        return searched
