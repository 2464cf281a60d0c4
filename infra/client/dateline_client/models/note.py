from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="Note")


@_attrs_define
class Note:
    """Something that a reader should know about a run: what was left out and why, which dates were not used.

    `code` is stable and for machines, `message` is for people, `subject` is the title or the words that it is about.

        Attributes:
            code (str): what kind it is, for programs
            message (str): what it is about, in words
            subject (None | str): what it is about; null: all of it
    """

    code: str
    message: str
    subject: None | str

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        message = self.message

        subject: None | str
        subject = self.subject

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "code": code,
                "message": message,
                "subject": subject,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        code = d.pop("code")

        message = d.pop("message")

        def _parse_subject(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        subject = _parse_subject(d.pop("subject"))

        note = cls(
            code=code,
            message=message,
            subject=subject,
        )

        return note
