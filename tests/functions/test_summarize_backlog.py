"""A backlog at a provider with limits: SQS, Lambda, the live lane and the provider on a simulated clock.

`tests/benchmarks/test_backlog.py` measures one of a thousand documents.
"""

from __future__ import annotations

import pytest

from summarize.limiter import Bounds
from tests.functions.backlog import Backlog, live_lane
from tests.functions.busy_provider import Limit, Provider

DOCUMENTS, A_MINUTE, WORKERS = 50, 20, 2
FLOOR = 60.0 * DOCUMENTS / A_MINUTE


def test_a_backlog_meets_no_429_and_takes_hardly_longer_than_the_provider_wants(
    environment: pytest.MonkeyPatch,
) -> None:
    backlog = Backlog(DOCUMENTS, WORKERS)
    provider = Provider(backlog.threads, Limit(A_MINUTE, "sliding"))

    with live_lane(environment, backlog, provider) as app:
        seconds = backlog.run(app, provider)

    assert backlog.states() == {"done"}
    assert len(provider.answers) == DOCUMENTS
    assert provider.refusals == []
    assert seconds < 1.2 * FLOOR
    assert len(backlog.drops.sent) <= 2.5 * DOCUMENTS, "who has a turn comes back for it, and not again and again"


def test_a_provider_that_tells_no_limits_is_asked_as_fast_as_the_operator_allows(
    environment: pytest.MonkeyPatch,
) -> None:
    backlog = Backlog(DOCUMENTS, WORKERS, bounds=Bounds(requests=A_MINUTE))
    provider = Provider(backlog.threads, Limit(A_MINUTE, "sliding"), silent=True)

    with live_lane(environment, backlog, provider) as app:
        seconds = backlog.run(app, provider)

    assert backlog.states() == {"done"}
    assert provider.refusals == []
    assert seconds < 1.2 * FLOOR
