"""The function that tries a deployment by schedule, over the functions that it tries and a store in memory."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from dateline.store import keys
from smoke import app as smoke
from smoke import steps
from smoke.steps import COLLECTION, Failed
from tests.functions.conftest import Context
from tests.functions.newsroom import FakeModel, Newsroom
from tests.functions.reading import started

LIT = {"t": "Lighthouse of Varn is lit again", "s": [2], "x": [], "d": "3 May 2024", "e": "2024-05-03"}
HEAD = {"t": "A lighthouse is lit", "s": [2]}
ANSWER = {"lang": "en", "out": "en", "head": HEAD, "sum": [HEAD], "who": [], "names": [], "ev": [LIT]}


@dataclass
class Deployment:
    """As much of S3 and Lambda as the function calls: what is dropped or deleted is worked on at once."""

    newsroom: Newsroom = field(default_factory=lambda: Newsroom(model=FakeModel(says=json.dumps(ANSWER))))
    deaf: bool = False
    forgetful: bool = False
    broken: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)

    def client(self, _service: str) -> Any:
        return self

    def put_object(self, *, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803
        assert Bucket == "the-bucket"
        self.newsroom.drop(Key, Body)
        if not self.deaf:
            self.newsroom.work(Key)

    def delete_object(self, *, Bucket: str, Key: str) -> None:  # noqa: N803
        assert Bucket == "the-bucket"
        self.newsroom.delete(Key)
        if not self.forgetful:
            self.newsroom.work(Key)

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        assert FunctionName == "the-read-function"
        if self.broken:
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b'{"errorType": "Runtime.ImportModuleError"}')}
        self.asked.append(json.loads(Payload))
        app: Any = started("read")
        app.store = lambda: self.newsroom.store
        answer = app.handler(self.asked[-1], Context())
        app.metrics.clear_metrics()
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}

    @property
    def left(self) -> list[str]:
        return self.newsroom.bucket.keys(keys.PREFIX)


@pytest.fixture
def deployment(environment: pytest.MonkeyPatch) -> Deployment:
    deployment = Deployment()
    environment.setattr(smoke, "boto3", deployment)
    environment.setattr(steps, "_LOOK_SECONDS", 0.01)
    environment.setenv("SMOKE_BUCKET", "the-bucket")
    environment.setenv("SMOKE_READ", "the-read-function")
    environment.setenv("SMOKE_CLAIM", "")
    return deployment


def test_a_deployment_that_works_passes_and_keeps_nothing(deployment: Deployment) -> None:
    assert smoke.handler({}, Context()) == {"smoke": "passed"}  # type: ignore[arg-type]

    assert deployment.left == []
    assert {one["rawPath"].split("/")[1] for one in deployment.asked} == {"documents"}


def test_it_reads_as_one_who_may_read_its_own_collection_only(
    deployment: Deployment, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("SMOKE_CLAIM", "collections")

    assert smoke.handler({}, Context()) == {"smoke": "passed"}  # type: ignore[arg-type]

    assert {one["requestContext"]["authorizer"]["jwt"]["claims"]["collections"] for one in deployment.asked} == {
        COLLECTION
    }


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("deaf", "the API did not show the document"),
        ("forgetful", "it was not gone"),
        ("broken", "the read function fails at GET /documents: Runtime.ImportModuleError"),
    ],
)
def test_a_deployment_that_does_not_fails_with_the_step_and_nothing_is_left(
    deployment: Deployment, fault: str, said: str
) -> None:
    setattr(deployment, fault, True)

    with pytest.raises(Failed, match=said):
        smoke.handler({}, Context(seconds=20.2))  # type: ignore[arg-type]

    assert deployment.left == []
