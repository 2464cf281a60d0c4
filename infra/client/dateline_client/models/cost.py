from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Cost")


@_attrs_define
class Cost:
    """What tokens cost, in US dollars: `prices` is the day of the price list. Tokens of batches are at a discount.

    Attributes:
        usd (str): US dollars, as a decimal
        prices (datetime.date): the day of the prices that were taken
    """

    usd: str
    prices: datetime.date

    def to_dict(self) -> dict[str, Any]:
        usd = self.usd

        prices = self.prices.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "usd": usd,
                "prices": prices,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        usd = d.pop("usd")

        prices = datetime.date.fromisoformat(d.pop("prices"))

        cost = cls(
            usd=usd,
            prices=prices,
        )

        return cost
