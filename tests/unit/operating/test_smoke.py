"""The command `dateline smoke`, against an API that says what a test has it say, over a real socket."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.cli import main
from smoke import steps
from tests.aws import BUCKET
from tests.serving import serving

if TYPE_CHECKING:
    from starlette.requests import Request

    from tests.unit.operating.conftest import Simulated

DONE = {"id": "doc_a", "state": "done", "events": 1, "model": "m", "waiting_for": None, "rejection": None}
EVENT = {"when": {"earliest": "2024-05-03"}}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_LOOK_SECONDS", 0.01)
    monkeypatch.setenv("DATELINE_TOKEN", "a-token")


def tried(stack: Simulated, line: dict[str, Any] | None, events: list[Any], *, goes: bool = True) -> int:
    """Run the command against an API that shows a document so once it is dropped."""

    def there() -> bool:
        return not goes or "Contents" in stack.s3.list_objects_v2(Bucket=BUCKET)

    def documents(request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer a-token"
        return JSONResponse({"documents": [line] if line and there() else []})

    def only_there(answer: Callable[[], Any]) -> Callable[[Request], Response]:
        return lambda _: JSONResponse(answer()) if there() else Response(status_code=404)

    app = Starlette(
        routes=[
            Route("/documents", documents),
            Route("/documents/doc_a", only_there(lambda: line)),
            Route("/documents/doc_a/timeline", only_there(lambda: {"events": events})),
        ]
    )
    with serving(app) as port:
        stack.outputs["ApiUrl"] = f"http://127.0.0.1:{port}"
        return main(["smoke", "--seconds", "0.3"])


def test_each_step_is_told_with_its_time_and_nothing_is_left(
    simulated: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tried(simulated, DONE, [EVENT]) == 0

    told = [line.split(" s  ")[1].split()[0].rstrip(",") for line in capsys.readouterr().out.splitlines()]
    assert told == ["dropped", "done", "read", "deleted"]
    assert "Contents" not in simulated.s3.list_objects_v2(Bucket=BUCKET)


@pytest.mark.parametrize(
    ("line", "events", "goes", "said"),
    [
        (None, [], True, "the API did not show the document"),
        (DONE | {"state": "waiting", "waiting_for": "the key"}, [], True, "still waiting, for the key"),
        (
            DONE | {"state": "rejected", "rejection": {"code": "refused", "reason": "no"}},
            [],
            True,
            "rejected (refused)",
        ),
        (DONE, [], True, "lacks the one of 3 May 2024"),
        (DONE, [EVENT], False, "it was not gone"),
    ],
)
def test_a_step_that_fails_is_said_and_nothing_is_left(
    simulated: Simulated,
    capsys: pytest.CaptureFixture[str],
    line: dict[str, Any] | None,
    events: list[Any],
    *,
    goes: bool,
    said: str,
) -> None:
    assert tried(simulated, line, events, goes=goes) == 1

    assert said in capsys.readouterr().err
    assert "Contents" not in simulated.s3.list_objects_v2(Bucket=BUCKET)


def test_an_api_that_lets_nobody_in_is_said(simulated: Simulated, capsys: pytest.CaptureFixture[str]) -> None:
    app = Starlette(routes=[Route("/documents", lambda _: Response(status_code=403))])
    with serving(app) as port:
        simulated.outputs["ApiUrl"] = f"http://127.0.0.1:{port}"
        assert main(["smoke", "--seconds", "1"]) == 1

    assert "execute-api:Invoke" in capsys.readouterr().err
