"""The command `dateline dead`, over moto's queues."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dateline.lane.messages import DocumentMessage, EditMessage, LinkMessage, TidyOccurrencesMessage
from dateline.store import keys
from infra.cli import main
from infra.operating import dead

if TYPE_CHECKING:
    from tests.unit.operating.conftest import Simulated

NOTIFICATION = json.dumps({"Records": [{"s3": {"object": {"key": "drop/news/a+b.txt"}}}]})


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dead, "_WAIT_SECONDS", 0)


def die(stack: Simulated, *bodies: str) -> list[str]:
    """Put letters into the dead-letter queue; return their ids."""
    url = stack.output("DeadLetterQueueUrl")
    return [stack.sqs.send_message(QueueUrl=url, MessageBody=body)["MessageId"] for body in bodies]


def waiting(stack: Simulated, output: str) -> list[str]:
    found = stack.sqs.receive_message(QueueUrl=stack.output(output), MaxNumberOfMessages=10, VisibilityTimeout=0)
    return sorted(one["Body"] for one in found.get("Messages", []))


def test_letters_are_listed_by_kind_key_and_how_often_they_were_received(
    simulated: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    die(simulated, NOTIFICATION, LinkMessage(key="drop/news/c.txt").model_dump_json(), "secret text of a document")

    for times in ("1", "2"):
        assert main(["dead", "list"]) == 0
        rows = [line.split() for line in capsys.readouterr().out.splitlines()]
        listed = {row[1]: row for row in rows if len(row) > 2 and row[1] in {"document", "link", "unreadable"}}
        assert (listed["document"][2:4], listed["document"][-1]) == (["drop/news/a", "b.txt"], times)
        assert listed["link"][2] == "drop/news/c.txt"
        assert "secret" not in str(rows)


def test_a_letter_is_shown_with_the_state_of_its_document(
    simulated: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    place = keys.place("drop/news/a.txt")
    assert place is not None
    simulated.store().heads.take(place, 60)
    (name,) = die(simulated, DocumentMessage(key=place.key, attempt=3).model_dump_json())

    assert main(["dead", "show", name[:8]]) == 0

    shown = capsys.readouterr().out
    assert f"document {place.document_id}: waiting" in shown
    assert "attempt: 3" in shown
    assert "to the drop queue" in shown
    assert main(["dead", "show", "nothing"]) == 1


def test_each_letter_goes_back_to_the_queue_that_its_kind_came_from(simulated: Simulated) -> None:
    links = [
        LinkMessage(key="drop/news/c.txt").model_dump_json(),
        TidyOccurrencesMessage(occurrences=("occ_a",)).model_dump_json(),
    ]
    drops = [NOTIFICATION, EditMessage(key="links/news/join-a.json").model_dump_json()]
    die(simulated, *links, *drops)

    assert main(["dead", "redrive"]) == 0

    assert waiting(simulated, "LinkQueueUrl") == sorted(links)
    assert waiting(simulated, "DropQueueUrl") == sorted(drops)
    assert waiting(simulated, "DeadLetterQueueUrl") == []


def test_more_letters_than_come_at_once_all_go_back(simulated: Simulated, capsys: pytest.CaptureFixture[str]) -> None:
    die(simulated, *[DocumentMessage(key=f"drop/news/{number}.txt").model_dump_json() for number in range(23)])

    assert main(["dead", "redrive"]) == 0

    assert "23 letters are sent back." in capsys.readouterr().out


def test_only_the_letters_that_are_named_go_back_and_the_others_are_seen_at_once(simulated: Simulated) -> None:
    bodies = [DocumentMessage(key=f"drop/news/{name}.txt").model_dump_json() for name in "ab"]
    first, _ = die(simulated, *bodies)

    assert main(["dead", "redrive", first]) == 0

    assert waiting(simulated, "DropQueueUrl") == bodies[:1]
    assert waiting(simulated, "DeadLetterQueueUrl") == bodies[1:]
    assert main(["dead", "redrive", first]) == 1


def test_what_nobody_can_read_stays_and_is_said(simulated: Simulated, capsys: pytest.CaptureFixture[str]) -> None:
    die(simulated, "{}")

    assert main(["dead", "redrive"]) == 1

    assert "1 letter is left" in capsys.readouterr().err
    assert waiting(simulated, "DeadLetterQueueUrl") == ["{}"]


def test_whoever_is_killed_between_sending_and_deleting_loses_no_letter(
    simulated: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = [DocumentMessage(key=f"drop/news/{name}.txt").model_dump_json() for name in "ab"]
    die(simulated, *bodies)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dead.Box, "delete", killed)
        with pytest.raises(KeyboardInterrupt):
            main(["dead", "redrive"])
    assert len(waiting(simulated, "DropQueueUrl")) == 1
    assert waiting(simulated, "DeadLetterQueueUrl") == bodies

    assert main(["dead", "redrive"]) == 0
    assert set(waiting(simulated, "DropQueueUrl")) == set(bodies)
    assert waiting(simulated, "DeadLetterQueueUrl") == []
