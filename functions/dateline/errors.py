"""The kinds of failure. There are three: `Retryable`, `Rejected`, and everything else, which is a bug."""


class Retryable(Exception):
    """Something outside was busy or broken; the same work will succeed later.

    `after` is how many seconds to wait at least, where somebody said so (a `Retry-After` header, a lease's end).
    """

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Rejected(Exception):
    """The document is at fault and will be at fault next time: recorded with the reason, never retried.

    `code` is short and stable (`empty`, `binary`, `too_large`); `reason` tells a person what is wrong and what to do.
    Neither may hold text of the document.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
