"""How long the samples are waited for, and what is said meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx2
import pytest

from dateline.provider.client import KEY_REFUSED, MODEL_UNKNOWN, UNREACHABLE
from infra.local import samples
from infra.local.waits import Waits

BUSY = "the model's server said 429 (busy)"


@dataclass
class Clock:
    """Time that passes where somebody sleeps."""

    now: float = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 0.5)


@dataclass
class Waiting:
    """An API whose documents wait for a reason each, by path; those without one are linked at a time."""

    clock: Clock
    reasons: dict[str, str | None]
    linked_at: float = 0.0
    said: list[str] = field(default_factory=list)

    def wait(self) -> list[samples.Line]:
        dropped = [samples.Sample(file=f"sarn/{path}", collection="sarn", published=None) for path in self.reasons]
        transport = httpx2.MockTransport(self._answer)
        with httpx2.Client(base_url="http://api", transport=transport) as api:
            return samples.wait(api, dropped, Waits(self.said.append))

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.params["path"]
        reason = self.reasons[path]
        state = {
            "state": "waiting" if reason else "done",
            "waiting_for": reason,
            "linking": None if reason else "done" if self.clock.now >= self.linked_at else "waiting",
        }
        line = {"id": "doc", "collection": "sarn", "path": path, "model": None}
        return httpx2.Response(200, json={"documents": [{**line, **state}]})


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(samples, "time", clock)
    return clock


@pytest.mark.parametrize(
    ("kind", "variable"),
    [
        (KEY_REFUSED, "OPENAI_API_KEY="),
        (MODEL_UNKNOWN, "DATELINE_MODEL="),
        (UNREACHABLE, "OPENAI_BASE_URL="),
    ],
)
def test_what_the_user_has_to_mend_is_said_once_and_not_waited_for(clock: Clock, kind: str, variable: str) -> None:
    waiting = Waiting(clock, {"a.txt": f"{kind} (one)", "b.txt": f"{kind} (two)"})

    lines = waiting.wait()

    assert [line.state for line in lines] == ["waiting", "waiting"]
    assert clock.now < 30
    assert len(waiting.said) == 1
    assert kind in waiting.said[0]
    assert variable in waiting.said[0]


def test_what_passes_by_itself_is_waited_for_and_said_after_a_while(clock: Clock) -> None:
    waiting = Waiting(clock, {"a.txt": BUSY, "b.txt": BUSY, "c.txt": UNREACHABLE})

    waiting.wait()

    assert clock.now >= 300
    assert [KEY_REFUSED in said for said in waiting.said] == [False, False]
    assert waiting.said[1] == f"waiting for {BUSY}"


def test_documents_that_are_done_are_waited_for_until_they_are_linked(clock: Clock) -> None:
    waiting = Waiting(clock, {"a.txt": None, "b.txt": None}, linked_at=20)

    lines = waiting.wait()

    assert [(line.state, line.reason) for line in lines] == [("done", None)] * 2
    assert 20 <= clock.now < 21
    assert len(waiting.said) == 1
    assert "to be linked" in waiting.said[0]


def test_what_is_never_linked_is_not_waited_for_without_end(clock: Clock) -> None:
    lines = Waiting(clock, {"a.txt": None}, linked_at=1_000).wait()

    assert [line.reason is None for line in lines] == [False]
