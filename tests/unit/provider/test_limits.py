from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from dateline.provider.limits import RateLimits, limits_of, retry_after

OPENAI = {
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-limit-tokens": "30000",
    "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-remaining-tokens": "28976",
    "x-ratelimit-reset-requests": "120ms",
    "x-ratelimit-reset-tokens": "2.048s",
}


@pytest.mark.parametrize(
    ("headers", "limits"),
    [
        (OPENAI, RateLimits(500, 30_000)),
        ({"x-ratelimit-limit-req-minute": "60", "x-ratelimit-limit-tokens-minute": "500000"}, RateLimits(60, 500_000)),
        ({"x-ratelimit-limit-requests-minute": "30"}, RateLimits(30)),
        (
            {"anthropic-ratelimit-requests-limit": "50", "anthropic-ratelimit-tokens-limit": "40000"},
            RateLimits(50, 40_000),
        ),
        ({"x-ratelimit-remaining-tokens": "120000"}, RateLimits()),
        ({}, RateLimits()),
    ],
)
def test_the_limits_of_a_minute_are_read_from_an_answer(headers: dict[str, str], limits: RateLimits) -> None:
    assert limits_of(headers, 200) == limits


def test_a_limit_of_a_day_says_nothing_of_a_minute() -> None:
    daily = {
        "x-ratelimit-limit-requests": "1000",
        "x-ratelimit-remaining-requests": "940",
        "x-ratelimit-reset-requests": "1h26m24s",
        "x-ratelimit-limit-tokens": "6000",
        "x-ratelimit-reset-tokens": "7.66s",
    }

    assert limits_of(daily, 200) == RateLimits(None, 6_000)


@pytest.mark.parametrize("value", ["", "many", "-5", "0", "nan", "inf", "1e300", "0x10", "10, 20"])
def test_nonsense_is_no_limit(value: str) -> None:
    assert limits_of({"x-ratelimit-limit-requests": value, "x-ratelimit-limit-tokens": value}, 200) == RateLimits()


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "17"}, 17.0),
        ({"retry-after": "17", "retry-after-ms": "250"}, 0.25),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m2s"}, 62.0),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "350ms"}, 0.35),
        ({"x-ratelimit-remaining-tokens": "4", "x-ratelimit-reset-tokens": "50s"}, None),
        ({}, None),
    ],
)
def test_a_refusal_tells_for_how_long(headers: dict[str, str], wait: float | None) -> None:
    refused = limits_of(headers, 429, "rate_limit_exceeded")

    assert (refused.refused, refused.wait) == (True, pytest.approx(wait) if wait is not None else None)


def test_a_moment_is_counted_from_now() -> None:
    in_a_minute = datetime.now(UTC) + timedelta(seconds=60)
    headers = {
        "anthropic-ratelimit-requests-remaining": "0",
        "anthropic-ratelimit-requests-reset": in_a_minute.isoformat().replace("+00:00", "Z"),
    }

    assert limits_of(headers, 429).wait == pytest.approx(60, abs=5)
    assert retry_after({"retry-after": format_datetime(in_a_minute, usegmt=True)}) == pytest.approx(60, abs=5)


@pytest.mark.parametrize("code", ["insufficient_quota", "billing_hard_limit_reached"])
def test_spent_money_is_no_limit_that_slowness_helps(code: str) -> None:
    assert limits_of({"retry-after": "5"}, 429, code) == RateLimits()


@pytest.mark.parametrize("status", [200, 400, 500, 503])
def test_only_too_many_calls_are_a_refusal(status: int) -> None:
    assert limits_of({"retry-after": "5"}, status) == RateLimits()
