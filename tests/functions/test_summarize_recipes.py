"""Runs of a changed recipe: what they changed, what stays where a newer model fails, how long the old one stays."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from dateline.answer import Completion
from dateline.errors import Rejected, Retryable
from dateline.records import Usage
from dateline.store import keys
from dateline.store.plans import Outcome
from summarize.plan_outcomes import note
from tests.functions.newsroom import (
    FIRST,
    FIRST_TITLES,
    SECOND,
    SECOND_TITLES,
    Newsroom,
    answer_to,
    place,
)

KEY = "drop/news/a.txt"
BETTER = "a-better-model"


def index(newsroom: Newsroom, model: str) -> list[str]:
    """Ask the index by recipe for the documents of a model's recipe."""
    store = newsroom.store
    shard = keys.recipe_shard(newsroom.tools(store, model).recipe.name, place(KEY).document_id)
    found = newsroom.table.walk_index(keys.BY_RECIPE, shard, keys.LOWEST, keys.HIGHEST, 50)
    return [str(one["pk"]) for one in found]


def refuse(newsroom: Newsroom) -> None:
    newsroom.model.fault = Rejected("refused", "The provider refuses this document.")


def test_a_recipe_is_known_before_a_document_names_it(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)

    newsroom.work(KEY)

    (known,) = newsroom.store.recipes.all()
    assert (known.recipe.name, known.asking.model) == (newsroom.held(KEY).head.recipe, "a-model")


