from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.edit_kind import EditKind, check_edit_kind

T = TypeVar("T", bound="ShownEdit")


@_attrs_define
class ShownEdit:
    """An editor's decision about an occurrence, as its readers are shown it.

    `author` is who decided, as the writer says; `by` wrote it, as far as AWS says.

        Attributes:
            id (str): its id, which lasts
            kind (EditKind): What an editor's decision does.
            reason (str): why, in words
            author (None | str): who wrote it, as it says itself; null: it does not say
            by (None | str): who decided it, as AWS or the token knows them; null: not known
            at (datetime.datetime): when it was decided
    """

    id: str
    kind: EditKind
    reason: str
    author: None | str
    by: None | str
    at: datetime.datetime

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind: str = self.kind

        reason = self.reason

        author: None | str
        author = self.author

        by: None | str
        by = self.by

        at = self.at.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "reason": reason,
                "author": author,
                "by": by,
                "at": at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        kind = check_edit_kind(d.pop("kind"))

        reason = d.pop("reason")

        def _parse_author(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        author = _parse_author(d.pop("author"))

        def _parse_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        by = _parse_by(d.pop("by"))

        at = datetime.datetime.fromisoformat(d.pop("at"))

        shown_edit = cls(
            id=id,
            kind=kind,
            reason=reason,
            author=author,
            by=by,
            at=at,
        )

        return shown_edit
