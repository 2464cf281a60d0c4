from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.collection import Collection


T = TypeVar("T", bound="Collections")


@_attrs_define
class Collections:
    """A page of collections in order of their names.

    Attributes:
        cursor (None | str): where the next page begins; null: this is the last
        collections (list[Collection]): the collections of this page
    """

    cursor: None | str
    collections: list[Collection]

    def to_dict(self) -> dict[str, Any]:
        cursor: None | str
        cursor = self.cursor

        collections = []
        for collections_item_data in self.collections:
            collections_item = collections_item_data.to_dict()
            collections.append(collections_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cursor": cursor,
                "collections": collections,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.collection import Collection  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cursor = _parse_cursor(d.pop("cursor"))

        collections = []
        _collections = d.pop("collections")
        for collections_item_data in _collections:
            collections_item = Collection.from_dict(collections_item_data)

            collections.append(collections_item)

        collections = cls(
            cursor=cursor,
            collections=collections,
        )

        return collections
