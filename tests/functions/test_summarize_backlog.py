"""A backlog at a provider with limits: the whole live lane, with SQS, Lambda and the provider on a simulated clock."""

from __future__ import annotations

import logging
import sys
import time
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from dateline.lane.queue import Queue
from dateline.lane.runtime import Clients
from dateline.store.store import Store, store_over
from summarize.limiter import Bounds, Limiter
from tests.functions.busy_provider import Limit, Provider, Window
from tests.functions.conftest import Context, fresh
from tests.functions.lambda_and_sqs import Clock, SimulatedSqs
from tests.functions.newsroom import FIRST, place
from tests.functions.simulated_threads import Threads, ThreadedSource
from tests.functions.test_summarize_week import MONDAY, VISIBILITY, Week, app, names, read_once  # noqa: F401


def test_it(app: ModuleType, monkeypatch: pytest.MonkeyPatch, read_once: None) -> None:  # noqa: F811
    import os
    n = int(os.environ.get("N", "300"))
    at_once = int(os.environ.get("AT", "4"))
    window = os.environ.get("WINDOW", "sliding")
    lo, hi = (float(x) for x in os.environ.get("SECS", "5,15").split(","))
    bound = int(os.environ.get("BOUND", "0"))
    tok = int(os.environ.get("TOK", "0"))
    week = Week()
    threads = Threads(week.clock)
    clients = Clients(week.store, Queue(week.sqs, "drops", "links"))
    provider = Provider(threads, Limit(100, window), Limit(tok, window) if tok else None, (lo, hi), silent="SILENT" in os.environ)
    provider.requests.filled = week.clock.now
    limiters: dict[int, Limiter] = {}

    def limiter(model: str) -> Limiter:
        env = threads.current.environment
        if env not in limiters:
            limiters[env] = Limiter(week.store.schedule, "m", Bounds(requests=bound), threads.sleep)
        return limiters[env]

    monkeypatch.setattr(app, "clients", lambda: clients)
    monkeypatch.setattr(app, "limiter", limiter)
    monkeypatch.setattr(app, "provider_key", lambda _secret: "a key")
    monkeypatch.setattr(app, "OpenAIModel", lambda name, _url, _key, hear: provider.model(name, hear))
    for key in names(n):
        week.drop(key, 0)
    handler = lambda event: app.handler(event, Context(seconds=300))
    ThreadedSource(week.drops, week.sqs, handler, at_once, 0.3, threads=threads)
    ThreadedSource(week.links, week.sqs, handler, 2, 0.3, threads=threads, first_environment=1000)
    t = time.perf_counter()
    while len(provider.answers) < n and week.clock.now < MONDAY + 7200:
        week.clock.run(week.clock.now + 10)
    last = max(provider.answers) - MONDAY
    week.clock.run(week.clock.now + 60)
    print(f"\nN={n} at={at_once} {window} secs={lo,hi} 429={len(provider.refusals)} {provider.share:.2%} total={last:.0f}s floor={n*.6:.0f} "
          f"msgs/doc={sum(week.messages().values())/n:.2f} writes={week.table.counted.write_units/n:.1f} real={time.perf_counter()-t:.1f}s", file=sys.stderr)
    print([round(x - MONDAY) for x in provider.refusals][:40], file=sys.stderr)
    print(week.table.get(__import__("dateline.store.keys").store.keys.pace("m")), file=sys.stderr)
    assert all(week.state(key) == "done" for key in names(n))
