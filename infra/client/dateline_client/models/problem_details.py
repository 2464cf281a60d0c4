from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ProblemDetails")


@_attrs_define
class ProblemDetails:
    """An error as RFC 9457 writes it; `request_id` finds it in the logs.

    Attributes:
        type_ (str): kind of problem; `about:blank`: what the status says Default: 'about:blank'.
        title (str): the HTTP status in words
        status (int): the HTTP status
        detail (str): what is wrong, and what to do
        request_id (str): what finds this request in the logs
    """

    title: str
    status: int
    detail: str
    request_id: str
    type_: str = "about:blank"

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        title = self.title

        status = self.status

        detail = self.detail

        request_id = self.request_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "title": title,
                "status": status,
                "detail": detail,
                "request_id": request_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = d.pop("type")

        title = d.pop("title")

        status = d.pop("status")

        detail = d.pop("detail")

        request_id = d.pop("request_id")

        problem_details = cls(
            type_=type_,
            title=title,
            status=status,
            detail=detail,
            request_id=request_id,
        )

        return problem_details
