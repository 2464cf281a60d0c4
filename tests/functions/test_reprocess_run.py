"""A plan from its opening to its end, where the provider does as it should."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from dateline.recipe import recipe
from dateline.store.plans import Outcome
from reprocess.events import ChangedDocument, Refusal, ReportAnswer
from reprocess.report import report
from tests.functions.reprocessing import NEW, NEWER, OLD, Paper, paper_with
from tests.misbehaving_batches import ends_cancelled, misbehaving_batches

DOCUMENTS = 3


@pytest.fixture
def paper(environment: pytest.MonkeyPatch) -> Iterator[Paper]:
    with misbehaving_batches() as provider, paper_with(provider, environment, DOCUMENTS) as paper:
        yield paper


def test_a_new_judge_costs_no_call(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    paper.deploy(OLD)
    monkeypatch.setattr(
        "dateline.lane.target.recipe", lambda *asked: recipe(*asked).model_copy(update={"judge": "another"})
    )
    paper.begin()

    plan = paper.run()

    assert plan is not None
    assert plan.tally is not None
    assert (plan.tally.outcomes, plan.tally.tokens) == ({"done": DOCUMENTS}, 0)
    assert paper.asked == (0, 0)
    assert paper.provider.asked["upload"] == 0
    assert paper.left_behind() == []


def test_a_text_under_several_keys_is_asked_about_once(paper: Paper) -> None:
    paper.deploy(OLD)
    for number in range(DOCUMENTS):
        paper.drop(f"Speaker {number}", "On 3 May 2024 the council of Aldermoor met.\n")
    paper.drain()
    paper.deploy(NEW)
    paper.provider.service.live = 0
    paper.begin()

    plan = paper.bring_through()

    assert plan.tally is not None
    assert plan.tally.outcomes == {"done": DOCUMENTS}
    assert paper.asked == (1, 0)


def test_where_another_recipe_is_wanted_meanwhile_the_batches_are_cancelled_and_what_they_answered_is_kept(
    paper: Paper,
) -> None:
    paper.settings["enqueued_tokens"] = 5_000
    paper.begin()
    paper.run()
    assert [file.state for file in paper.files] == ["submitted", "written"]

    paper.deploy(NEWER)
    plan = paper.bring_through(ends_cancelled(1))

    assert plan.tally is not None
    assert plan.tally.outcomes == {"left": DOCUMENTS}
    assert plan.note is not None
    assert "another recipe is wanted" in plan.note
    assert paper.models() == {OLD: DOCUMENTS}
    assert (paper.provider.done["cancel"], paper.provider.done["create"]) == (1, 1)
    assert [key for key in paper.left_behind() if "/answers/" not in key] == []

    paper.deploy(NEW)
    paper.begin()
    paper.bring_through()

    assert paper.models() == {NEW: DOCUMENTS}
    assert paper.asked == (DOCUMENTS, 0)


def test_documents_in_the_queue_of_a_plan_that_ends_are_brought_to_what_is_wanted_now(paper: Paper) -> None:
    paper.settings["in_flight"] = 2
    paper.begin("queue")
    paper.post.is_held_up = True
    paper.run()
    paper.deploy(NEWER)
    paper.post.is_held_up = False

    plan = paper.run()
    paper.drain()

    assert plan is not None
    assert plan.tally is not None
    assert plan.tally.outcomes == {"left": DOCUMENTS}
    assert paper.models() == {NEWER: 2, OLD: DOCUMENTS - 2}


def test_a_plan_says_what_it_waits_for(paper: Paper) -> None:
    paper.settings["enqueued_tokens"] = 5_000
    paper.begin()
    paper.run()

    assert paper.plan.note == "it waits for 1 batch at the provider, 1 file to go there when there is room"


def test_a_report_sums_up_outcomes_and_lists_first_what_changed_most(paper: Paper) -> None:
    paper.begin()
    plan = paper.plan
    for number, outcome in enumerate(
        (
            Outcome(outcome="done", tokens=100, usd=Decimal("0.01"), added=1),
            Outcome(outcome="done", tokens=200, usd=Decimal("0.02"), gone=2, dates=3),
            Outcome(outcome="done", tokens=300),
            Outcome(outcome="kept"),
        )
    ):
        paper.store.plans.note(plan.id, f"doc_{number}", outcome)

    answer = report(paper.store, None)

    assert isinstance(answer, ReportAnswer)
    assert answer.plan == plan
    tally = answer.tally
    assert (tally.outcomes, tally.changed, tally.tokens) == ({"done": 3, "kept": 1}, 2, 600)
    assert (tally.added, tally.gone, tally.dates, tally.statuses, tally.usd) == (1, 2, 3, 0, Decimal("0.03"))
    assert answer.most_changed == (
        ChangedDocument(document_id="doc_1", added=0, gone=2, dates=3, statuses=0),
        ChangedDocument(document_id="doc_0", added=1, gone=0, dates=0, statuses=0),
    )
    assert report(paper.store, "no-such-plan") == Refusal(
        refused="there is no plan 'no-such-plan', or no longer: `dateline reprocess report` sums up the newest"
    )


def test_a_run_that_sees_nothing_move_leaves_the_rest_to_the_next(paper: Paper) -> None:
    paper.begin("queue")
    paper.post.is_held_up = True
    rounds: list[int] = []
    paper.meanwhile = lambda: rounds.append(len(paper.post.bodies))

    plan = paper.run()

    assert plan is not None
    assert plan.note == f"it waits for {DOCUMENTS} documents in the queue"
    assert 10 < len(rounds) < 100
    assert set(rounds) == {DOCUMENTS}
