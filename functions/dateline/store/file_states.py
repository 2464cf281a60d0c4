"""The files of a plan: a batch's or the queue's, the states of each, and every way from one state to another.

| file | from | what happens | to |
|---|---|---|---|
| batch | `Written` | its tokens are reserved: `begin` | `Begun` |
| batch | `Begun` | its requests are uploaded, and a batch is going to be asked for: `ask` | `Begun` |
| batch | `Begun` | the provider knows the upload no longer: `lose_upload` | `Begun` |
| batch | `Begun` | there is a batch: `submit` | `Submitted` |
| batch | `Written`, `Begun` | there is no batch and will be none: `withdraw` | `Withdrawn` |
| batch | `Submitted` | the account's limit failed it, and it is tried again: `put_back` | `Begun` |
| batch | `Submitted` | it ended or is waited for no longer, and its rows were sent: `collect` | `Collected` |
| batch | `Submitted` | it ended, and next to nothing came of it: `hold` | `OnHold` |
| batch | `OnHold` | it is settled what becomes of its documents: `release` | `Collected` |
| batch | `Collected` | rows were lost on their way, and are sent once more: `resend` | `Collected` |
| batch | `Collected`, `Withdrawn` | nothing is left of it anywhere: `end` | `Through` |
| queue | `written` | documents were sent to the live queue: `send` | `written` |
| queue | `written` | all were sent, or its plan ends: `end` | `through` |
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from dateline.deferred import DeferredModel
from dateline.records import Record


class Upload(Record):
    """Requests at the provider, by its id of them. `asked` is when a batch was last asked for: it may exist since."""

    provider_file: str
    asked: datetime | None = None


class Written(Record):
    """The provider has nothing of it."""

    state: Literal["written"] = "written"

    def begin(self) -> Begun:
        """Note, before anything is sent, that the provider may have something of it."""
        return Begun(attempt=1)

    def withdraw(self, reason: str, *, given_up: bool) -> Withdrawn:
        """Make no batch of it."""
        return Withdrawn(given_up=given_up, reason=reason)


class Begun(Record):
    """Its tokens are reserved, and the provider may have more of it than is noted here.

    `attempt` counts the batches that were to be made of it; `reason` says why the one before came to nothing.
    """

    state: Literal["begun"] = "begun"
    attempt: int
    upload: Upload | None = None
    reason: str | None = None

    @property
    def provider_file(self) -> str | None:
        """The provider's id of the requests."""
        return self.upload.provider_file if self.upload else None

    def ask(self, provider_file: str, now: datetime) -> Begun:
        """Note, before it is done, that a batch is asked for."""
        return self.model_copy(update={"upload": Upload(provider_file=provider_file, asked=now)})

    def lose_upload(self) -> Begun:
        """Forget the upload: another is needed."""
        return self.model_copy(update={"upload": None})

    def submit(self, batch: str, now: datetime) -> Submitted:
        """Wait for a batch."""
        return Submitted(attempt=self.attempt, provider_file=self.provider_file, batch=batch, since=now)

    def withdraw(self, reason: str, *, given_up: bool) -> Withdrawn:
        """Make no batch of it."""
        return Withdrawn(begun=True, provider_file=self.provider_file, given_up=given_up, reason=reason)


class Submitted(Record):
    """It is a batch at the provider, by its id, `since` it was found there."""

    state: Literal["submitted"] = "submitted"
    attempt: int
    provider_file: str | None
    batch: str
    since: datetime

    def put_back(self, reason: str) -> Begun:
        """Make another batch of the same upload."""
        upload = Upload(provider_file=self.provider_file) if self.provider_file else None
        return Begun(attempt=self.attempt + 1, upload=upload, reason=reason)

    def collect(self, ranges: int, reason: str, now: datetime, *, given_up: bool) -> Collected:
        """Wait for its rows to be taken in."""
        return Collected(
            provider_file=self.provider_file,
            batch=self.batch,
            ranges=ranges,
            since=now,
            given_up=given_up,
            reason=reason,
        )

    def hold(self, ranges: int, reason: str) -> OnHold:
        """Wait for somebody to say whether to ask again, at the full price."""
        return OnHold(provider_file=self.provider_file, batch=self.batch, ranges=ranges, reason=reason)


