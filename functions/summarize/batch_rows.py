"""Results of a batch: the completions of a range of rows are stored, and their documents processed without a call."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING

from dateline.errors import OutOfTime, Postponed, Retryable
from dateline.lane.messages import DocumentMessage
from dateline.provider.batch_lines import read_row
from dateline.records import Usage
from dateline.store.batch_files import read_row_id
from summarize.budget import Budget
from summarize.document import bring_up_to_date
from summarize.plan_outcomes import note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from dateline.answer import Completion
    from dateline.ask.request import Request
    from dateline.lane.messages import RowsMessage
    from dateline.lane.queue import Queue
    from dateline.store.keys import Place
    from summarize.document import Result
    from summarize.tools import Tools

# All ranges of a run of the function share them: the work is the table's and the bucket's round trips, and judging.
AT_ONCE = 8
# No row is begun this shortly before the deadline: reading, judging and writing one takes a second or two.
_LAST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be used: where it begins in the output, in bytes, and what it says of which content."""

    start: int
    document_id: str
    content: str
    completion: Completion


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome of a range: results and bugs by document, and the keys of documents that are to be linked.

    `renewed` are the collections of documents that got a new run.
    `usage` is what all rows took; the rest of a range, which is part of one that was counted, counts none.
    """

    results: dict[str, Result] = field(default_factory=dict)
    bugs: dict[str, Exception] = field(default_factory=dict)
    to_link: list[str] = field(default_factory=list)
    renewed: set[str] = field(default_factory=set)
    usage: Usage = field(default_factory=Usage)


class NotNow:
    """A model for work that must not call one."""

    def __init__(self, name: str) -> None:
        self.name = name

    def complete(self, request: Request, deadline: float) -> Completion:  # noqa: ARG002
        """Raise Postponed."""
        raise Postponed("a call of the model, for which its turn will come")


def take_in(message: RowsMessage, tools: Tools, queue: Queue, pool: ThreadPoolExecutor, deadline: float) -> Taken:
    """Keep what a range's rows say, and bring their documents up to date before `deadline` (`time.monotonic`).

    What a document still needs a model for is left to its plan; what was turned away for another reason comes again
    alone; a bug costs its own document. The rest of a range whose time is up comes as a message. A range that is gone
    was worked through. Retryable: not all rows could be kept; nothing is lost by beginning again.
    """
    plans = tools.store.plans
    data = tools.store.batch_files.part(
        tools.store.batch_files.key(message.plan, message.number, "output"), message.start, message.end
    )
    read = list(_rows(data or b"", message.start))
    taken = Taken(usage=sum((row.completion.usage for row in read), Usage()) if message.first is None else Usage())
    rows = _of_known_documents(read, tools, taken)
    _keep(rows, message, tools, pool)
    wanted = rows if tools.recipe.ask == message.ask else {}
    work = _Work(message, _without_calls(tools), queue, deadline)
    rest = work.over(wanted, pool, taken)
    if rest is None:
        plans.range_done(message.plan, message.number, message.range_start)
    else:
        queue.send([message.model_copy(update={"start": rest, "first": message.range_start, "attempt": 0})])
    return taken


def _rows(data: bytes, start: int) -> Iterator[Row]:
    """Read the rows that can be used, one a document; what is wrong with the others, their plan makes good."""
    seen: set[str] = set()
    for line in data.splitlines(keepends=True):
        read = read_row(line)
        named = read_row_id(read.custom_id) if read else None
        if read and read.completion and named and named[0] not in seen:
            seen.add(named[0])
            yield Row(start, *named, read.completion)
        start += len(line)


def _of_known_documents(read: Sequence[Row], tools: Tools, taken: Taken) -> dict[Row, Place]:
    """Look up the places of rows' documents; rows of a document that was never dropped are ignored.

    A document whose head cannot be read is a bug of its own.
    """
    heads = tools.store.heads.get_each(row.document_id for row in read)
    taken.bugs.update(heads.unreadable)
    return {row: heads.found[row.document_id].head.place for row in read if row.document_id in heads.found}


def _keep(rows: Iterable[Row], message: RowsMessage, tools: Tools, pool: ThreadPoolExecutor) -> None:
    """Store all completions before any is used, so that a document that is retried alone finds what was paid for."""

    def keep(row: Row) -> None:
        tools.store.batch_files.keep_completion(message.ask, row.content, row.completion.model_dump_json())

    list(pool.map(keep, rows))


def _without_calls(tools: Tools) -> Tools:
    """Work without a model, so that paid completions are used even when the day's tokens are spent."""
    return replace(
        tools,
        model=lambda: NotNow(tools.asking.model),
        budget=Budget(document=tools.budget.document, day=None),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """The documents of a range's rows."""

    message: RowsMessage
    tools: Tools
    queue: Queue
    deadline: float

    def over(self, rows: Mapping[Row, Place], pool: ThreadPoolExecutor, taken: Taken) -> int | None:
        """Process documents concurrently and record the results; return the offset of the first row not begun."""
        running = [(row, place, pool.submit(self._one, row, place)) for row, place in rows.items()]
        wait(future for _, _, future in running)
        late = []
        for row, place, future in running:
            if self._is_late(row.document_id, place, future, taken):
                late.append(row.start)
        return min(late, default=None)

    def _one(self, row: Row, place: Place) -> Result | None:
        """Bring a document up to date and tell the plan; None where there is no time left to begin.

        Then nobody needs the row any more. It may be there although the document's answer took it: a second delivery
        of the range, at the same time, kept it once more.
        """
        if monotonic() > self.deadline - _LAST_SECONDS:
            return None
        result = bring_up_to_date(place, self.tools, self.deadline)
        if result.later is None:
            note(self.tools.store, self.message.plan, place.document_id, result)
        self.tools.store.batch_files.delete_completion(self.message.ask, row.content)
        return result

    def _is_late(self, document_id: str, place: Place, future: Future[Result | None], taken: Taken) -> bool:
        """Record a document's result, and return whether it was not begun."""
        match future.exception():
            case None:
                result = future.result()
                if result is None:
                    return True
                taken.results[document_id] = result
                taken.to_link.extend([place.key] if result.to_link else [])
                taken.renewed.update([place.collection] if result.outcome == "done" else [])
            case Postponed():
                pass
            case Retryable(after=after) as error:
                alone = isinstance(error, OutOfTime)
                self.queue.again(DocumentMessage(key=place.key, plan=self.message.plan, alone=alone), after)
            case Exception() as error:
                taken.bugs[document_id] = error
            case error:
                raise error
        return False
