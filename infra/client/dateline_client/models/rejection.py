from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.cost import Cost
    from ..models.usage import Usage


T = TypeVar("T", bound="Rejection")


@_attrs_define
class Rejection:
    """Why a document cannot be processed: a stable code, and what a person can do.

    `usage` and `cost` are of the answer that was paid for and came to nothing; None where no model was asked.

        Attributes:
            code (str): what kind it is, for programs
            reason (str): why, in words
            usage (None | Usage): the tokens that it took
            cost (Cost | None): what it cost, where the model's price was known
    """

    code: str
    reason: str
    usage: None | Usage
    cost: Cost | None

    def to_dict(self) -> dict[str, Any]:
        from ..models.cost import Cost  # noqa: PLC0415
        from ..models.usage import Usage  # noqa: PLC0415

        code = self.code

        reason = self.reason

        usage: dict[str, Any] | None
        if isinstance(self.usage, Usage):
            usage = self.usage.to_dict()
        else:
            usage = self.usage

        cost: dict[str, Any] | None
        if isinstance(self.cost, Cost):
            cost = self.cost.to_dict()
        else:
            cost = self.cost

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "code": code,
                "reason": reason,
                "usage": usage,
                "cost": cost,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.cost import Cost  # noqa: PLC0415
        from ..models.usage import Usage  # noqa: PLC0415

        d = dict(src_dict)
        code = d.pop("code")

        reason = d.pop("reason")

        def _parse_usage(data: object) -> None | Usage:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                usage_type_0 = Usage.from_dict(data)

                return usage_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Usage, data)

        usage = _parse_usage(d.pop("usage"))

        def _parse_cost(data: object) -> Cost | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                cost_type_0 = Cost.from_dict(data)

                return cost_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Cost | None, data)

        cost = _parse_cost(d.pop("cost"))

        rejection = cls(
            code=code,
            reason=reason,
            usage=usage,
            cost=cost,
        )

        return rejection
