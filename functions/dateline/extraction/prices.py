"""What a document's tokens cost, by the table of prices beside this file."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from dateline.records import Cost

if TYPE_CHECKING:
    from dateline.records import Usage

_MILLION = 1_000_000


class _Price(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    input: Decimal
    cached: Decimal
    output: Decimal


class _Prices(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    known: date
    models: tuple[_Price, ...]


def cost_of(model: str, usage: Usage) -> Cost | None:
    """Return the cost of tokens of a model; None where no price is known. Cached tokens are part of the input's."""
    price = next((one for one in _prices().models if fnmatchcase(model, one.name)), None)
    if price is None:
        return None
    cached = min(usage.cached, usage.input)
    dollars = (usage.input - cached) * price.input + cached * price.cached + usage.output * price.output
    return Cost(usd=dollars / _MILLION, prices=_prices().known)


@cache
def _prices() -> _Prices:
    return _Prices.model_validate(tomllib.loads((Path(__file__).parent / "prices.toml").read_text(encoding="utf-8")))
