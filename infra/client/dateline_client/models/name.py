from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Name")


@_attrs_define
class Name:
    """Somebody or something that a title names, with the source's own words for it.

    Attributes:
        name (str): the name as the title has it
        words (str): the source's own words; null: none
    """

    name: str
    words: str

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        words = self.words

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "words": words,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        words = d.pop("words")

        name = cls(
            name=name,
            words=words,
        )

        return name
