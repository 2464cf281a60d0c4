"""Long documents: cut into parts, worked on at the same time, and made one again."""

import itertools
import re
import threading
from collections.abc import Callable
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.answer import Completion, StoredAnswer
from dateline.ask.parts import SUMMARY, halves, parts
from dateline.ask.request import Request
from dateline.documents import Document, Sentence
from dateline.errors import Postponed, Rejected, Retryable
from dateline.extract import extract
from dateline.judge.judge import judge
from tests.unit.judge.answers import answer, completion, event

LINE = re.compile(r"^(\d+): (.*)$", re.MULTILINE)
DATE = re.compile(r"on (\d+ \w+ \d{4})")


def document(texts: list[str]) -> Document:
    sentences, start = [], 0
    for number, text in enumerate(texts, 1):
        sentences.append(Sentence(number, start, start + len(text)))
        start += len(text) + 1
    return Document("\n".join(texts), tuple(sentences), "utf-8", "en")


def report(sentences: int) -> Document:
    return document(
        [
            f"The council voted on {number % 28 + 1} May {1700 + number // 28} about item {number}."
            for number in range(1, sentences + 1)
        ]
    )


class Reader:
    """A model that makes an event of each dated line, and does what it is told to at some calls."""

    name = "a-model"

    def __init__(self, fault: Callable[[Request, int], Completion | None] = lambda request, call: None) -> None:
        self.fault = fault
        self.requests: list[Request] = []
        self.lock = threading.Lock()
        self.running = self.most_running = 0

    def complete(self, request: Request, deadline: float) -> Completion:
        with self.lock:
            self.requests.append(request)
            call = len(self.requests)
        made = self.fault(request, call)
        return made or self.read(request)

    def read(self, request: Request) -> Completion:
        lines = [(int(number), text) for number, text in LINE.findall(request.messages[1].content)]
        events = []
        for number, text in lines:
            if found := DATE.search(text):
                events.append(event(f"Council votes about item {text.split()[-1]}", number, d=found[1]))
        head = {"t": f"Council votes {len(lines)} times", "s": [lines[0][0]]}
        return completion(answer(*events, lang="en", head={"t": "Council votes", "s": head["s"]}))


def extracted(long: Document, model: Reader, **more: object) -> StoredAnswer:
    return extract(long, model, output_language="en", deadline=monotonic() + 60, part_characters=2_000, **more)  # type: ignore[arg-type]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=80), st.integers(100, 3_000))
def test_parts_hold_every_sentence_in_order_and_overlap(lengths: list[int], most: int) -> None:
    long = document(["x" * length for length in lengths])

    pieces = parts(long, most)

    seen = [sentence.number for piece in pieces for sentence in piece.sentences]
    assert sorted(set(seen)) == list(range(1, len(lengths) + 1))
    for piece in pieces:
        numbers = [sentence.number for sentence in piece.sentences]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
    for piece, following in itertools.pairwise(pieces):
        assert following.sentences[0].number <= piece.sentences[-1].number + 1
        assert following.sentences[-1].number > piece.sentences[-1].number


def test_halves_hold_what_the_whole_held() -> None:
    (whole,) = parts(report(20), 100_000)

    first, second = halves(whole)

    assert {one.number for half in (first, second) for one in half.sentences} == set(range(1, 21))
    assert (first.name, second.name) == ("1.1", "1.2")


def test_a_long_document_is_asked_in_parts_and_comes_to_each_event_once() -> None:
    long = report(120)
    model = Reader()

    kept = extracted(long, model)
    extraction = judge(long, kept)

    assert len({one.part for one in kept.completions}) == len(kept.completions) == len(model.requests) > 3
    assert kept.completions[-1].part == SUMMARY
    assert len(extraction.findings) == 120
    assert all(len(finding.evidence) == 1 for finding in extraction.findings)
    assert extraction.notes == ()
    assert extraction.summary is not None
    assert kept.usage.calls == len(model.requests)


def test_a_summary_that_fails_is_made_of_the_parts_headlines() -> None:
    def fault(request: Request, call: int) -> Completion | None:
        if "main sentences" in request.messages[1].content:
            raise Retryable("busy")
        return None

    extraction = judge(report(120), extracted(report(120), Reader(fault)))

    assert extraction.summary is not None
    assert extraction.summary.headline.text == "Council votes"


