"""The tokens that a day has cost, counted in the table by all workers together."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.store import keys
from dateline.store.table import LostRace

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.store.table import Table

_TOKENS = "tokens"


class Spending:
    """One number a day (UTC) and account. Tokens are reserved first, so that a worker overspends by one document.

    The live lane's account has no name.
    """

    def __init__(self, table: Table, now: Callable[[], datetime]) -> None:
        self._table = table
        self._now = now

    def reserve(self, tokens: int, limit: int) -> str:
        """Count a document's tokens beforehand and return the day that they count for.

        Retryable until the next day: the day's spending has reached the limit. What goes beyond it is the last
        document that began below it.
        """
        return self._reserve(tokens, limit, limit, "")

    def reserve_whole(self, tokens: int, limit: int, account: str) -> str:
        """Count many documents' tokens as `reserve` does, where they fit into the day whole or it is not begun."""
        return self._reserve(tokens, max(limit - tokens + 1, 1), limit, account)

    def _reserve(self, tokens: int, below: int, limit: int, account: str) -> str:
        now = self._now().astimezone(UTC)
        day = now.date().isoformat()
        try:
            self._table.add_below(keys.spending(day, account), _TOKENS, tokens, below)
        except LostRace:
            tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
            reason = f"the day's budget of {limit:,} tokens is spent; it goes on at {tomorrow:%Y-%m-%d %H:%M} UTC"
            raise Retryable(reason, (tomorrow - now).total_seconds()) from None
        return day

    def settle(self, day: str, reserved: int, used: int) -> None:
        """Correct what was reserved to what was used. A table that is busy leaves it as it was reserved.

        Nothing that was paid for is to be lost with a count.
        """
        if used != reserved:
            with suppress(Retryable):
                self._table.add(keys.spending(day), _TOKENS, used - reserved)

    def of(self, day: str, account: str = "") -> int:
        """Read how many tokens a day (YYYY-MM-DD) has cost, and holds reserved."""
        item = self._table.get(keys.spending(day, account))
        return int(item[_TOKENS]) if item else 0
