"""Document to stored answer: a call for each part, a repair where something failed, a summary of several parts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from dateline.answer import Completion, StoredAnswer, Unrepaired
from dateline.ask.parts import PART_CHARACTERS, DocumentPart, for_summary, halves, parts, shown
from dateline.ask.request import repair, request
from dateline.deadline import Deadline
from dateline.errors import BadRequest, NotYet, Postponed, Rejected, Retryable
from dateline.judge.completeness import MOST_ASKED, are_many, passed_over
from dateline.judge.merge import merge
from dateline.judge.problems import Problem
from dateline.judge.review import Reviews
from dateline.recipe import ask_hash
from dateline.records import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.ask.request import Request
    from dateline.documents import Document, Sentence
    from dateline.judge.review import Review
    from dateline.provider.client import Model

# Of the time that is left some is kept for checking and writing what the model said: seconds, and code points a second.
# A report of 1.5 million code points takes some 30 seconds of processor time.
_OWN_SECONDS, _OWN_CHARACTERS = 2.0, 30_000
# A function has two processors and waits for the model most of the time; more calls at once meet rate limits.
AT_ONCE = 8
# Deliveries that ask for a repair in vain. The queue waits 2, 4, 8 … 900 seconds between them: some four hours, which
# outlasts a provider's bad hour; a repair that always runs out of time is paid for no more often than that.
MOST_TRIES = 24
_MOST_CONTINUED = 3  # further calls for an answer that is cut off again and again
_SUMMARY_CHARACTERS = 12_000  # code points of sentences that the summary of several parts is made from


def _forget(_answer: StoredAnswer) -> None:
    """Keep nothing: for callers that do not come back."""


def extract(
    document: Document,
    model: Model,
    *,
    output_language: str,
    deadline: float,
    part_characters: int = PART_CHARACTERS,
    kept: StoredAnswer | None = None,
    keep: Callable[[StoredAnswer], None] = _forget,
    reviews: Reviews | None = None,
) -> StoredAnswer:
    """Ask the model about a document before `deadline`, in seconds of `time.monotonic()`, and a little before it.

    What an earlier try was answered is `kept` and not asked again; `keep` is given what has been paid for whenever
    the model cannot go on, after each of several parts, and before a repair. A repair, or the summary of several parts,
    that cannot be had leaves the answer `unrepaired`: pending where the model may answer later. Raises Retryable (the
    model cannot answer now, and nothing of the answer can be used without), OutOfTime (our own work took too long) and
    Rejected (`no_article`, `refused`, `too_long`). Whether anything of the answer can be used is the judge's to say: it
    was paid for, so it is kept in any case.
    """
    if not shown(document):
        raise Rejected(
            "no_article",
            "there is nothing but links, notices or what poses as a model's work: drop the document with its text",
        )
    work = _Work(
        document=document,
        model=model,
        output_language=output_language,
        deadline=deadline - min((deadline - monotonic()) / 2, _OWN_SECONDS + len(document.text) / _OWN_CHARACTERS),
        ask=ask_hash(model.name, output_language, part_characters),
        parts=parts(document, part_characters),
        reviews=reviews or Reviews(document, Deadline(deadline)),
        keep=keep,
        left=list(kept.completions) if kept else [],
        lacking={one.part: one for one in kept.unrepaired} if kept else {},
    )
    return work.done()


@dataclass(slots=True)
class _Work:
    """The calls about one document: what was `answered` in this try, and what is still `left` of an earlier one.

    `lacking` are the repairs that could not be had, by part, in this try or an earlier one. The model is waited for
    until `deadline`; our own work, the `reviews`, ends a little later.
    """

    document: Document
    model: Model
    output_language: str
    deadline: float
    ask: str
    parts: Sequence[DocumentPart]
    reviews: Reviews
    keep: Callable[[StoredAnswer], None]
    left: list[Completion]
    lacking: dict[str, Unrepaired]
    answered: list[tuple[DocumentPart, Completion]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    keeping: Lock = field(default_factory=Lock)

    def done(self) -> StoredAnswer:
        """Do all that is to do and return the answer."""
        try:
            reviews = self._all(self.parts)
            if not any(one.usable for one in reviews):
                self._must_be_whole()
            if len(reviews) > 1:
                self._sum_up(reviews)
        except Retryable:
            if self.answered:
                self.keep(self._answer())
            raise
        return self._answer()

    def _must_be_whole(self) -> None:
        """Wait, for as long as it takes, where nothing can be published without a repair that is still to come."""
        pending = self._answer().pending
        if pending:
            self.lacking = {part: one for part, one in self.lacking.items() if one.code != "repair_pending"}
            raise Retryable(pending.reason, pending.after)

    def _answer(self) -> StoredAnswer:
        """Return what was answered, in the order of the text; what is kept and was not reached yet stays."""
        with self.lock:
            answered = sorted(self.answered, key=lambda one: one[0].place)
            completions = (*(completion for _, completion in answered), *self.left)
            unrepaired = tuple(self.lacking[part] for part in sorted(self.lacking))
        return StoredAnswer(
            content=self.document.content,
            ask=self.ask,
            model=self.model.name,
            output_language=self.output_language,
            completions=completions,
            unrepaired=unrepaired,
        )

    def _all(self, several: Sequence[DocumentPart]) -> list[Review]:
        """Work on parts at the same time; where one fails, the others are still finished, since they are paid for."""
        if len(several) == 1:
            return self._part(several[0])
        with ThreadPoolExecutor(AT_ONCE) as pool:
            running = [pool.submit(self._part, part) for part in several]
        failed = [error for one in running if (error := one.exception()) is not None]
        if failed:
            raise next((error for error in failed if not isinstance(error, Retryable | Rejected)), failed[0])
        return [reviewed for one in running for reviewed in one.result()]

    def _part(self, part: DocumentPart) -> list[Review]:
        """Ask about a part, and again for what failed; one that is too long is halved."""
        self.reviews.deadline.must_last()
        asked = request(self.document, self.ask, self.output_language, part)
        began = monotonic()
        try:
            first = self._call(part, asked)
        except Rejected as error:
            return self._turned_away(part, error)
        if first.finish == "refused" and len(self.parts) == 1:
            raise Rejected("refused", first.text)
        took = monotonic() - began
        reviewed = self._review(first)
        if first.finish == "length" and not reviewed.usable and (both := halves(part)):
            return [one for half in both for one in self._part(half)]
        return [self._repaired(part, asked, first, reviewed, took)]

    def _turned_away(self, part: DocumentPart, error: Rejected) -> list[Review]:
        """Halve a part that is too long for the model; of several parts, one that is refused is left out and noted."""
        if error.code == "too_long" and (both := halves(part)):
            return [one for half in both for one in self._part(half)]
        if len(self.parts) == 1:
            raise error
        refused = Completion(text=error.reason, finish="refused", usage=Usage(), part=part.name)
        with self.lock:
            self.answered.append((part, refused))
        return [self._review(refused)]

    def _repaired(self, part: DocumentPart, asked: Request, first: Completion, reviewed: Review, took: float) -> Review:
        """Ask once for what failed, and on while answers are cut off; what is there already is worth keeping."""
        merged, last, conversation = reviewed, first, asked
        again = self._for_repair(part, asked, first, reviewed)
        for _ in range(1 + _MOST_CONTINUED):
            if again is None:
                break
            conversation = again
            completion = self._further(part, conversation, took)
            if completion is None:
                break
            last = completion
            newer = self._review(last)
            merged = merge(merged, newer)
            goes_on = last.finish == "length" and newer.usable
            again = repair(conversation, last.text, _failures(newer, ("answer_cut_off",))) if goes_on else None
        return merged

    def _for_repair(self, part: DocumentPart, asked: Request, first: Completion, reviewed: Review) -> Request | None:
        """Return the repair call, if there is something to ask for."""
        if first.finish == "refused":
            return None
        failures = _failures(reviewed)
        cited = reviewed.cited | reviewed.failed | self.reviews.mentions.ordering
        readings, own = self.reviews.mentions.readings, self.reviews.deadline
        dated = passed_over(readings, part.sentences, reviewed.read_as, cited, own)
        passed = list(dated) if reviewed.usable else []
        if not failures and not are_many(len(passed), len(cited)):
            return None
        return repair(asked, first.text, failures, [str(one) for one in passed[:MOST_ASKED]])

    def _further(self, part: DocumentPart, asked: Request, took: float) -> Completion | None:
        """Ask for a repair or the summary, which takes `took` seconds or so; None where it cannot be had."""
        known = self.lacking.get(part.name)
        if known and known.code != "repair_pending":
            return None
        try:
            if monotonic() + took > self.deadline:
                raise Retryable("no time was left to ask the model")
            completion = self._call(part, asked)
        except Postponed:
            raise
        except (BadRequest, Rejected) as error:
            self._lacks(Unrepaired(part=part.name, code="repair_refused", reason=error.reason))
            return None
        except Retryable as error:
            tries = (known.tries if known else 0) + (not isinstance(error, NotYet))
            lack = Unrepaired(
                part=part.name, code="repair_pending", reason=error.reason, tries=tries, after=error.after
            )
            self._lacks(lack if tries < MOST_TRIES else lack.model_copy(update={"code": "repair_given_up"}))
            return None
        with self.lock:
            self.lacking.pop(part.name, None)
        return completion

    def _lacks(self, lack: Unrepaired) -> None:
        with self.lock:
            self.lacking[lack.part] = lack

    def _call(self, part: DocumentPart, asked: Request) -> Completion:
        """Take the answer of an earlier try, or ask. What was paid for is kept before anything can become of us."""
        taken = self._take(part)
        if taken is None and self.answered and len(self.parts) == 1:
            self._keep()
        completion = taken or self.model.complete(asked, self.deadline).model_copy(update={"part": part.name})
        with self.lock:
            self.answered.append((part, completion))
        if taken is None and len(self.parts) > 1:
            self._keep()
        return completion

    def _keep(self) -> None:
        """Keep what there is; of two threads the later one keeps more. A store that is busy is asked again later."""
        with self.keeping, suppress(Retryable):
            self.keep(self._answer())

    def _take(self, part: DocumentPart) -> Completion | None:
        with self.lock:
            place = next((place for place, one in enumerate(self.left) if one.part == part.name), None)
            return None if place is None else self.left.pop(place)

    def _review(self, completion: Completion) -> Review:
        return self.reviews.of(completion, self.output_language)

    def _sum_up(self, reviews: Sequence[Review]) -> None:
        """Ask for a summary of the parts; without one their headlines will do."""
        wanted = for_summary(self._main_sentences(reviews), len(reviews))
        if not wanted.sentences:
            return
        self._further(wanted, request(self.document, self.ask, self.output_language, wanted), took=0)

    def _main_sentences(self, reviews: Sequence[Review]) -> list[Sentence]:
        """Choose what the parts' headlines and summaries rest on, the headlines' first, as much as may be sent."""
        headlines = [review.head for review in reviews]
        bodies = [part for review in reviews for part in review.sentences]
        chosen: dict[int, Sentence] = {}
        length = 0
        for part in (*headlines, *bodies):
            if part is None or isinstance(part, Problem):
                continue
            sentence = self.document.sentences[part.evidence[0].sentence - 1]
            length += sentence.end - sentence.start
            if length > _SUMMARY_CHARACTERS:
                break
            chosen[sentence.number] = sentence
        return [chosen[number] for number in sorted(chosen)]


def _failures(reviewed: Review, codes: Sequence[str] = ()) -> list[str]:
    return [str(one) for one in reviewed.problems if one.again and (not codes or one.code in codes)]
