"""The whole stack, from nothing to serving."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2

from infra.local import standin
from infra.local.cloud import emulator
from infra.local.cloud.aws import Aws
from infra.local.cloud.deploy import code_folders, deploy
from infra.local.cloud.leases import end_leases
from infra.local.cloud.packages import build
from infra.local.failure import Trouble
from infra.local.ports import HOST, choose
from infra.standin import MODEL as STANDIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from infra.environment import Environment
    from infra.local.cloud.deploy import Deployed
    from infra.local.paths import State
    from infra.local.processes import Process
    from infra.local.progress import Progress

# A cold start takes a second or two, half a minute on a machine that is busy otherwise; what fails then fails again.
_API_SECONDS = 120.0
_TRIES = 3
_NO_LIMIT = str(10**15)


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack that serves, and what it was deployed from."""

    aws: Aws
    deployed: Deployed
    processes: Sequence[Process]
    packages: Mapping[str, Path]
    parameters: Mapping[str, str]

    def must_run(self) -> None:
        """Raise Trouble if one of the stack's processes has ended."""
        for process in self.processes:
            process.must_run()

    def change(self, **parameters: str) -> None:
        """Deploy it again with other parameters, as an operator does; the functions go on meanwhile."""
        deploy(self.aws, self.packages, {**self.parameters, **parameters})

    def write_ready(self, file: Path) -> None:
        """Write where the stack serves, whole or not at all."""
        fresh = file.with_name(f"{file.name}.new")
        where = {"api": self.deployed.api, "s3": self.aws.url, "bucket": self.deployed.bucket}
        fresh.write_text(json.dumps(where, indent=2) + "\n")
        fresh.replace(file)


@contextmanager
def running(
    state: State,
    port: int | None,
    environment: Environment,
    given: Mapping[str, str],
    progress: Progress,
    *,
    enforce_roles: bool,
    minute: float,
) -> Iterator[Stack]:
    """Start everything, and end it again. `given` are parameters of the template. Trouble: something is in the way."""
    model = environment.provider
    with emulator.held(state), ExitStack() as processes:
        ports = choose(state.ports, port)
        started = [
            processes.enter_context(emulator.start(state, ports.emulator, enforce_roles=enforce_roles, minute=minute))
        ]
        if model is None:
            started.append(processes.enter_context(standin.start(state, ports.standin)))
        with progress.step("Building the functions"):
            packages = build(code_folders())
        with progress.step("Starting the AWS emulator"):
            emulator.wait(started[0], ports.emulator)
        aws = Aws(f"http://{HOST}:{ports.emulator}")
        with progress.step("Deploying template.yaml"):
            parameters = {**template_parameters(environment, ports.standin), **given}
            deployed = deploy(aws, packages, parameters)
            aws.secrets.put_secret_value(SecretId=deployed.secret, SecretString=model.key if model else STANDIN)
            started[0].tell("keep")
        if model is None:
            with progress.step("Starting the extractive stand-in for a model"):
                standin.wait(started[1], ports.standin)
        with progress.step("Starting the functions"):
            end_leases(aws.dynamodb, deployed.table)
            # What a kill left half done, and what was dropped meanwhile, is found and worked on.
            aws.sqs.send_message(QueueUrl=deployed.queue_url, MessageBody=json.dumps({"kind": "sweep", "patience": 0}))
            _wait_for_api(deployed.api)
        yield Stack(aws, deployed, started, packages, parameters)


def template_parameters(environment: Environment, standin_port: int) -> dict[str, str]:
    """Return the template's parameters for the model that the environment names, else for the stand-in."""
    model, parameters = environment.provider, {"OutputLanguage": environment.dateline_language}
    if model is None:
        # Its tokens cost nothing.
        free = {"DayTokens": _NO_LIMIT}
        return {**parameters, **free, "ModelName": STANDIN, "ModelUrl": f"http://{HOST}:{standin_port}/v1"}
    return {**parameters, "ModelName": model.model, **({"ModelUrl": model.url} if model.url else {})}


def _wait_for_api(api: str) -> None:
    for _ in range(_TRIES):
        try:
            answer = httpx2.get(f"{api}/health", timeout=_API_SECONDS)
        except httpx2.TransportError as error:
            raise Trouble(f"The HTTP API does not answer: {error!r}") from error
        if answer.is_success:
            return
    raise Trouble(f"The HTTP API answers {answer.status_code}: {answer.text[:1000]}")
