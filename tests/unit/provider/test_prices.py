import json
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.answer import Completion, StoredAnswer
from dateline.provider.prices import cost_of
from dateline.records import Cost, Usage

USAGE = Usage(calls=2, input=1_000_000, cached=400_000, output=100_000, reasoning=50_000)


@pytest.mark.parametrize(
    ("model", "usd"),
    [
        ("gpt-6.1-terra", "1.12"),
        ("gpt-5-mini", "0.36"),  # 0.6 x 0.25 + 0.4 x 0.025 + 0.1 x 2.00; reasoning is part of the output
        ("gpt-5-mini-2025-08-07", "0.36"),
        ("gpt-5", "1.8"),
        ("extractive", "0"),
    ],
)
def test_tokens_cost_what_their_kind_costs(model: str, usd: str) -> None:
    assert cost_of(model, USAGE) == Cost(usd=Decimal(usd), prices=date(2026, 11, 23))


@pytest.mark.parametrize("model", ["llama", "gpt-5.9", "my-gpt-5"])
def test_a_model_without_a_known_price_has_no_cost(model: str) -> None:
    assert cost_of(model, USAGE) is None


@given(st.builds(Usage, input=st.integers(0, 10**9), cached=st.integers(0, 10**9), output=st.integers(0, 10**9)))
@example(Usage(input=1))
def test_a_cost_is_written_in_digits_without_an_exponent(usage: Usage) -> None:
    cost = cost_of("gpt-5-nano", usage)

    assert cost is not None
    assert re.fullmatch(r"[0-9]+(\.[0-9]+)?", json.loads(cost.model_dump_json())["usd"])
    assert Cost.model_validate_json(cost.model_dump_json()) == cost


def test_what_came_in_a_batch_costs_half() -> None:
    live = Completion(text="{}", finish="stop", usage=USAGE)
    batch = live.model_copy(update={"lane": "batch"})
    answer = StoredAnswer(content="c", ask="a", model="gpt-5-mini", output_language="en", completions=(batch, live))

    cost = cost_of(answer.model, answer.usage_of("live"), answer.usage_of("batch"))

    assert answer.usage_of("live") + answer.usage_of("batch") == answer.usage
    assert cost is not None
    assert cost.usd == Decimal("0.54")
