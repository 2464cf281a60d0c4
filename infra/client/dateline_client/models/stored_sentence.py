from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.role import Role, check_role

T = TypeVar("T", bound="StoredSentence")


@_attrs_define
class StoredSentence:
    """A numbered span of a stored text, in code points, with the page on which it begins where there are pages.

    `recognised`: its words were recognised on an image by machine.

        Attributes:
            number (int): its number, from 1
            start (int): where it begins in the text, in code points
            end (int): where it ends in the text, in code points, excluded
            role (Role): What a sentence is in its document.
            page (int | None): the page on which it begins, from 1; null: the format has no pages
            recognised (bool): whether the words were recognised on an image by machine, which errs Default: False.
    """

    number: int
    start: int
    end: int
    role: Role
    page: int | None
    recognised: bool = False

    def to_dict(self) -> dict[str, Any]:
        number = self.number

        start = self.start

        end = self.end

        role: str = self.role

        page: int | None
        page = self.page

        recognised = self.recognised

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "number": number,
                "start": start,
                "end": end,
                "role": role,
                "page": page,
                "recognised": recognised,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        number = d.pop("number")

        start = d.pop("start")

        end = d.pop("end")

        role = check_role(d.pop("role"))

        def _parse_page(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        page = _parse_page(d.pop("page"))

        recognised = d.pop("recognised")

        stored_sentence = cls(
            number=number,
            start=start,
            end=end,
            role=role,
            page=page,
            recognised=recognised,
        )

        return stored_sentence
