"""The command `dateline search rebuild`, over moto's queues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lane.messages import RebuildMessage
from infra.cli import main

if TYPE_CHECKING:
    import pytest

    from tests.unit.operating.conftest import Simulated


def asked(stack: Simulated) -> list[str]:
    found = stack.sqs.receive_message(
        QueueUrl=stack.output("LinkQueueUrl"), MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    return sorted(one["Body"] for one in found.get("Messages", []))


def rebuilding(*names: str) -> list[str]:
    return [RebuildMessage(collection=name).model_dump_json() for name in names]


def test_all_collections_are_made_anew_or_those_that_are_named(simulated: Simulated) -> None:
    for name in ("news", "papers"):
        simulated.store().listing.register(name)

    assert main(["search", "rebuild", "papers"]) == 0
    one = asked(simulated)
    assert main(["search", "rebuild"]) == 0

    assert (one, asked(simulated)) == (rebuilding("papers"), sorted(rebuilding("papers", "news", "papers")))


def test_a_collection_that_is_not_there_is_named_and_none_is_begun(
    simulated: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    simulated.store().listing.register("news")

    assert main(["search", "rebuild", "news", "nwes"]) == 1

    assert "nwes" in capsys.readouterr().err
    assert asked(simulated) == []
