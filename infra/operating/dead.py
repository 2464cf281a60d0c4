"""The command `dateline dead`: the dead letters, looked at and sent back to the queues that they came from."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.errors import Unreadable
from dateline.lane.messages import DocumentMessage, LinkMessage, read_body
from dateline.lane.queue import LINKING
from dateline.store import keys
from infra.operating.lines import show
from infra.places import place_of
from infra.present import harmless
from infra.stack import REFUSED, failing, stack_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from mypy_boto3_sqs.client import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

    from dateline.lane.messages import Message
    from infra.stack import Stack

_AT_ONCE = 10  # the most that SQS hands out
_WAIT_SECONDS = 1  # waiting at all asks every server of SQS, and not a few of them
# Letters that are held are hidden for so long from others; who is killed with them leaves them hidden no longer.
_HIDDEN_SECONDS = 120
_MOST = 10_000  # letters of one call; a stack with more has another trouble
_ID_SHOWN = 8  # characters that tell a letter from others


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter: what it asks for, and how often it was received. `messages` is None where nobody can read it."""

    id: str
    body: str
    receipt: str
    received: int
    sent: datetime
    messages: Sequence[Message] | None

    @property
    def kind(self) -> str:
        """What it asks for."""
        if self.messages is None:
            return "unreadable"
        return ", ".join(dict.fromkeys(one.kind for one in self.messages)) or "test"

    @property
    def about(self) -> str:
        """What it is about: a key, an id, a plan and its file."""
        return ", ".join(_about(one) for one in self.messages or ())

    @property
    def is_linking(self) -> bool:
        """Whether it came from the link queue."""
        return any(isinstance(one, LINKING) for one in self.messages or ())


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """List, show or send back. Status 0: done; 1: a letter is not there, or was left; 2: no such stack."""

    def act() -> int:
        stack, console = stack_of(options), Console(highlight=False)
        match options.action:
            case "list":
                return _list(stack, console, place_of(options))
            case "show":
                return _show(stack, options.letters[0], console, fail)
            case _:
                return _redrive(stack, options.letters, console, fail)

    return failing(act, fail)


class Box:
    """The dead-letter queue while somebody looks through it. What is looked at is hidden from others meanwhile."""

    def __init__(self, sqs: SQSClient, url: str) -> None:
        self._sqs = sqs
        self._url = url
        self._held: dict[str, str] = {}

    def all(self) -> Iterator[Letter]:
        """Yield the letters, each once, until there are no more."""
        seen: set[str] = set()
        while len(seen) < _MOST:
            answer = self._sqs.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=_AT_ONCE,
                VisibilityTimeout=_HIDDEN_SECONDS,
                WaitTimeSeconds=_WAIT_SECONDS,
                MessageSystemAttributeNames=["ApproximateReceiveCount", "SentTimestamp"],
            )
            found = [_letter(one) for one in answer.get("Messages", [])]
            self._held |= {one.id: one.receipt for one in found}
            fresh = [one for one in found if one.id not in seen]
            seen |= {one.id for one in fresh}
            yield from fresh
            if not fresh:
                return

    def delete(self, letter: Letter) -> None:
        """Take a letter out for good."""
        self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=letter.receipt)
        self._held.pop(letter.id, None)

    def close(self) -> None:
        """Show others at once what is still there."""
        for receipt in self._held.values():
            with suppress(ClientError):  # its time was up, and somebody else has it
                self._sqs.change_message_visibility(QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=0)


def _letter(message: MessageTypeDef) -> Letter:
    attributes = message.get("Attributes", {})
    body = message.get("Body", "")
    try:
        messages = read_body(body)
    except Unreadable:
        messages = None
    return Letter(
        id=message["MessageId"],
        body=body,
        receipt=message["ReceiptHandle"],
        received=int(attributes.get("ApproximateReceiveCount", 0)),
        sent=datetime.fromtimestamp(int(attributes.get("SentTimestamp", 0)) / 1000, UTC),
        messages=messages,
    )


def _box(stack: Stack) -> Box:
    return Box(stack.sqs, stack.output("DeadLetterQueueUrl"))


def _list(stack: Stack, console: Console, place: str) -> int:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("Letter", no_wrap=True)  # to be copied
    for name in ("kind", "about", "sent (UTC)", "received"):
        table.add_column(name, overflow="fold", justify="right" if name == "received" else "left")
    with closing(_box(stack)) as letters:
        for one in letters.all():
            columns = (one.id[:_ID_SHOWN], one.kind, one.about, f"{one.sent:%Y-%m-%d %H:%M}", str(one.received))
            table.add_row(*(Text(harmless(column)) for column in columns))
    if not table.row_count:
        show(console, "There are no dead letters.")
        return 0
    console.print(table)
    show(console, f"To send them back once their cause is mended: dateline dead redrive{place}")
    return 0


def _show(stack: Stack, name: str, console: Console, fail: Callable[[str, int], int]) -> int:
    with closing(_box(stack)) as letters:
        letter = next((one for one in letters.all() if one.id.startswith(name)), None)
    if letter is None:
        return fail(f"there is no dead letter {name}: `dateline dead list` shows them", REFUSED)
    show(console, f"{letter.id}: {letter.kind}, received {_times(letter.received)} with this time.")
    show(console, f"It was sent {letter.sent:%Y-%m-%d %H:%M} UTC; sent back, it goes to the {_queue(letter)} queue.")
    if letter.messages is None:
        show(console, "No version of today can read it, so it is never sent back.")
    for message in letter.messages or ():
        for field, value in message.model_dump(mode="json", exclude_defaults=True).items():
            show(console, f"  {field}: {value}")
        if isinstance(message, DocumentMessage | LinkMessage) and (place := keys.place(message.key)):
            held = stack.store().heads.get(place.document_id)
            show(console, f"  document {place.document_id}: {held.head.state if held else 'was never seen'}")
    return 0


def _redrive(stack: Stack, names: Sequence[str], console: Console, fail: Callable[[str, int], int]) -> int:
    """Send letters back, each in one go: it is deleted after it was sent, so whoever dies between loses nothing."""
    sqs = stack.sqs
    to = {True: stack.output("LinkQueueUrl"), False: stack.output("DropQueueUrl")}
    sent, left, missing = 0, 0, set(names)
    with closing(_box(stack)) as letters:
        for letter in letters.all():
            wanted = {name for name in names if letter.id.startswith(name)}
            missing -= wanted
            if names and not wanted:
                continue
            if letter.messages is None:
                left += 1
                continue
            sqs.send_message(QueueUrl=to[letter.is_linking], MessageBody=letter.body)
            letters.delete(letter)
            sent += 1
            show(console, f"{letter.id[:_ID_SHOWN]} {letter.kind} {letter.about} → {_queue(letter)} queue")
    show(console, f"{_letters(sent)} sent back.")
    if left:
        return fail(f"{_letters(left)} left: nobody can read them; `dateline dead list` shows them", REFUSED)
    if missing:
        return fail(f"there is no dead letter {', '.join(sorted(missing))}", REFUSED)
    return 0


def _about(message: Message) -> str:
    said = message.model_dump(mode="json", exclude={"kind", "attempt", "by", "alone", "ask"}, exclude_none=True)
    if "key" in said:
        return str(said["key"])
    return " ".join(f"{name} {', '.join(value) if isinstance(value, list) else value}" for name, value in said.items())


def _queue(letter: Letter) -> str:
    return "link" if letter.is_linking else "drop"


def _letters(number: int) -> str:
    return "1 letter is" if number == 1 else f"{number:,} letters are"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
