"""Document to stored answer: a call for each part, a repair where something failed, a summary of several parts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from dateline.answer import Completion, StoredAnswer
from dateline.ask.parts import PART_CHARACTERS, Part, for_summary, halves, parts, shown
from dateline.ask.request import repair, request
from dateline.errors import Postponed, Rejected, Retryable
from dateline.judge.completeness import MOST_ASKED, are_many, passed_over
from dateline.judge.mentions import Mentions
from dateline.judge.merge import merge
from dateline.judge.problems import Problem
from dateline.judge.review import review
from dateline.recipe import ask_hash
from dateline.records import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.ask.request import Request
    from dateline.documents import Document, Sentence
    from dateline.judge.review import Review
    from dateline.provider.client import Model

# A function has two processors and waits for the model most of the time; more calls at once meet rate limits.
AT_ONCE = 8
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
) -> StoredAnswer:
    """Ask the model about a document before `deadline`, in seconds of `time.monotonic()`.

    What an earlier try was answered is `kept` and not asked again; `keep` is given what has been paid for whenever
    the model cannot go on, and after each of several parts. Raises Retryable (the model cannot answer now; an answer
    that wants a repair does without then, unless the model says Postponed) and Rejected (`no_article`, `refused`,
    `too_long`). Whether anything of the answer can be used is the judge's to say: it was paid for, so it is kept in
    any case.
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
        deadline=deadline,
        ask=ask_hash(model.name, output_language, part_characters),
        parts=parts(document, part_characters),
        mentions=Mentions(document),
        keep=keep,
        left=list(kept.completions) if kept else [],
    )
    return work.done()


@dataclass(slots=True)
class _Work:
    """The calls about one document: what was `answered` in this try, and what is still `left` of an earlier one."""

    document: Document
    model: Model
    output_language: str
    deadline: float
    ask: str
    parts: Sequence[Part]
    mentions: Mentions
    keep: Callable[[StoredAnswer], None]
    left: list[Completion]
    answered: list[tuple[Part, Completion]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def done(self) -> StoredAnswer:
        """Do all that is to do and return the answer."""
        try:
            reviews = self._all(self.parts)
            if len(reviews) > 1:
                self._sum_up(reviews)
        except Retryable:
            if self.answered:
                self.keep(self._answer())
            raise
        return self._answer()

    def _answer(self) -> StoredAnswer:
        """Return what was answered, in the order of the text; what is kept and was not reached yet stays."""
        with self.lock:
            answered = sorted(self.answered, key=lambda one: one[0].place)
            completions = (*(completion for _, completion in answered), *self.left)
        return StoredAnswer(
            content=self.document.content,
            ask=self.ask,
            model=self.model.name,
            output_language=self.output_language,
            completions=completions,
        )

    def _all(self, several: Sequence[Part]) -> list[Review]:
        """Work on parts at the same time; where one fails, the others are still finished, since they are paid for."""
        if len(several) == 1:
            return self._part(several[0])
        with ThreadPoolExecutor(AT_ONCE) as pool:
            running = [pool.submit(self._part, part) for part in several]
        failed = [error for one in running if (error := one.exception()) is not None]
        if failed:
            raise next((error for error in failed if not isinstance(error, Retryable | Rejected)), failed[0])
        return [reviewed for one in running for reviewed in one.result()]

    def _part(self, part: Part) -> list[Review]:
        """Ask about a part, and again for what failed; one that is too long is halved."""
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

    def _turned_away(self, part: Part, error: Rejected) -> list[Review]:
        """Halve a part that is too long for the model; of several parts, one that is refused is left out and noted."""
        if error.code == "too_long" and (both := halves(part)):
            return [one for half in both for one in self._part(half)]
        if len(self.parts) == 1:
            raise error
        refused = Completion(text=error.reason, finish="refused", usage=Usage(), part=part.name)
        with self.lock:
            self.answered.append((part, refused))
        return [self._review(refused)]

    def _repaired(self, part: Part, asked: Request, first: Completion, reviewed: Review, took: float) -> Review:
        """Ask once for what failed, and on while answers are cut off; what is there already is worth keeping."""
        merged, last, conversation = reviewed, first, asked
        again = self._for_repair(part, asked, first, reviewed)
        for _ in range(1 + _MOST_CONTINUED):
            if again is None or monotonic() + took > self.deadline:
                break
            conversation = again
            try:
                last = self._call(part, conversation)
            except Postponed:
                raise
            except (Retryable, Rejected):
                if merged.usable:
                    break
                raise
            newer = self._review(last)
            merged = merge(merged, newer)
            goes_on = last.finish == "length" and newer.usable
            again = repair(conversation, last.text, _failures(newer, ("answer_cut_off",))) if goes_on else None
        return merged

    def _for_repair(self, part: Part, asked: Request, first: Completion, reviewed: Review) -> Request | None:
        """Return the repair call, if there is something to ask for."""
        if first.finish == "refused":
            return None
        failures = _failures(reviewed)
        cited = reviewed.cited | self.mentions.ordering
        readings = self.mentions.readings
        passed = list(passed_over(readings, part.sentences, reviewed.read_as, cited)) if reviewed.usable else []
        if not failures and not are_many(len(passed), len(cited)):
            return None
        return repair(asked, first.text, failures, [str(one) for one in passed[:MOST_ASKED]])

    def _call(self, part: Part, asked: Request) -> Completion:
        """Take the answer of an earlier try, or ask."""
        taken = self._take(part)
        completion = taken or self.model.complete(asked, self.deadline).model_copy(update={"part": part.name})
        with self.lock:
            self.answered.append((part, completion))
        if not taken and len(self.parts) > 1:
            self.keep(self._answer())
        return completion

    def _take(self, part: Part) -> Completion | None:
        with self.lock:
            place = next((place for place, one in enumerate(self.left) if one.part == part.name), None)
            return None if place is None else self.left.pop(place)

    def _review(self, completion: Completion) -> Review:
        return review(self.document, completion, self.output_language, self.mentions)

    def _sum_up(self, reviews: Sequence[Review]) -> None:
        """Ask for a summary of the parts; without one their headlines will do."""
        wanted = for_summary(self._main_sentences(reviews), len(reviews))
        if not wanted.sentences:
            return
        asked = request(self.document, self.ask, self.output_language, wanted)
        try:
            self._call(wanted, asked)
        except Postponed:
            raise
        except (Retryable, Rejected):
            return

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