def test_a_run_says_what_it_changed(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    first = newsroom.work(KEY)
    newsroom.drop(KEY, SECOND)

    second = newsroom.work(KEY)

    assert first.change is None
    assert second.change is not None
    run = newsroom.store.runs.get(place(KEY).document_id, newsroom.held(KEY).head.current or 0)
    assert run is not None
    assert run.change == second.change
    assert (second.change.old, len(second.change.added), len(second.change.gone)) == (1, 1, 1)


@pytest.mark.parametrize("useless", [False, True])
def test_a_newer_model_that_fails_leaves_the_run_and_is_not_paid_again(newsroom: Newsroom, *, useless: bool) -> None:
    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    refuse(newsroom)
    if useless:
        newsroom.model.fault, newsroom.model.says = None, "{}"

    result = newsroom.work(KEY, model=BETTER)

    assert result.outcome == "kept"
    assert newsroom.timeline("news") == newsroom.titles(KEY) == FIRST_TITLES
    head = newsroom.held(KEY).head
    assert (head.state, head.current) == ("done", 1)
    assert head.rejection is not None
    assert head.rejection.code == ("nothing_usable" if useless else "refused")
    assert (index(newsroom, "a-model"), index(newsroom, BETTER)) == ([], [keys.document_pk(head.document_id)])

    asked = newsroom.model.calls
    assert newsroom.work(KEY, model=BETTER).outcome == "unchanged"
    assert newsroom.model.calls == asked
    assert newsroom.held(KEY).head.rejection == head.rejection


def test_the_next_recipe_tries_again_what_was_kept(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    refuse(newsroom)
    newsroom.work(KEY, model=BETTER)
    newsroom.model.fault = None

    assert newsroom.work(KEY, model="the-best-model").outcome == "done"

    head = newsroom.held(KEY).head
    assert (head.state, head.rejection, head.previous) == ("done", None, 1)


def test_an_earlier_recipe_put_back_takes_the_rejection_away_without_a_call(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    refuse(newsroom)
    newsroom.work(KEY, model=BETTER)
    asked = newsroom.model.calls

    assert newsroom.work(KEY).outcome == "done"

    assert newsroom.model.calls == asked
    assert newsroom.held(KEY).head.rejection is None


def test_the_file_uploaded_again_is_asked_again_even_if_the_provider_is_busy_first(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    refuse(newsroom)
    newsroom.work(KEY, model=BETTER)
    newsroom.drop(KEY, FIRST)
    newsroom.model.fault = Retryable("busy")
    with pytest.raises(Retryable):
        newsroom.work(KEY, model=BETTER)
    newsroom.model.fault = None

    assert newsroom.work(KEY, model=BETTER).outcome == "done"


def test_changed_content_that_is_rejected_takes_the_old_run_down(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    newsroom.drop(KEY, SECOND)
    refuse(newsroom)

    assert newsroom.work(KEY, model=BETTER).outcome == "rejected"

    assert newsroom.timeline("news") == []
    assert index(newsroom, BETTER) == [keys.document_pk(place(KEY).document_id)], "a better model may accept it"


def test_a_file_that_a_newer_reader_cannot_read_keeps_its_run(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> None:
        raise Rejected("broken", "The file cannot be read.")

    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    monkeypatch.setattr("summarize.document.open_dropped", cannot)

    assert newsroom.work(KEY, model=BETTER).outcome == "kept"
    assert newsroom.timeline("news") == FIRST_TITLES
    newsroom.drop(KEY, SECOND)
    assert newsroom.work(KEY, model=BETTER).outcome == "rejected"
    assert newsroom.timeline("news") == []


def test_a_deleted_document_is_in_the_index_no_more(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    newsroom.delete(KEY)

    newsroom.work(KEY)

    assert index(newsroom, "a-model") == []


def test_what_came_in_a_batch_is_used_by_the_live_lane_too(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    content = newsroom.held(KEY).head.content or ""
    ask = newsroom.tools(newsroom.store, BETTER).recipe.ask
    came = Completion(text=json.dumps(answer_to(FIRST)), finish="stop", usage=Usage(calls=1, input=7, output=2))
    newsroom.store.batch_files.keep_completion(ask, content, came.model_dump_json())
    asked = newsroom.model.calls
    newsroom.model.name = BETTER

    result = newsroom.work(KEY, model=BETTER)

    assert (result.outcome, result.tokens, newsroom.model.calls) == ("done", 9, asked)
    assert newsroom.store.batch_files.completion(ask, content) is None
    assert newsroom.work(KEY, model=BETTER).outcome == "unchanged"


def test_a_plan_is_told_what_became_of_a_document(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    document_id = place(KEY).document_id
    store = newsroom.store

    note(store, "plan", document_id, newsroom.work(KEY))
    note(store, "plan", document_id, newsroom.work(KEY))
    assert dict(store.plans.all_outcomes("plan")) == {document_id: Outcome(outcome="done", tokens=15)}

    refuse(newsroom)
    note(store, "second", document_id, newsroom.work(KEY, model=BETTER))
    newsroom.delete(KEY)
    note(store, "third", document_id, newsroom.work(KEY, model=BETTER))
    told = [outcome.outcome for plan in ("second", "third") for _, outcome in store.plans.all_outcomes(plan)]
    assert told == ["kept", "deleted"]


def test_the_run_before_is_forgotten_after_its_time(newsroom: Newsroom) -> None:
    newsroom.drop(KEY, FIRST)
    newsroom.work(KEY)
    newsroom.drop(KEY, SECOND)
    newsroom.work(KEY)
    store, document_id = newsroom.store, place(KEY).document_id
    switched = newsroom.held(KEY).head.switched_at
    assert switched is not None

    store.heads.forget_previous(document_id, switched)
    assert newsroom.held(KEY).head.previous == 1
    store.heads.forget_previous(document_id, switched + timedelta(seconds=1))
    assert newsroom.held(KEY).untidy, "a worker that dies now has the sweep tidy"
    store.runs.tidy(document_id)

    assert newsroom.held(KEY).head.previous is None
    assert store.runs.get(document_id, 1) is None
    assert newsroom.titles(KEY) == newsroom.timeline("news") == SECOND_TITLES
    newsroom.later = timedelta(seconds=20)
    assert newsroom.work(KEY).outcome == "unchanged"


@pytest.mark.parametrize("act", ["delete", "change", "empty"])
def test_no_models_answer_outlives_the_content_that_it_speaks_of(newsroom: Newsroom, act: str) -> None:
    newsroom.drop(KEY, FIRST)
    for model in ("a-model", BETTER, "the-best-model"):
        newsroom.model.name = model
        newsroom.work(KEY, model=model)
    newsroom.model.says = "{}"
    newsroom.work(KEY, model="a-useless-model")
    newsroom.model.says = None
    content = newsroom.held(KEY).head.content or ""

    def answers() -> list[str]:
        return [key for key in newsroom.bucket.keys("answers/") if content in key]

    assert len(answers()) == 4
    if act == "delete":
        newsroom.delete(KEY)
    else:
        newsroom.drop(KEY, "" if act == "empty" else SECOND)
    newsroom.work(KEY, model="a-useless-model")

    assert answers() == []
