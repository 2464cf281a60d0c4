from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.edit_kind import EditKind, check_edit_kind
from ..models.status import Status, check_status
from ..types import UNSET, Unset

T = TypeVar("T", bound="NewDecision")


@_attrs_define
class NewDecision:
    """A decision about occurrences, by their ids: `join` is about several, the others are about one.

    `split` parts the reports of `events` from the other reports.

        Attributes:
            kind (EditKind): What an editor's decision does.
            reason (str): why, for readers
            occurrences (list[str]): ids of the occurrences that it is about: of several to `join`, else of one
            title (None | str | Unset): to `correct` by
            date (None | str | Unset): to `correct` by: the date in EDTF
            status (None | Status | Unset): to `correct` by
            events (list[str] | Unset): to `split`: ids of the events whose reports stand apart from the others
    """

    kind: EditKind
    reason: str
    occurrences: list[str]
    title: None | str | Unset = UNSET
    date: None | str | Unset = UNSET
    status: None | Status | Unset = UNSET
    events: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        kind: str = self.kind

        reason = self.reason

        occurrences = self.occurrences

        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

        date: None | str | Unset
        if isinstance(self.date, Unset):
            date = UNSET
        else:
            date = self.date

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, str):
            status = self.status
        else:
            status = self.status

        events: list[str] | Unset = UNSET
        if not isinstance(self.events, Unset):
            events = self.events

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kind": kind,
                "reason": reason,
                "occurrences": occurrences,
            }
        )
        if title is not UNSET:
            field_dict["title"] = title
        if date is not UNSET:
            field_dict["date"] = date
        if status is not UNSET:
            field_dict["status"] = status
        if events is not UNSET:
            field_dict["events"] = events

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = check_edit_kind(d.pop("kind"))

        reason = d.pop("reason")

        occurrences = cast(list[str], d.pop("occurrences"))

        def _parse_title(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        title = _parse_title(d.pop("title", UNSET))

        def _parse_date(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        date = _parse_date(d.pop("date", UNSET))

        def _parse_status(data: object) -> None | Status | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_0 = check_status(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Status | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        events = cast(list[str], d.pop("events", UNSET))

        new_decision = cls(
            kind=kind,
            reason=reason,
            occurrences=occurrences,
            title=title,
            date=date,
            status=status,
            events=events,
        )

        return new_decision
