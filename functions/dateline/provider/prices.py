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
    batch: Decimal
    models: tuple[_Price, ...]


def cost_of(model: str, live: Usage, batch: Usage | None = None) -> Cost | None:
    """Return the cost of a model's tokens, those of batches apart; None where no price is known."""
    price = next((one for one in _prices().models if fnmatchcase(model, one.name)), None)
    if price is None:
        return None
    dollars = _dollars(price, live)
    if batch is not None:
        dollars += _prices().batch * _dollars(price, batch)
    return Cost(usd=dollars, prices=_prices().known)


def _dollars(price: _Price, usage: Usage) -> Decimal:
    """Multiply. Cached tokens are part of the input's."""
    cached = min(usage.cached, usage.input)
    return ((usage.input - cached) * price.input + cached * price.cached + usage.output * price.output) / _MILLION


@cache
def _prices() -> _Prices:
    return _Prices.model_validate(tomllib.loads((Path(__file__).parent / "prices.toml").read_text(encoding="utf-8")))
