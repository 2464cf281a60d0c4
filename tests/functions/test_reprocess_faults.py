"""Whatever happens to a batch: nothing is lost, nothing is asked twice that need not be, nothing is stuck."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from dateline.store.plans import Plan
from reprocess.events import HeldAnswer, Refusal, ResumeEvent
from reprocess.held import held, resume
from reprocess.limits import FileLimits
from tests.functions.reprocessing import NEW, NEWER, OLD, Paper, paper_with, place_of
from tests.misbehaving_batches import (
    Behaviour,
    Fate,
    Operation,
    breaks_off,
    breaks_off_afterwards,
    completes,
    ends_cancelled,
    expires,
    fails,
    fails_every_request,
    misbehaving_batches,
    says,
    times_out,
    times_out_afterwards,
    with_an_unknown_one,
    with_the_first_garbled,
    with_the_first_twice,
    without_the_first,
)

DOCUMENTS = 4


@pytest.fixture
def paper(environment: pytest.MonkeyPatch) -> Iterator[Paper]:
    with misbehaving_batches() as provider, paper_with(provider, environment, DOCUMENTS) as paper:
        yield paper


def counts(plan: Plan) -> dict[str, int]:
    """Return how many documents a plan that is done has of each outcome; every document has one."""
    assert plan.tally is not None
    assert sum(plan.tally.outcomes.values()) == plan.documents
    return {str(outcome): count for outcome, count in plan.tally.outcomes.items()}


def test_a_batch_brings_every_document_to_the_new_model_and_asks_about_each_once(paper: Paper) -> None:
    paper.begin()

    plan = paper.bring_through()

    assert counts(plan) == {"done": DOCUMENTS}
    assert paper.models() == {NEW: DOCUMENTS}
    assert paper.asked == (DOCUMENTS, 0)
    assert paper.reasons == ["completed"]
    assert len(paper.files) == 1
    assert paper.left_behind() == []


# How a batch ends: what the model was asked in it and live, how many documents are left, what the report says.
FATES: dict[str, tuple[Fate, tuple[int, int], int, str]] = {
    "expired": (expires(1), (1, 3), 0, "expired; the batch said batch_expired (3)"),
    "cancelled": (ends_cancelled(1), (1, 0), 3, "cancelled"),
    "a row is missing": (completes(without_the_first), (4, 1), 0, "completed"),
    "a row comes twice": (completes(with_the_first_twice), (4, 0), 0, "completed"),
    "a row is garbled": (completes(with_the_first_garbled), (4, 1), 0, "completed"),
    "an unknown row": (completes(with_an_unknown_one), (4, 0), 0, "completed"),
}


@pytest.mark.parametrize("name", FATES)
def test_however_a_batch_ends_only_what_it_lacks_is_asked_again(paper: Paper, name: str) -> None:
    fate, asked, left, reason = FATES[name]
    paper.begin()

    plan = paper.bring_through(fate)

    assert counts(plan) == {"done": DOCUMENTS - left} | ({"left": left} if left else {})
    assert paper.models()[NEW] == DOCUMENTS - left
    assert paper.asked == asked
    assert paper.reasons[0] == reason
    assert paper.left_behind() == []


# What comes back with next to nothing and no limit's word, and what the report says.
NOTHING: dict[str, tuple[Fate, str]] = {
    "nothing but errors": (fails_every_request(), "completed; the batch's row says 500 (server_error) (4)"),
    "failed": (fails("invalid_json_line"), "failed; invalid_json_line (1)"),
    "expired": (expires(0), "expired; the batch said batch_expired (4)"),
    "nothing at all": (completes(lambda _: []), "completed"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_batch_that_brings_next_to_nothing_is_held_and_nothing_is_asked_at_the_full_price(
    paper: Paper, name: str
) -> None:
    fate, reason = NOTHING[name]

    hold(paper, fate)
    paper.later += timedelta(days=3)
    paper.run()

    assert [file.state for file in paper.files] == ["held"]
    assert paper.asked[1] == 0
    assert paper.plan.note is not None
    assert f"next to nothing came back in batches of {DOCUMENTS} documents ({reason})" in paper.plan.note
    assert "`dateline reprocess resume`" in paper.plan.note


@pytest.mark.parametrize("name", NOTHING)
def test_where_the_deployment_wants_the_queue_nothing_is_held(paper: Paper, name: str) -> None:
    fate, reason = NOTHING[name]
    paper.begin()
    paper.run()
    paper.provider.settle(fate)
    paper.settings["lane"] = "queue"

    plan = paper.bring_through()

    assert counts(plan) == {"done": DOCUMENTS}
    assert paper.asked[1] == DOCUMENTS
    assert paper.reasons == [reason]


def test_what_is_held_goes_on_once_the_deployment_wants_the_queue(paper: Paper) -> None:
    paper.settings["enqueued_tokens"] = 7_000
    hold(paper, fails_every_request())
    assert [file.state for file in paper.files] == ["held", "written"]
    paper.settings["lane"] = "queue"

    plan = paper.bring_through()

    assert counts(plan) == {"done": DOCUMENTS}
    assert paper.asked == (0, DOCUMENTS)
    assert paper.reasons[1] == "the drop queue is wanted now"
    assert paper.left_behind() == []


def test_while_a_file_is_held_no_other_is_submitted(paper: Paper) -> None:
    paper.settings["enqueued_tokens"] = 7_000
    hold(paper, fails("invalid_json_line"))

    paper.run()

    assert [file.state for file in paper.files] == ["held", "written"]
    assert paper.provider.done["create"] == 1


def test_the_price_of_what_is_held_is_said_and_spent_when_a_person_agrees(paper: Paper) -> None:
    hold(paper, fails_every_request())
    answer = held(paper.tools())
    assert isinstance(answer, HeldAnswer)
    assert (answer.files, answer.documents, answer.asked) == ((1,), DOCUMENTS, DOCUMENTS)
    assert answer.tokens == sum(paper.usage_of(key).input + paper.usage_of(key).output for key in paper.dropped) > 0

    assert decide(paper, ResumeEvent(plan=answer.plan, files=answer.files)) is None
    plan = paper.bring_through()

    assert counts(plan) == {"done": DOCUMENTS}
    assert paper.models() == {NEW: DOCUMENTS}
    assert paper.asked == (0, DOCUMENTS)
    assert paper.left_behind() == []


def test_what_is_held_can_be_left_to_the_next_plan_which_tries_a_batch_again(paper: Paper) -> None:
    hold(paper, fails_every_request())

    assert decide(paper, ResumeEvent(plan=paper.plan.id, files=(1,), leave=True)) is None
    assert counts(paper.bring_through()) == {"left": DOCUMENTS}
    assert paper.left_behind() == []
    paper.begin()

    assert counts(paper.bring_through()) == {"done": DOCUMENTS}
    assert paper.asked == (DOCUMENTS, 0)


def test_nobody_agrees_to_what_was_not_held_when_the_price_was_said(paper: Paper) -> None:
    hold(paper, fails_every_request())

    for other in (ResumeEvent(plan=paper.plan.id, files=(2,)), ResumeEvent(plan="another", files=(1,))):
        assert isinstance(decide(paper, other), Refusal)

    assert [file.state for file in paper.files] == ["held"]


def test_where_nothing_is_held_there_is_nothing_to_resume(paper: Paper) -> None:
    assert isinstance(held(paper.tools()), Refusal)
    paper.begin()

    assert isinstance(held(paper.tools()), Refusal)


def test_a_plan_that_is_held_ends_when_another_recipe_is_wanted(paper: Paper) -> None:
    hold(paper, fails_every_request())
    paper.deploy(NEWER)

    plan = paper.bring_through()

    assert counts(plan) == {"left": DOCUMENTS}
    assert paper.asked == (0, 0)
    assert paper.left_behind() == []


def test_a_request_or_two_that_fail_are_not_worth_a_question(paper: Paper) -> None:
    paper.begin(limit=2)

    plan = paper.bring_through(fails_every_request())

    assert counts(plan) == {"done": 2}
    assert paper.asked == (0, 2)


def hold(paper: Paper, fate: Fate) -> None:
    """Have the first batch of a plan end in a way, and be looked after."""
    paper.begin()
    paper.run()
    paper.provider.settle(fate)
    paper.later += timedelta(minutes=10)
    paper.run()


def decide(paper: Paper, event: ResumeEvent) -> Refusal | None:
    return resume(paper.tools(), paper.plan, event)


def test_what_a_cancelled_batch_left_is_for_the_next_plan(paper: Paper) -> None:
    paper.begin()
    paper.bring_through(ends_cancelled(1))
    paper.begin()

    plan = paper.bring_through()

    assert counts(plan) == {"done": 3}
    assert paper.models() == {NEW: DOCUMENTS}
    assert paper.asked == (DOCUMENTS, 0)


# What the provider does to one call; what was asked in batches and live in the end.
FAULTS: dict[str, tuple[Operation, Behaviour, tuple[int, int]]] = {
    "the upload is refused": ("upload", says(503), (4, 0)),
    "the upload is not confirmed": ("upload", breaks_off_afterwards, (4, 0)),
    "the batch is not confirmed": ("create", breaks_off_afterwards, (4, 0)),
    "the batch is made too late": ("create", times_out_afterwards, (4, 0)),
    "the batch's making times out": ("create", times_out, (4, 0)),
    "the batches of the day are spent": ("create", says(429, "insufficient_quota"), (4, 0)),
    "the upload is not known any more": ("create", says(404), (4, 0)),
    "the batch cannot be seen": ("get", says(502), (4, 0)),
    "the output is forbidden at first": ("content", says(403), (4, 0)),
    "the output breaks off": ("content", breaks_off, (4, 0)),
    "a file cannot be deleted": ("delete", says(500), (4, 0)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_the_provider_does_to_a_call_one_batch_is_made(
    paper: Paper, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation, behaviour, asked = FAULTS[name]
    monkeypatch.setattr("reprocess.submit.SECONDS", 1.0)
    paper.provider.order(operation, behaviour)
    paper.begin()

    plan = paper.bring_through()

    assert counts(plan) == {"done": DOCUMENTS}
    assert paper.models() == {NEW: DOCUMENTS}
    assert paper.asked == asked
    assert (paper.provider.done["upload"], paper.provider.done["create"]) == (1, 1)
    assert paper.left_behind() == []


def test_a_batch_whose_output_is_gone_is_held(paper: Paper) -> None:
    paper.provider.order("content", says(404))

    hold(paper, completes())

    assert [file.state for file in paper.files] == ["held"]
    assert "(completed; its output is gone)" in str(paper.plan.note)


def test_a_provider_that_is_out_of_reach_is_told_by_the_plan_s_note(paper: Paper) -> None:
    paper.provider.order("upload", says(503))
    paper.begin()

    paper.run()

    assert paper.plan.note == "the model's server said 503 (error)"


def test_a_second_batch_is_not_made_before_the_first_could_be_found(paper: Paper) -> None:
    paper.provider.order("create", breaks_off_afterwards)
    paper.begin()
    paper.run()
    paper.run()

    assert paper.provider.asked["create"] == 1
    assert paper.plan.note is not None
    assert "in doubt" in paper.plan.note


def test_a_batch_that_met_the_account_s_limit_is_made_again_of_the_same_upload(paper: Paper) -> None:
    paper.begin()

    plan = paper.bring_through(fails("token_limit_exceeded"))

    assert counts(plan) == {"done": DOCUMENTS}
    assert paper.asked == (DOCUMENTS, 0)
    assert (paper.provider.done["upload"], paper.provider.done["create"]) == (1, 2)
    assert paper.left_behind() == []


def test_no_more_tokens_wait_at_the_provider_than_the_account_may_have(paper: Paper) -> None:
    paper.file_limits = FileLimits(rows=1)
    paper.begin()
    paper.settings["enqueued_tokens"] = 5_000
    paper.run()

    assert [file.state for file in paper.files] == ["submitted", "submitted", "written", "written"]
    assert counts(paper.bring_through()) == {"done": DOCUMENTS}
    assert paper.asked == (DOCUMENTS, 0)


def test_a_day_s_tokens_are_not_exceeded_and_the_next_day_goes_on(paper: Paper) -> None:
    paper.file_limits = FileLimits(rows=1)
    paper.settings["reprocess_day_tokens"] = 5_000
    paper.begin()

    paper.run()

    assert [file.state for file in paper.files] == ["submitted", "submitted", "written", "written"]
    assert paper.plan.note is not None
    assert "budget of 5,000 tokens is spent" in paper.plan.note
    paper.later += timedelta(days=1)
    assert counts(paper.bring_through()) == {"done": DOCUMENTS}
    assert paper.asked == (DOCUMENTS, 0)


def test_a_schedule_that_fires_twice_works_once(paper: Paper) -> None:
    paper.begin()
    seconds: list[Plan | None] = []
    paper.meanwhile = lambda: seconds.append(paper.run())

    plan = paper.bring_through(expires(1))

    assert seconds
    assert set(seconds) == {None}
    assert counts(plan) == {"done": DOCUMENTS}
    assert paper.asked == (1, 3)


def deleted(paper: Paper) -> None:
    paper.delete(paper.dropped[0])


def changed(paper: Paper) -> None:
    paper.drop("Speaker 0", "On 7 July 2023 the council of Aldermoor resigned, and nobody spoke.\n")


def dropped_again(paper: Paper) -> None:
    paper.drop("Speaker 0", "On 1 May 2024 the council of Aldermoor met, and Speaker 0 spoke.\n")


# What happens to a document while its batch is under way; its outcome, and what was asked live.
MEANWHILE: dict[str, tuple[Callable[[Paper], None], str, int]] = {
    "deleted": (deleted, "deleted", 0),
    "changed": (changed, "done", 1),
    "processed live": (dropped_again, "done", 1),
}


@pytest.mark.parametrize("drained", [True, False], ids=["first", "last"])
@pytest.mark.parametrize("name", MEANWHILE)
def test_what_happens_to_a_document_meanwhile_stands(paper: Paper, name: str, drained: bool) -> None:
    happens, outcome, live = MEANWHILE[name]
    paper.begin()
    paper.run()
    first = place_of(paper.dropped[0]).document_id

    happens(paper)
    if drained:
        paper.drain()
    plan = paper.bring_through()
    paper.drain()

    assert counts(plan)[outcome] >= 1
    assert paper.models() == {NEW: len(paper.dropped)}
    held = paper.store.heads.get(first)
    assert held is not None
    assert held.head.state == ("deleted" if name == "deleted" else "done")
    assert paper.asked[0] == DOCUMENTS
    assert paper.asked[1] <= live


def test_a_batch_that_does_not_end_is_waited_for_only_so_long_and_then_held(paper: Paper) -> None:
    paper.begin()
    paper.run()
    paper.later += timedelta(hours=49)

    paper.run()

    assert [file.state for file in paper.files] == ["held"]
    assert "validating after 48 hours, and waited for no longer" in str(paper.plan.note)
    assert (paper.provider.done["cancel"], paper.asked) == (1, (0, 0))


@pytest.mark.parametrize(("losses", "live"), [(1, 0), (2, DOCUMENTS)])
def test_rows_whose_message_was_lost_are_sent_once_more_and_then_asked_for_alone(
    paper: Paper, losses: int, live: int
) -> None:
    paper.begin()
    paper.run()
    paper.provider.settle()
    paper.post.is_held_up = True
    for _ in range(losses):
        paper.run()
        paper.run()
        assert [file.state for file in paper.files] == ["collected"]
        paper.post.bodies.clear()
        paper.later += timedelta(hours=7)
    paper.post.is_held_up = False

    plan = paper.bring_through()

    assert counts(plan) == {"done": DOCUMENTS}
    assert paper.asked == (DOCUMENTS, live)
    assert paper.left_behind() == []


def test_documents_whose_message_was_lost_are_left_to_the_next_plan_after_a_day(paper: Paper) -> None:
    paper.begin("queue")
    paper.post.is_held_up = True
    paper.run()
    assert len(paper.plan.in_flight) == DOCUMENTS
    paper.post.bodies.clear()
    paper.post.is_held_up = False

    paper.later += timedelta(hours=25)
    plan = paper.bring_through()

    assert counts(plan) == {"left": DOCUMENTS}
    assert paper.models() == {OLD: DOCUMENTS}


def test_a_queue_has_no_more_documents_of_a_plan_than_were_allowed(paper: Paper) -> None:
    paper.settings["in_flight"] = 2
    paper.begin("queue")
    on_their_way: list[int] = []
    paper.meanwhile = lambda: on_their_way.append(len(paper.post.of_plans()))

    plan = paper.run()

    assert plan is not None
    assert counts(plan) == {"done": DOCUMENTS}
    assert max(on_their_way) == 2
    assert paper.asked == (0, DOCUMENTS)
    assert paper.provider.asked["list"] == paper.provider.asked["upload"] == 0
