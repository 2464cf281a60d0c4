"""Whatever a model's server does: what is published is right, the rest is noted, nothing is lost or paid for twice."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import pytest

from dateline.answer import Completion
from dateline.ask.request import Request
from dateline.ask.schema import Answer
from dateline.errors import Retryable
from dateline.provider.client import OpenAIModel
from dateline.records import Event, Run
from summarize.document import Outcome
from tests.functions.dying import Gate, Killed
from tests.functions.newsroom import Newsroom, place
from tests.misbehaving import Behaviour, Server, misbehaving, reset, says, slow_drip, status, ten_megabytes, texts
from tests.newer import rewrite_bucket
from tests.unit.judge.answers import answer, by, event, who

KEY = "drop/news/a.txt"
TEXT = """\
On 3 May 2024 the council of Aldermoor met in Lowmere.
On 5 May 2024 the council voted to close 21 schools.
Mayor Ida Crane denied that she had met the builders in June 2023.
"""
MET = event("The council meets", 1, d="On 3 May 2024", e="2024-05-03")
VOTED = event("The council votes to close 21 schools", 2, d="On 5 May 2024", e="2024-05-05")
BUILDERS = event("The mayor meets the builders", 3, d="in June 2023", e="2023-06", x=[by(0, "denies")])
CRANE = who("Ida Crane", named=True)

# What a good model publishes: title, EDTF, status.
THE_MEETING = ("The council meets", "2024-05-03", "stated")
THE_VOTE = ("The council votes to close 21 schools", "2024-05-05", "stated")
THE_BUILDERS = ("The mayor meets the builders", "2023-06", "denied")
EVERYTHING = [THE_BUILDERS, THE_MEETING, THE_VOTE]


def good(*events: dict[str, object], **fields: object) -> dict[str, object]:
    head = {"t": "A council closes schools", "s": [2]}
    return answer(*events, **({"lang": "en", "head": head, "who": [CRANE]} | fields))


ALL = good(MET, VOTED, BUILDERS)
# A repair gives the corrected items only.
NO_HEAD = {"t": "", "s": []}


@dataclass
class InTime:
    """A model that is given so many seconds, however many there are."""

    model: OpenAIModel
    seconds: float

    @property
    def name(self) -> str:
        return self.model.name

    def complete(self, request: Request, deadline: float) -> Completion:
        return self.model.complete(request, min(deadline, time.monotonic() + self.seconds))


@dataclass
class Desk:
    """A newsroom whose model is behind the server."""

    newsroom: Newsroom
    server: Server

    def deliver(self, *behaviours: Behaviour, url: str | None = None, seconds: float = 30) -> Outcome:
        """Do what one notification leads to; the server gets so many calls at most."""
        self.server.order(*behaviours)
        model = InTime(OpenAIModel("a-model", url or self.server.url, "a-key"), seconds)
        self.newsroom.model = cast("Any", model)
        return self.newsroom.work(KEY).outcome

    @property
    def calls(self) -> int:
        return len(self.server.calls)

    @property
    def run(self) -> Run:
        current = self.newsroom.held(KEY).head.current
        assert current is not None
        run = self.newsroom.store.runs.get(place(KEY).document_id, current)
        assert run is not None
        return run

    @property
    def notes(self) -> list[str]:
        return [note.code for note in self.run.notes]

    @property
    def events(self) -> list[Event]:
        return self.newsroom.store.runs.events(place(KEY).document_id, self.run.number)

    @property
    def published(self) -> list[tuple[str, str | None, str]]:
        return [(one.title, one.when.edtf, one.status) for one in self.events]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with misbehaving() as server:
        newsroom = Newsroom()
        newsroom.drop(KEY, TEXT)
        yield Desk(newsroom, server)


def costs_nothing_more(desk: Desk) -> bool:
    """Deliver once more, with a server that answers nothing."""
    before = desk.calls
    desk.deliver()
    return desk.calls == before


def test_a_good_answer_is_one_call(desk: Desk) -> None:
    assert desk.deliver(says(ALL)) == "done"

    assert desk.published == EVERYTHING
    assert desk.notes == []
    assert (desk.calls, desk.run.usage.calls, desk.run.usage.output) == (1, 1, 10)
    assert costs_nothing_more(desk)


MENDED: dict[str, tuple[Behaviour, str]] = {
    "wrong schema": (says(good(MET, BUILDERS, {"title": "The council votes", "sentences": "2"})), "ev[2]"),
    "wrong sentence ids": (says(good(MET, BUILDERS, {**VOTED, "s": [99]})), "no sentence 99"),
    "no sentence ids": (says(good(MET, BUILDERS, {**VOTED, "s": []})), "cites no sentence"),
    "an invented date": (says(good(MET, BUILDERS, {**VOTED, "d": "9 May 2024", "e": "2024-05-09"})), "9 May 2024"),
    "swapped numbers": (says(good(MET, BUILDERS, {**VOTED, "t": "The council votes to close 12 schools"})), '"12"'),
    "cut off": (says(json.dumps(good(MET, BUILDERS, VOTED))[:-60], "length"), "cut off"),
    "an unknown speaker": (says(good(MET, BUILDERS, {**VOTED, "x": [by(7)]})), "declares no 7"),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_failed_is_mended_by_one_repair_that_says_why(desk: Desk, name: str) -> None:
    first, reason = MENDED[name]

    assert desk.deliver(first, says(good(VOTED, head=NO_HEAD))) == "done"

    assert desk.published == EVERYTHING
    assert reason in texts(desk.server.calls)[1]
    assert (desk.calls, desk.run.usage.calls) == (2, 2)
    assert costs_nothing_more(desk)


LEFT_OUT: dict[str, tuple[dict[str, object], str]] = {
    "wrong sentence ids": ({**VOTED, "s": [0, 99]}, "sentence_unknown"),
    "an invented date": ({**VOTED, "d": "9 May 2024", "e": "2024-05-09"}, "words_not_found"),
    "swapped numbers": ({**VOTED, "t": "The council votes to close 12 schools"}, "number_unsupported"),
    "an invented speaker": ({**VOTED, "x": [by(1)]}, "words_not_found"),
    "wrong schema": ({"title": "The council votes", "sentences": "2"}, "malformed"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_fails_twice_is_left_out_and_noted(desk: Desk, name: str) -> None:
    wrong, code = LEFT_OUT[name]
    invented = [CRANE, who("Olaf Brandt", named=True)]

    desk.deliver(
        says(good(MET, BUILDERS, wrong, who=invented)), says(good(wrong, head=NO_HEAD, who=invented)), says(ALL)
    )

    assert desk.published == [THE_BUILDERS, THE_MEETING]
    assert code in desk.notes
    assert desk.calls == 2
    assert costs_nothing_more(desk)


FAULTY = says(good(MET, BUILDERS, {**VOTED, "s": [99]}))
REPAIR = says(good(VOTED, head=NO_HEAD))
BUSY: dict[str, Behaviour] = {
    "429": status(429, retry_after="9"),
    "500": status(500),
    "reset": reset,
    "out of time": slow_drip,
}


@pytest.mark.parametrize("name", BUSY)
def test_what_is_sound_is_read_while_its_repair_waits_and_only_the_repair_is_asked_for_again(
    desk: Desk, name: str
) -> None:
    desk.server.order(FAULTY, BUSY[name])
    desk.newsroom.model = cast("Any", InTime(OpenAIModel("a-model", desk.server.url, "a-key"), 1))
    result = desk.newsroom.work(KEY)

    head = desk.newsroom.held(KEY).head
    assert (result.outcome, result.later and result.later.after) == ("done", 9 if name == "429" else None)
    assert (head.state, "repair" in (head.waiting_for or "")) == ("waiting", True)
    assert desk.published == [THE_BUILDERS, THE_MEETING]
    assert "repair_pending" in desk.notes
    assert desk.calls == 2
    kept = {one.title: one.id for one in desk.events}

    assert desk.deliver(REPAIR) == "done"

    head = desk.newsroom.held(KEY).head
    assert (head.state, head.waiting_for, head.previous) == ("done", None, None)
    assert (desk.published, desk.notes) == (EVERYTHING, [])
    assert kept.items() <= {one.title: one.id for one in desk.events}.items()
    assert (desk.calls, desk.run.usage.calls) == (3, 2)
    assert "no sentence 99" in texts(desk.server.calls)[2]
    assert desk.newsroom.store.blobs.unfinished(place(KEY).document_id) is None
    assert costs_nothing_more(desk)


def test_a_first_answer_that_a_newer_version_kept_is_not_paid_for_again(desk: Desk) -> None:
    desk.deliver(FAULTY, status(429))
    assert rewrite_bucket(desk.newsroom.bucket, "answers/unfinished/") == 1

    assert desk.deliver(REPAIR) == "done"

    assert (desk.published, desk.calls) == (EVERYTHING, 3)


def test_a_repair_that_is_turned_away_again_writes_no_other_run(desk: Desk) -> None:
    desk.deliver(FAULTY, status(429))
    number = desk.run.number

    with pytest.raises(Retryable, match="the repair of its answer: the model's server said 429"):
        desk.deliver(status(429))

    head = desk.newsroom.held(KEY).head
    assert (head.state, head.current, head.waiting_for) == (
        "waiting",
        number,
        "the repair of its answer: the model's server said 429 (error)",
    )


def test_a_repair_that_is_asked_for_in_vain_too_often_is_given_up_and_the_note_says_why(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.extract.MOST_TRIES", 2)
    desk.deliver(FAULTY, status(429))

    assert desk.deliver(status(429)) == "done"

    (note,) = [one for one in desk.run.notes if one.code == "repair_given_up"]
    assert "429" in note.message
    assert (desk.newsroom.held(KEY).head.state, desk.published) == ("done", [THE_BUILDERS, THE_MEETING])
    assert costs_nothing_more(desk)


@pytest.mark.parametrize("code", [400, 413])
def test_a_repair_that_the_server_refuses_is_noted_for_good(desk: Desk, code: int) -> None:
    assert desk.deliver(FAULTY, status(code)) == "done"

    assert desk.published == [THE_BUILDERS, THE_MEETING]
    assert "repair_refused" in desk.notes
    assert desk.newsroom.held(KEY).head.state == "done"
    assert costs_nothing_more(desk)


def test_a_newer_revision_ends_the_wait_for_the_repair_of_the_older(desk: Desk) -> None:
    desk.deliver(FAULTY, status(429))
    desk.newsroom.drop(KEY, TEXT + "The harbour stays closed.\n")

    assert desk.deliver(says(ALL)) == "done"

    head = desk.newsroom.held(KEY).head
    assert (head.state, head.repair_pending, desk.published) == ("done", False, EVERYTHING)
    assert desk.newsroom.store.blobs.unfinished(place(KEY).document_id) is None
    assert costs_nothing_more(desk)


def test_a_worker_killed_while_a_repair_is_pending_pays_for_no_answer_twice(desk: Desk) -> None:
    """Die at the first write of the delivery that brings the repair, then at the second, and so on."""
    writes, killed = 0, True
    while killed:
        desk.newsroom.delete(KEY)
        desk.newsroom.work(KEY)
        desk.newsroom.drop(KEY, TEXT)
        desk.deliver(FAULTY, status(429))
        before = desk.calls
        read: list[list[tuple[str, str | None, str]]] = []
        gate = Gate(writes, look=lambda: read.append(desk.published))  # noqa: B023
        desk.server.order(REPAIR, REPAIR)
        try:
            desk.newsroom.work(KEY, gate)
            killed = False
        except Killed:
            desk.newsroom.later += timedelta(seconds=100)
            desk.newsroom.work(KEY)
        assert all(one in ([THE_BUILDERS, THE_MEETING], EVERYTHING) for one in read)
        assert (desk.published, desk.newsroom.held(KEY).head.state) == (EVERYTHING, "done")
        assert desk.calls - before <= 2
        assert desk.run.usage.calls == 2
        desk.newsroom.store.runs.tidy(place(KEY).document_id)
        assert desk.newsroom.leftovers(KEY) == []
        assert desk.newsroom.store.blobs.unfinished(place(KEY).document_id) is None
        writes += 1
    assert writes > 5


@pytest.mark.parametrize("again", [says(None, refusal="No."), says("")])
def test_a_repair_that_fails_costs_nothing_that_is_there(desk: Desk, again: Behaviour) -> None:
    assert desk.deliver(says(good(MET, BUILDERS, {**VOTED, "s": [99]})), again) == "done"

    assert desk.published == [THE_BUILDERS, THE_MEETING]
    assert "sentence_unknown" in desk.notes
    assert desk.calls == 2
    assert costs_nothing_more(desk)


def test_an_answer_cut_off_in_endless_free_text_keeps_what_was_said_before(desk: Desk) -> None:
    """A small model under a grammar wrote an essay where the tag of a language belongs, until its tokens were up."""
    said = {**ALL, "lang": "The document is written in English. " * 20}
    endless = json.dumps({key: said.get(key, []) for key in Answer.model_fields})
    endless = endless[: endless.index('"lang"') + 300]

    desk.deliver(says(endless, "length"), says(good(head=NO_HEAD)))

    assert desk.published == EVERYTHING


def test_an_event_told_twice_is_published_once_and_noted(desk: Desk) -> None:
    desk.deliver(says(good(MET, BUILDERS, VOTED, VOTED, {**MET, "t": "THE COUNCIL MEETS."})), says(ALL))

    assert desk.published == EVERYTHING
    assert desk.notes.count("duplicate") == 2
    assert costs_nothing_more(desk)


def test_a_date_that_the_resolver_reads_otherwise_is_published_as_the_resolver_reads_it(desk: Desk) -> None:
    wrong = {**VOTED, "e": "2024-06-05"}

    desk.deliver(says(good(MET, BUILDERS, wrong)), says(good(wrong, head=NO_HEAD)))

    assert desk.published == EVERYTHING
    checked = {one.title: one.when.checked for one in desk.events}
    assert checked[THE_VOTE[0]] == "differs"
    assert "date_differs" in desk.notes


def test_an_answer_in_another_language_says_which(desk: Desk) -> None:
    german = [{**MET, "t": "Der Rat tagt"}, {**VOTED, "t": "Der Rat will 21 Schulen schließen"}]
    head = {"t": "Rat schließt 21 Schulen", "s": [2]}

    desk.deliver(says(good(*german, out="de", head=head)), says(good(out="de", head=NO_HEAD)))

    assert {one.title_language for one in desk.events} == {"de"}
    assert desk.run.summary is not None
    assert desk.run.summary.language == "de"
    assert costs_nothing_more(desk)


def test_an_answer_that_says_a_language_that_it_is_not_in_is_shown_in_the_one_that_it_is_in(desk: Desk) -> None:
    said = {"t": "The council met in Lowmere, voted to close 21 schools and heard the mayor's denial.", "s": [1, 2, 3]}

    desk.deliver(says(good(MET, VOTED, BUILDERS, sum=[said], out="de")))

    assert {one.title_language for one in desk.events} == {"en"}
    assert desk.published == EVERYTHING
    assert desk.notes == ["language_differs"]


@pytest.mark.parametrize(
    "useless", [says(""), says(None), says("I am sorry."), says("[]"), says("{}"), says(good(head=NO_HEAD))]
)
def test_an_answer_with_nothing_in_it_is_asked_for_again_and_then_rejected(desk: Desk, useless: Behaviour) -> None:
    assert desk.deliver(useless, useless) == "rejected"

    rejection = desk.newsroom.held(KEY).head.rejection
    assert rejection is not None
    assert rejection.code == "nothing_usable"
    assert rejection.usage is not None
    assert 1 <= rejection.usage.calls == desk.calls
    assert desk.calls <= 2
    assert costs_nothing_more(desk)


def test_a_useless_answer_is_mended_by_a_good_repair(desk: Desk) -> None:
    assert desk.deliver(says("I am sorry."), says(ALL)) == "done"

    assert desk.published == EVERYTHING
    assert desk.calls == 2


@pytest.mark.parametrize("refusal", [says(None, refusal="I cannot help with that."), says(None, "content_filter")])
def test_a_refusal_rejects_the_document_with_the_providers_reason(desk: Desk, refusal: Behaviour) -> None:
    assert desk.deliver(refusal) == "rejected"

    rejection = desk.newsroom.held(KEY).head.rejection
    assert rejection is not None
    assert rejection.code == "refused"
    assert rejection.usage is not None
    assert rejection.usage.calls == 1
    assert "I cannot help with that." in rejection.reason or "content_filter" in rejection.reason
    assert desk.calls == 1
    assert costs_nothing_more(desk)


FAULTS: dict[str, tuple[Behaviour, float | None]] = {
    "429 with Retry-After": (status(429, retry_after="17"), 17),
    "429 without": (status(429), None),
    "500": (status(500), None),
    "503 with Retry-After": (status(503, retry_after="3"), 3),
    "reset": (reset, None),
    "ten megabytes": (ten_megabytes, None),
    "another protocol": (lambda call: call.reply(b"<html>busy</html>"), None),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_server_at_fault_is_asked_once_a_delivery_until_it_answers(desk: Desk, name: str) -> None:
    fault, after = FAULTS[name]

    with pytest.raises(Retryable) as first:
        desk.deliver(fault, says(ALL))
    assert (first.value.after, desk.calls) == (after, 1)
    head = desk.newsroom.held(KEY).head
    assert (head.state, head.waiting_for) == ("waiting", first.value.reason)

    assert desk.deliver(says(ALL)) == "done"
    assert (desk.published, desk.calls) == (EVERYTHING, 2)
    assert costs_nothing_more(desk)


def test_a_slow_drip_is_given_up_in_time(desk: Desk) -> None:
    began = time.monotonic()

    with pytest.raises(Retryable, match="still answering"):
        desk.deliver(slow_drip, seconds=2)

    assert time.monotonic() - began < 20  # the server would go on for ever
    assert desk.deliver(says(ALL)) == "done"
    assert desk.published == EVERYTHING


def test_a_fault_of_tls_sends_nothing_and_waits(desk: Desk) -> None:
    """The server speaks no TLS: the handshake fails before a byte of the document has left."""
    with pytest.raises(Retryable, match="cannot be reached"):
        desk.deliver(says(ALL), url=desk.server.url.replace("http:", "https:"))

    assert desk.calls == 0
    assert desk.deliver(says(ALL)) == "done"
    assert desk.published == EVERYTHING


def test_what_was_published_stays_while_the_server_is_at_fault(desk: Desk) -> None:
    desk.deliver(says(ALL))
    desk.newsroom.drop(KEY, TEXT + "On 9 May 2024 the council apologised.\n")

    with pytest.raises(Retryable):
        desk.deliver(status(500))

    assert desk.published == EVERYTHING
