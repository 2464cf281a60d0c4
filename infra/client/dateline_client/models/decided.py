from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Decided")


@_attrs_define
class Decided:
    """A decision that was written. It is followed within seconds, and undone by `DELETE` of its `address`.

    Attributes:
        id (str): its id, which lasts
        collection (str): name of the collection: the folder below `drop/`
        address (str): where the decision lies in the bucket
    """

    id: str
    collection: str
    address: str

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        collection = self.collection

        address = self.address

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "collection": collection,
                "address": address,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        collection = d.pop("collection")

        address = d.pop("address")

        decided = cls(
            id=id,
            collection=collection,
            address=address,
        )

        return decided
