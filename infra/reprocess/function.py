"""The function that reprocesses, of a deployed stack or of the one that `make run` serves: found, and called."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, Field, ValidationError

from dateline.errors import Retryable
from infra.local.cloud.aws import STACK
from infra.stack import local_aws, output_of, session_of
from reprocess.events import Refusal

if TYPE_CHECKING:
    import boto3
    from mypy_boto3_lambda.client import LambdaClient
    from mypy_boto3_lambda.type_defs import InvocationResponseTypeDef

    from infra.local.cloud.aws import Aws
    from infra.local.paths import State
    from reprocess.events import Event

_OUTPUT = "ReprocessFunction"
# The function's own ten minutes, and a little. Twice is never right: what it does is not over when we stop waiting.
_PATIENT = Config(read_timeout=630, retries={"total_max_attempts": 1}, tcp_keepalive=True)

# Between calls that Lambda puts off: a schedule's run is over in seconds, or it works for minutes.
_PUT_OFF_SECONDS = (1.0, 2.0, 4.0, 8.0)

Answer = TypeVar("Answer", bound=BaseModel)


class Refused(Exception):
    """The function did nothing, or could not; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Function:
    """The function, and how to reach it. `place` is how the command line names its stack."""

    client: LambdaClient
    name: str
    place: str

    def ask(self, event: Event, answer: type[Answer]) -> Answer:
        """Call the function and read its answer. Refused: it says so, it failed, or it cannot be reached."""
        try:
            called = self._invoke(event)
            body = called["Payload"].read()
        except (BotoCoreError, ClientError) as error:
            raise Refused(f"the function {self.name} cannot be called: {error}") from error
        if called.get("FunctionError"):
            failure = _Failure.model_validate_json(body)
            raise Refused(f"the function {self.name} failed ({failure.told}); its log says more. Call it again.")
        refusal = _refusal(body)
        if refusal is not None:
            raise Refused(refusal)
        try:
            return answer.model_validate_json(body)
        except ValidationError as error:
            raise Refused(
                f"the function {self.name} answers otherwise than this command knows: deploy this version"
            ) from error

    def _invoke(self, event: Event) -> InvocationResponseTypeDef:
        """Call the function, and again while as many of it run as may: a call that is put off so has not begun."""
        for wait in _PUT_OFF_SECONDS:
            try:
                return self.client.invoke(FunctionName=self.name, Payload=event.model_dump_json().encode())
            except ClientError as error:
                if error.response["Error"]["Code"] != "TooManyRequestsException":
                    raise
                time.sleep(wait)
        return self.client.invoke(FunctionName=self.name, Payload=event.model_dump_json().encode())


class _Failure(BaseModel):
    """As much as is told of what Lambda answers for a function that failed."""

    kind: str = Field(default="unknown", alias="errorType")
    message: str = Field(default="", alias="errorMessage")

    @property
    def told(self) -> str:
        """What is busy or broken outside, in our own words; of a bug its type alone: its message may hold anything."""
        return self.message if self.kind == Retryable.__name__ and self.message else self.kind


def _refusal(body: bytes) -> str | None:
    try:
        return Refusal.model_validate_json(body).refused
    except ValidationError:
        return None


def of_stack(stack: str, region: str | None, profile: str | None) -> Function:
    """Find a deployed stack's function. NotFound: there is none, or nobody's keys."""
    options = [("stack", stack), ("region", region), ("profile", profile)]
    place = "".join(f" --{name} {value}" for name, value in options if value)
    return _found(session_of(region, profile), stack, place)


def of_emulator(aws: Aws, place: str) -> Function:
    """Find the function of an emulator's stack. NotFound: it is not deployed."""
    return _found(aws.session(), STACK, place, aws.url)


def of_state(state: State, place: str) -> Function:
    """Find the function of the local stack that runs on a state. NotFound: none does."""
    return of_emulator(local_aws(state), place)


def _found(session: boto3.Session, stack: str, place: str, endpoint: str | None = None) -> Function:
    name = output_of(session, stack, _OUTPUT, endpoint)
    return Function(session.client("lambda", endpoint_url=endpoint, config=_PATIENT), name, place)
