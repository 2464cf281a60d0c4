from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="DocumentCount")


@_attrs_define
class DocumentCount:
    """About how many documents: an index that lags by moments was counted, and no further than 1,000.

    Attributes:
        about (int): about how many: an index that lags by moments was counted
        or_more (bool): whether counting ended there
    """

    about: int
    or_more: bool

    def to_dict(self) -> dict[str, Any]:
        about = self.about

        or_more = self.or_more

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "about": about,
                "or_more": or_more,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        about = d.pop("about")

        or_more = d.pop("or_more")

        document_count = cls(
            about=about,
            or_more=or_more,
        )

        return document_count
