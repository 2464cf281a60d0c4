"""The messages of the drop queue: S3's notifications, and those that the functions send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import unquote_plus

from pydantic import Field, RootModel
from pydantic_core import from_json

from dateline.deferred import DeferredModel
from dateline.records import Record
from dateline.store.keys import EDITS_PREFIX
from dateline.stored import read_stored


class NotifiedUpload(Record):
    """An upload that S3 notified of: the version of the object, and when, in whole seconds as S3 says of the object."""

    version: str
    at: datetime


class DocumentMessage(Record):
    """Bring one document up to date; `plan` is told what became of it. `attempt` counts how often it was put off.

    `upload` is what S3 sent the message for; another may lie there by now. `alone`: its time was up once, so nothing is
    worked on beside it. `turn`: a place of the model's schedule that is reserved for its next call.
    """

    kind: Literal["document"] = "document"
    key: str
    upload: NotifiedUpload | None = None
    plan: str | None = None
    attempt: int = 0
    alone: bool = False
    turn: int | None = None


class RowsMessage(Record):
    """Take in the rows of a batch's output, bytes `start` to below `end` of file `number` of a plan, and its documents.

    `ask` is what the rows answer. The rest of a range that took longer than a run of the function knows where the
    whole one began, the `first` byte: by it the plan counts ranges.
    """

    kind: Literal["rows"] = "rows"
    plan: str
    number: int
    ask: str
    start: int
    end: int
    first: int | None = None
    attempt: int = 0

    @property
    def range_start(self) -> int:
        """The first byte of the whole range."""
        return self.start if self.first is None else self.first


class TidyMessage(Record):
    """Delete what is left over of a document's old runs."""

    kind: Literal["tidy"] = "tidy"
    document_id: str
    attempt: int = 0


class LinkMessage(Record):
    """Link the events of the document that lies at a key to those of its collection's other documents.

    `turn`: as of a document's message.
    """

    kind: Literal["link"] = "link"
    key: str
    attempt: int = 0
    turn: int | None = None


class EditMessage(Record):
    """Follow an editor's decision as it lies at a key now, or is gone from it; `by` wrote it, as far as S3 says."""

    kind: Literal["edit"] = "edit"
    key: str
    by: str | None = None
    attempt: int = 0


class TidyOccurrencesMessage(Record):
    """Delete rows of occurrences that readers were switched from."""

    kind: Literal["tidy_occurrences"] = "tidy_occurrences"
    occurrences: tuple[str, ...]
    attempt: int = 0


class PackMessage(Record):
    """Pack what is searched of a collection into segments; `whole`: also anew those that hold what nobody sees now."""

    kind: Literal["pack"] = "pack"
    collection: str
    whole: bool = False
    attempt: int = 0


class RebuildMessage(Record):
    """Make anew what is searched of a collection's documents, those dropped `after` one.

    What segments held before goes at the end: those numbered before `first`, which was the first one written.
    """

    kind: Literal["rebuild"] = "rebuild"
    collection: str
    after: str | None = None
    first: int | None = None
    attempt: int = 0


class SweepMessage(Record):
    """Compare what lies in the bucket with what the table knows, a page of keys at a time, after the key `after`.

    It was `asked` for when its first message was sent (None: that is this one). What nobody has touched for `patience`
    seconds before that is overdue: messages are received roughly in the order in which they were sent, so its own
    would have come before the sweep's, however many waited. A day is longer than the longest delay (15 minutes) and
    five receives of a killed function (7.5 hours). With a `collection`, its documents are looked for in the bucket,
    `after` a drop.
    """

    kind: Literal["sweep"] = "sweep"
    after: str | None = None
    collection: str | None = None
    asked: datetime | None = None
    patience: int = 86_400
    attempt: int = 0

    @property
    def overdue(self) -> datetime:
        """The moment since which a worker must have touched what is on its way."""
        return (self.asked or datetime.now(UTC)) - timedelta(seconds=self.patience)


Message = (
    DocumentMessage
    | RowsMessage
    | TidyMessage
    | LinkMessage
    | EditMessage
    | TidyOccurrencesMessage
    | PackMessage
    | RebuildMessage
    | SweepMessage
)


class _Object(DeferredModel):
    key: str
    version: str | None = Field(default=None, alias="versionId")


class _Entity(DeferredModel):
    object: _Object


class _Principal(DeferredModel):
    id: str | None = Field(default=None, alias="principalId")


class _S3Record(DeferredModel):
    s3: _Entity
    name: str = Field(default="", alias="eventName")
    at: datetime | None = Field(default=None, alias="eventTime")
    by: _Principal = Field(default=_Principal(), alias="userIdentity")

    @property
    def message(self) -> Message:
        """What a notification about this key asks for."""
        key = unquote_plus(self.s3.object.key)
        if key.startswith(EDITS_PREFIX):
            return EditMessage(key=key, by=self.by.id)
        return DocumentMessage(key=key, upload=self._upload)

    @property
    def _upload(self) -> NotifiedUpload | None:
        """The upload that this tells of; None: it tells of a deletion, or the bucket keeps no versions."""
        version = self.s3.object.version
        if self.at is None or version is None or not self.name.startswith("ObjectCreated:"):
            return None
        return NotifiedUpload(version=version, at=self.at.replace(microsecond=0))


class _S3Notification(DeferredModel):
    """As much of S3's notification as is used: it is a hint that something about a key has changed, no more."""

    Records: list[_S3Record]


class _S3TestEvent(DeferredModel):
    """What S3 sends when a notification is set up."""

    Event: Literal["s3:TestEvent"]


class _Body(DeferredModel, RootModel[Any]):
    """The body of a message of the drop queue."""

    root: _S3Notification | _S3TestEvent | Annotated[Message, Field(discriminator="kind")]


def is_foreign(body: str) -> bool:
    """Return whether a body is neither S3's nor a function's of any version, and so would never be understood.

    So are notifications that came by way of EventBridge or SNS: S3 is to send them to the queue itself.
    """
    try:
        read = from_json(body)
    except ValueError:
        return True
    match read:
        case {"kind": _} | {"Event": "s3:TestEvent"}:
            return False
        case {"Records": list() as records}:
            return not any(isinstance(one, dict) and "s3" in one for one in records)
        case _:
            return True


def read_body(body: str) -> list[Message]:
    """Read the body of a message that is not foreign. Unreadable: it is none that this version knows."""
    match read_stored(_Body, body).root:
        case _S3Notification(Records=records):
            return list(dict.fromkeys(record.message for record in records))
        case _S3TestEvent():
            return []
        case message:
            return [message]
