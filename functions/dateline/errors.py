"""The kinds of failure. There are three: `Retryable`, `Rejected`, and everything else, which is a bug."""

import traceback
from pathlib import PurePath


class Retryable(Exception):
    """Something outside was busy or broken; the same work will succeed later.

    `after` is how many seconds to wait at least, where somebody said so (a `Retry-After` header, a lease's end).
    """

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Postponed(Retryable):
    """The model would have to be asked, but not here and now: the work goes to the queue, which has a rate."""


class NotYet(Retryable):
    """All workers share the model, and the turn of this call is still to come: a wait, and no try in vain."""


class OutOfTime(Retryable):
    """Work of our own on a document did not end in time. It is tried once more, alone, and then rejected."""


class BadRequest(Retryable):
    """The model's server says that what it was asked is wrong.

    Of a first request that is the operator's matter (a model that knows no schema); a repair that is asked as the
    first request was, and refused, would be refused again.
    """


class Rejected(Exception):
    """The document is at fault and will be at fault next time: recorded with the reason, never retried.

    `code` is short and stable (`empty`, `binary`, `too_large`, `withheld`); `reason` tells a person what is wrong
    and what to do. Neither may hold text of the document.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Unreadable(Exception):
    """Stored data that this version cannot read: a bug of the version that wrote it, or of this one.

    `what` names the record, `faults` the fields and what is wrong with each; neither holds a value.
    """

    def __init__(self, what: str, faults: str) -> None:
        super().__init__(f"{what}: {faults}")
        self.what = what
        self.faults = faults


def fingerprint(error: BaseException) -> dict[str, str]:
    """Describe a bug for a log: its type and the way to it. An exception's message may hold text of a document."""
    frames = traceback.extract_tb(error.__traceback__)
    about = {
        "error": type(error).__name__,
        "way": " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames),
    }
    return about | {"stored": str(error)} if isinstance(error, Unreadable) else about
