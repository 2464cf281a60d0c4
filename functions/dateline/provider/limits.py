"""What a server's answer says of its limits, in the headers that OpenAI made common and their variants."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOO_MANY: Final = 429
# Said with the status of a limit that time alone does not lift: what is spent is money.
_OUT_OF_MONEY = {"insufficient_quota", "quota_exceeded", "billing_hard_limit_reached"}
# A limit that is new only after more than this is one of an hour or a day, and says nothing of a minute.
_MINUTE = 90.0
# {} is `limit`, `remaining` or `reset`. OpenAI, Azure, Groq and most gateways; Cerebras; Mistral; Anthropic.
_REQUESTS = (
    "x-ratelimit-{}-requests",
    "x-ratelimit-{}-requests-minute",
    "x-ratelimit-{}-req-minute",
    "anthropic-ratelimit-requests-{}",
)
_TOKENS = (
    "x-ratelimit-{}-tokens",
    "x-ratelimit-{}-tokens-minute",
    "anthropic-ratelimit-tokens-{}",
)
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|[dhms])")
_PARTS = re.compile(rf"(?:{_PART.pattern})+")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_LARGEST = 10**12  # a number beyond it is none: the table would hold it, arithmetic on milliseconds would not


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Requests and tokens a minute, where they are said, and the seconds to `wait` before the next call.

    `refused`: the call was turned away because a limit was reached.
    """

    requests: int | None = None
    tokens: int | None = None
    wait: float | None = None
    refused: bool = False


def limits_of(headers: Mapping[str, str], status: int, code: str = "") -> RateLimits:
    """Read the limits of an answer with a status and the provider's word for an error; headers are in small letters."""
    requests, requests_wait = _limit(headers, _REQUESTS)
    tokens, tokens_wait = _limit(headers, _TOKENS)
    refused = status == TOO_MANY and code not in _OUT_OF_MONEY
    wait = None
    if refused:
        said = retry_after(headers)
        wait = said if said is not None else max(requests_wait or 0.0, tokens_wait or 0.0) or None
    return RateLimits(requests, tokens, wait, refused)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After`, in seconds or as a date, or Azure's in milliseconds; None where it is missing or nonsense."""
    exact = _number(headers.get("retry-after-ms", ""))
    return exact / 1_000 if exact is not None else _span(headers.get("retry-after", ""))


def _limit(headers: Mapping[str, str], names: tuple[str, ...]) -> tuple[int | None, float | None]:
    """Return a limit a minute, and the seconds until it is new where nothing remains of it."""
    for name in names:
        limit, remaining = (_number(headers.get(name.format(what), "")) for what in ("limit", "remaining"))
        if limit is None and remaining is None:
            continue
        reset = _span(headers.get(name.format("reset"), ""))
        is_of_a_minute = limit is not None and 1 <= limit < _LARGEST and (reset is None or reset <= _MINUTE)
        return (int(limit) if limit is not None and is_of_a_minute else None), (reset if remaining == 0 else None)
    return None, None


def _span(value: str) -> float | None:
    """Read seconds from now: a number, a duration ("6m0s", "120ms") or a moment."""
    seconds = _number(value)
    if seconds is not None:
        return seconds
    if _PARTS.fullmatch(value):
        return sum(float(amount) * _SECONDS[unit] for amount, unit in _PART.findall(value))
    moment = next(_moments(value), None)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0) if moment else None


def _moments(value: str) -> Iterator[datetime]:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(value)
        except (ValueError, TypeError):
            continue
        yield moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(value: str) -> float | None:
    """Read a number that is not negative; a `Retry-After` in the past is no time to wait."""
    try:
        number = float(value)
    except ValueError:
        return None
    return max(number, 0.0) if math.isfinite(number) else None