def test_what_was_paid_for_before_a_failure_is_not_asked_again() -> None:
    saved: list[StoredAnswer] = []

    def third_fails(request: Request, call: int) -> Completion | None:
        if "part 3" in request.messages[1].content:
            raise Retryable("busy", 7)
        return None

    with pytest.raises(Retryable) as busy:
        extracted(report(120), Reader(third_fails), keep=saved.append)
    again = Reader()
    kept = extracted(report(120), again, kept=saved[-1])

    assert busy.value.after == 7
    asked = [request.messages[1].content.splitlines()[0] for request in again.requests]
    assert [line[:14] for line in asked] == ["This is part 3", "These are the "]
    assert len(judge(report(120), kept).findings) == 120


def test_each_part_is_kept_the_moment_it_is_answered() -> None:
    saved: list[StoredAnswer] = []

    def killed_at_the_third(request: Request, call: int) -> Completion | None:
        if call == 3:
            raise KeyError("killed")
        return None

    with pytest.raises(KeyError):
        extracted(report(120), Reader(killed_at_the_third), keep=saved.append)

    assert [len(one.completions) for one in saved] == list(range(1, len(parts(report(120), 2_000))))


def test_a_part_that_is_refused_is_noted_and_the_others_stay() -> None:
    def refuse(request: Request, call: int) -> Completion | None:
        if "part 2" in request.messages[1].content:
            raise Rejected("refused", "the provider would not")
        return None

    extraction = judge(report(120), extracted(report(120), Reader(refuse)))

    assert 60 < len(extraction.findings) < 120
    assert "answer_refused" in [note.code for note in extraction.notes]


def test_a_document_whose_every_part_is_refused_is_rejected_with_the_reason() -> None:
    def refuse(request: Request, call: int) -> Completion | None:
        raise Rejected("refused", "the provider would not")

    kept = extracted(report(120), Reader(refuse))

    with pytest.raises(Rejected, match="the provider would not"):
        judge(report(120), kept)


@pytest.mark.parametrize("too_long", ["cut", "rejected"])
def test_a_part_too_long_to_answer_is_halved(too_long: str) -> None:
    def fault(request: Request, call: int) -> Completion | None:
        if len(LINE.findall(request.messages[1].content)) <= 12:
            return None
        if too_long == "rejected":
            raise Rejected("too_long", "too long")
        return completion('{"lang": "en", "out": "en", "head": {"t": "Cou', "length")

    extraction = judge(report(30), extracted(report(30), Reader(fault)))

    assert len(extraction.findings) == 30


def test_an_answer_cut_off_again_and_again_is_continued() -> None:
    long = report(20)
    events = [event(f"Council votes about item {n}.", n, d=f"{n % 28 + 1} May 1700") for n in range(1, 21)]

    def slowly(request: Request, call: int) -> Completion | None:
        some = completion(answer(*events[(call - 1) * 7 : call * 7], lang="en", head={"t": "Council votes", "s": [1]}))
        return Completion(text=some.text, finish="length" if call < 3 else "stop", usage=some.usage)

    model = Reader(slowly)
    extraction = judge(long, extracted(long, model))

    assert len(model.requests) == 3
    assert len(extraction.findings) == 20
    assert extraction.notes == ()


def test_parts_are_worked_on_at_the_same_time() -> None:
    meeting = threading.Barrier(2, timeout=20)

    def meet(request: Request, call: int) -> Completion | None:
        if "part 1 " in request.messages[1].content or "part 2 " in request.messages[1].content:
            meeting.wait()
        return None

    extracted(report(120), Reader(meet))

    assert not meeting.broken


@pytest.mark.parametrize(("error", "is_whole"), [(Retryable("busy"), True), (Postponed("not now"), False)])
def test_a_summary_that_is_only_put_off_is_waited_for(error: Retryable, *, is_whole: bool) -> None:
    long = report(120)
    count = len(parts(long, 2_000))
    kept: list[StoredAnswer] = []

    def without_summary(_request: Request, call: int) -> None:
        if call > count:
            raise error

    if is_whole:
        assert len(extracted(long, Reader(without_summary)).completions) == count
    else:
        with pytest.raises(Postponed):
            extracted(long, Reader(without_summary), keep=kept.append)
        assert len(kept[-1].completions) == count