class OnHold(Record):
    """It ended, and next to nothing came of it; to ask about its documents in the live lane costs the full price.

    What came was copied and sent to the drop queue, in so many `ranges`; `reason` says how the batch ended.
    """

    state: Literal["held"] = "held"
    provider_file: str | None
    batch: str
    ranges: int
    reason: str

    def release(self, now: datetime, *, given_up: bool) -> Collected:
        """Go on as if it had been collected now."""
        return Collected(
            provider_file=self.provider_file,
            batch=self.batch,
            ranges=self.ranges,
            since=now,
            given_up=given_up,
            reason=self.reason,
        )


class Collected(Record):
    """What came was copied and sent to the drop queue, in so many `ranges`; `reason` says how the batch ended.

    What has no outcome then is `given_up`, or becomes a queue file. `resent`: the ranges were sent twice.
    """

    state: Literal["collected"] = "collected"
    provider_file: str | None
    batch: str
    ranges: int
    since: datetime
    given_up: bool
    resent: bool = False
    reason: str

    def resend(self, ranges: int, now: datetime) -> Collected:
        """Wait for its rows once more, and for the last time."""
        return self.model_copy(update={"ranges": ranges, "since": now, "resent": True})

    def end(self) -> Through:
        """Leave what a report says of it."""
        return Through(batch=self.batch, reason=self.reason)


class Withdrawn(Record):
    """No batch was made of it, for a `reason`. Its documents are `given_up`, or become a queue file.

    `begun`: the provider may have something of it all the same.
    """

    state: Literal["withdrawn"] = "withdrawn"
    begun: bool = False
    provider_file: str | None = None
    given_up: bool
    reason: str

    def end(self) -> Through:
        """Leave what a report says of it."""
        return Through(reason=self.reason)


class Through(Record):
    """Nothing is left of it but what became of it."""

    state: Literal["through"] = "through"
    batch: str | None = None
    reason: str


BatchStage = Written | Begun | Submitted | OnHold | Collected | Withdrawn | Through
FileState = Literal["written", "begun", "submitted", "held", "collected", "withdrawn", "through"]


class BatchFile(Record):
    """A list of documents with the requests of those that have one, for one batch at the provider.

    `rows` are the requests, `tokens` are estimated.
    """

    kind: Literal["batch"] = "batch"
    number: int
    documents: int
    rows: int
    tokens: int
    stage: Annotated[BatchStage, Field(discriminator="state")] = Written()

    @property
    def state(self) -> FileState:
        """The name of its stage."""
        return self.stage.state

    def at(self, stage: BatchStage) -> BatchFile:
        """Return the file at another stage."""
        return self.model_copy(update={"stage": stage})


class QueueFile(Record):
    """A list of documents for the live queue; `sent` of them, `sent_bytes` of the list, went there so far.

    `tokens` are estimated.
    """

    kind: Literal["queue"] = "queue"
    number: int
    documents: int
    tokens: int = 0
    state: Literal["written", "through"] = "written"
    sent: int = 0
    sent_bytes: int = 0

    def send(self, documents: int, size: int) -> QueueFile:
        """Count documents that were sent, of so many bytes of the list."""
        return self.model_copy(update={"sent": self.sent + documents, "sent_bytes": self.sent_bytes + size})

    def end(self) -> QueueFile:
        """Send no more of it."""
        return self.model_copy(update={"state": "through"})


PlanFile = Annotated[BatchFile | QueueFile, Field(discriminator="kind")]


class AnyPlanFile(DeferredModel, RootModel[Any]):
    """A file of either kind, as the table has it."""

    root: PlanFile
