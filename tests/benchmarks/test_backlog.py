"""A thousand documents at a provider that allows a hundred calls a minute: who is turned away, and how long it takes.

SQS, Lambda and the provider are simulated and the clock is theirs; the live lane is the real one, over a table in
memory. The provider counts the calls of the last sixty seconds exactly, or fills a bucket steadily, and says its limits
in its answers; at first nobody knows them.
"""

from __future__ import annotations

import pytest

from tests.functions.backlog import Backlog, live_lane
from tests.functions.busy_provider import Limit, Provider, Window
from tests.functions.conftest import environment

__all__ = ["environment"]

DOCUMENTS, A_MINUTE = 1_000, 100
FLOOR = 60.0 * DOCUMENTS / A_MINUTE
WORKERS = 4  # the template's default, of ten documents each


@pytest.mark.parametrize("window", ["sliding", "bucket"])
def test_a_thousand_documents_meet_fewer_than_one_percent_429s(
    environment: pytest.MonkeyPatch,
    window: Window,
) -> None:
    backlog = Backlog(DOCUMENTS, WORKERS)
    provider = Provider(backlog.threads, Limit(A_MINUTE, window))

    with live_lane(environment, backlog, provider) as app:
        seconds = backlog.run(app, provider)

    refused, sent = len(provider.refusals), len(backlog.drops.sent)
    most = max(sum(begin <= one < begin + 60 for one in provider.answers) for begin in provider.answers)
    print(f"\n{window}: {DOCUMENTS} documents, {A_MINUTE} calls a minute, {WORKERS} workers of ten documents")
    print(f"429s {refused} ({provider.share:.2%}), {seconds:.0f} s (floor {FLOOR:.0f}), most calls in a minute {most}")
    print(f"messages a document {sent / DOCUMENTS:.2f}")
    assert backlog.states() == {"done"}
    assert len(provider.answers) == DOCUMENTS
    assert provider.share < 0.01
    assert seconds < 1.15 * FLOOR
