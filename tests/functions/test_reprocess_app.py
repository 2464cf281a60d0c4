"""The reprocess function's events over moto; the provider has no batches here, and nobody works on the queue."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import Mock

import pytest

from dateline.errors import Retryable, Unreadable
from dateline.recipe import recipe
from dateline.records import Asking, Recipe
from dateline.store import keys
from dateline.store.batch_files import row_id
from dateline.store.file_states import BatchFile, OnHold
from dateline.store.plans import Plan, PlannedDocument, Scope
from dateline.store.recipes import KnownRecipe
from tests.factories import MOMENT, run
from tests.functions.conftest import Cloud, Context, fresh, sample
from tests.newer import spoil, with_unknown_fields

OLD = Recipe(ask="old", judge="judge", model="an-old-model")
ASKING = Asking(model="an-old-model", language="en", part_characters=40_000)


@pytest.fixture
def cloud(aws: Cloud) -> Cloud:
    return aws


@pytest.fixture
def app(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("DATELINE_LANE", "queue")
    return fresh("reprocess.app")


def call(app: ModuleType, kind: str, **fields: Any) -> dict[str, Any]:
    # So long that the run works, and does not wait for the queue.
    answer: dict[str, Any] = app.handler({"kind": kind, **fields}, Context(seconds=27))
    return answer


def stale_document(cloud: Cloud, name: str, collection: str = "news", made_by: Recipe = OLD) -> str:
    """Have a document whose run another recipe made."""
    cloud.store.recipes.register(made_by, ASKING)
    cloud.drop(f"drop/{collection}/{name}.txt", f"The council of {name} met on 3 May 2024. It spoke of roads.\n")
    cloud.store.listing.register(collection)
    place = keys.place(f"drop/{collection}/{name}.txt")
    assert place is not None
    held = cloud.store.heads.take(place, 60)
    made = run(place.document_id, held.fence).model_copy(update={"recipe": made_by})
    used = made.usage.model_copy(update={"calls": 1, "input": 900, "output": 100})
    cloud.store.runs.write(collection, made.model_copy(update={"usage": used}), [])
    done = {"state": "done", "current": held.fence, "recipe": made_by.name, "content": "content", "dropped": MOMENT}
    cloud.store.heads.write(held, held.head.model_copy(update=done))
    return place.document_id


@pytest.mark.parametrize(("name", "said"), [("reprocess-plan", "documents"), ("reprocess-collect", "plan")])
def test_the_events_of_the_samples_find_nothing_to_do_in_an_empty_stack(
    app: ModuleType, cloud: Cloud, name: str, said: str
) -> None:
    cloud.store.listing.register("news")

    answer = app.handler(sample(name), Context(seconds=27))

    assert "refused" not in answer
    assert not answer[said]


def test_a_plan_brings_what_is_stale_on_its_way(app: ModuleType, cloud: Cloud) -> None:
    documents = [stale_document(cloud, name) for name in ("Aldermoor", "Brackwater")]

    answer = call(app, "plan")

    assert answer["plan"]["state"] == "working"
    assert answer["plan"]["documents"] == 2
    assert {one["document_id"] for one in answer["plan"]["in_flight"]} == set(documents)
    assert call(app, "report")["plan"]["id"] == answer["plan"]["id"]


def test_a_second_plan_goes_on_with_the_one_that_is_open(app: ModuleType, cloud: Cloud) -> None:
    stale_document(cloud, "Aldermoor")
    first = call(app, "plan")

    second = call(app, "plan", collections=["news"])

    assert second["plan"]["id"] == first["plan"]["id"]
    assert "another scope" in second["note"]


def test_whoever_comes_while_another_run_has_the_turn_does_nothing(app: ModuleType, cloud: Cloud) -> None:
    stale_document(cloud, "Aldermoor")
    turn = cloud.store.plans.take_turn(60)
    assert turn is not None

    assert call(app, "plan")["busy"]
    assert cloud.store.plans.newest(1) == []


def test_a_dry_run_counts_and_writes_nothing(app: ModuleType, cloud: Cloud) -> None:
    target = recipe("a-model", "en")
    judged = OLD.model_copy(update={"ask": target.ask, "judge": "older"})
    stale_document(cloud, "Aldermoor")
    stale_document(cloud, "Brackwater", "letters")
    stale_document(cloud, "Cindermouth", made_by=judged)
    stale_document(cloud, "Dunmere", made_by=target)

    answer = call(app, "plan", dry_run=True)

    assert answer["recipe"]["ask"] == target.ask
    assert (answer["lane"], answer["documents"], answer["free"], answer["asked"]) == ("queue", 3, 1, 2)
    assert answer["tokens"] == 2_000
    assert answer["by_collection"] == [{"name": "news", "documents": 2}, {"name": "letters", "documents": 1}]
    assert {one["name"]: one["documents"] for one in answer["by_recipe"]} == {OLD.name: 2, judged.name: 1}
    assert not answer["more"]
    assert cloud.store.plans.newest(1) == []


def test_a_dry_run_knows_what_was_paid_for_already(app: ModuleType, cloud: Cloud) -> None:
    stale_document(cloud, "Aldermoor")
    cloud.store.blobs.keep_answer(recipe("a-model", "en").ask, "content", "{}")

    answer = call(app, "plan", dry_run=True)

    assert (answer["documents"], answer["free"], answer["asked"], answer["tokens"]) == (1, 1, 0, 0)


def test_a_dry_run_of_many_documents_looks_into_some(
    app: ModuleType, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        stale_document(cloud, f"{number}")
    monkeypatch.setattr("reprocess.dry_run._SAMPLE", 1)
    monkeypatch.setattr("reprocess.stale._HEADS_AT_ONCE", 2)
    looked_into = Mock(return_value=False)
    monkeypatch.setattr("reprocess.paid.Paid.holds", looked_into)

    answer = call(app, "plan", dry_run=True)

    assert looked_into.call_count == 2
    assert (answer["documents"], answer["asked"], answer["tokens"]) == (4, 4, 4_000)


def test_a_dry_run_says_where_it_stopped(app: ModuleType, cloud: Cloud) -> None:
    for name in ("Aldermoor", "Brackwater", "Cindermouth"):
        stale_document(cloud, name)

    answer = call(app, "plan", dry_run=True, limit=2)

    assert (answer["documents"], answer["more"]) == (2, True)


def test_recipes_are_listed_with_their_documents(app: ModuleType, cloud: Cloud) -> None:
    stale_document(cloud, "Aldermoor")
    stale_document(cloud, "Brackwater", made_by=recipe("a-model", "en"))

    lines = call(app, "recipes")["recipes"]

    assert [(one["recipe"]["ask"], one["documents"], one["is_target"]) for one in lines] == [
        ("old", 1, False),
        (recipe("a-model", "en").ask, 1, True),
    ]


def test_a_recipe_is_put_back_until_it_is_unpinned(app: ModuleType, cloud: Cloud) -> None:
    earlier = recipe("an-old-model", "en")
    stale_document(cloud, "Aldermoor", made_by=earlier)

    pinned = call(app, "pin", recipe=earlier.name)

    assert pinned["target"]["model"] == "an-old-model"
    assert [one["is_pinned"] for one in pinned["recipes"]] == [True]
    assert call(app, "plan")["note"] == "nothing is stale"
    assert call(app, "unpin")["target"]["model"] == "a-model"
    assert call(app, "plan")["plan"]["documents"] == 1


@pytest.mark.parametrize(
    ("name", "said"), [("no.such", "list the recipes"), (OLD.name, "deploy the code that made it")]
)
def test_what_cannot_be_made_is_not_pinned(app: ModuleType, cloud: Cloud, name: str, said: str) -> None:
    stale_document(cloud, "Aldermoor")

    assert said in call(app, "pin", recipe=name)["refused"]
    assert cloud.store.recipes.pinned() is None


def test_nothing_is_reprocessed_under_a_pin_that_the_code_cannot_make(app: ModuleType, cloud: Cloud) -> None:
    stale_document(cloud, "Aldermoor")
    cloud.store.recipes.pin(KnownRecipe(recipe=OLD, asking=ASKING, seen=MOMENT))

    for dry_run in (True, False):
        assert "unpin" in call(app, "plan", dry_run=dry_run)["refused"]


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ({"collections": ["news", "mews"]}, "there is no collection 'mews', for nothing was ever dropped there"),
        ({"documents": ["doc_nope"]}, "there is no document 'doc_nope'"),
    ],
)
def test_nothing_is_planned_for_what_there_is_not(
    app: ModuleType, cloud: Cloud, scope: dict[str, Any], said: str
) -> None:
    stale_document(cloud, "Aldermoor")

    for dry_run in (True, False):
        assert said in call(app, "plan", dry_run=dry_run, **scope)["refused"]
    assert cloud.store.plans.newest(1) == []


def held_plan(cloud: Cloud, document: str, folder: Path) -> str:
    """Have an open plan whose one batch came back with nothing."""
    plans, files, path = cloud.store.plans, cloud.store.batch_files, folder / "documents"
    turn = plans.take_turn(60)
    assert turn is not None
    asking = ASKING.model_copy(update={"model": "a-model"})
    made = {"id": plans.new_id(), "recipe": recipe("a-model", "en"), "asking": asking, "scope": Scope()}
    plan = Plan(**made, lane="batch", state="working", began=MOMENT, files=1, documents=1)
    plans.give_back(plans.open(turn, plan))
    one = PlannedDocument(document_id=document, key="drop/news/Aldermoor.txt", row=row_id(document, "a" * 64))
    path.write_text(one.model_dump_json() + "\n")
    files.put(files.key(plan.id, 1, "documents"), path)
    stage = OnHold(provider_file="file-1", batch="batch-1", ranges=0, reason="failed")
    plans.keep_file(plan.id, BatchFile(number=1, documents=1, rows=1, tokens=9, stage=stage))
    return plan.id


def test_what_is_held_is_told_with_its_price_and_goes_on_when_that_is_agreed_to(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_LANE", "batch")
    app = fresh("reprocess.app")
    plan = held_plan(cloud, stale_document(cloud, "Aldermoor"), tmp_path)

    told = call(app, "held")
    assert (told["plan"], told["files"], told["documents"], told["asked"]) == (plan, [1], 1, 1)
    assert (told["tokens"], told["reasons"]) == (1_000, ["failed"])

    assert "no plan is held" in call(app, "resume", plan="another", files=[1])["refused"]
    assert call(app, "held")["files"] == [1]
    resumed = call(app, "resume", plan=plan, files=told["files"])

    assert resumed["files"][0]["stage"]["state"] == "collected"
    assert "no plan is held" in call(app, "held")["refused"]


def test_each_turn_of_a_plan_tells_how_many_documents_are_held(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_LANE", "batch")
    app = fresh("reprocess.app")
    plan = held_plan(cloud, stale_document(cloud, "Aldermoor"), tmp_path)
    told: list[float] = []
    monkeypatch.setattr(app.metrics.provider, "flush_metrics", lambda **_: None)
    monkeypatch.setattr(
        app.metrics, "add_metric", lambda name, _unit, value: told.append(value) if name == "DocumentsHeld" else None
    )

    call(app, "collect")
    call(app, "collect")
    call(app, "resume", plan=plan, files=[1], leave=True)

    assert told == [1, 1, 0]


def test_a_report_of_no_plan_says_what_to_do(app: ModuleType) -> None:
    assert "`dateline reprocess` makes one" in call(app, "report")["refused"]
    assert "no plan 'last'" in call(app, "report", plan="last")["refused"]


def test_a_wrong_event_is_refused_with_the_fields_that_are_wrong(app: ModuleType) -> None:
    assert "limit" in call(app, "plan", limit="many")["refused"]
    assert "kind" in app.handler({"kind": "drop everything"}, Context())["refused"]


def test_a_provider_that_does_not_answer_has_the_schedule_call_again(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale_document(cloud, "Aldermoor")
    app = fresh("reprocess.app")

    with pytest.raises(Retryable):
        call(app, "plan")
    assert cloud.store.plans.newest(1) == []
    assert cloud.store.plans.take_turn(1) is not None


def test_the_scope_of_an_event_is_the_plans(app: ModuleType, cloud: Cloud) -> None:
    wanted = stale_document(cloud, "Aldermoor", "letters")
    stale_document(cloud, "Brackwater")
    cloud.store.listing.register("reports")

    scope = {"collections": ["letters", "reports"], "without": ["reports"], "newest_first": True}
    plan = call(app, "plan", **scope)["plan"]

    assert Scope.model_validate(plan["scope"]) == Scope.model_validate(scope)
    assert [one["document_id"] for one in plan["in_flight"]] == [wanted]


def test_a_plan_passes_over_a_document_whose_head_cannot_be_read(app: ModuleType, cloud: Cloud) -> None:
    bad, good = (stale_document(cloud, name) for name in ("Aldermoor", "Brackwater"))
    spoil(cloud.table, keys.Key(keys.document_pk(bad), keys.HEAD))

    answer = call(app, "plan")

    assert [one["document_id"] for one in answer["plan"]["in_flight"]] == [good]


def test_a_list_that_a_newer_version_wrote_is_sent_to_the_queue(
    app: ModuleType, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, write = stale_document(cloud, "Aldermoor"), PlannedDocument.model_dump_json
    monkeypatch.setattr(PlannedDocument, "model_dump_json", lambda *a, **b: with_unknown_fields(write(*a, **b)))

    answer = call(app, "plan")

    assert [one["document_id"] for one in answer["plan"]["in_flight"]] == [wanted]


def test_a_plan_that_cannot_be_read_is_a_bug_and_no_fault_of_the_event(
    app: ModuleType, cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    stale_document(cloud, "Aldermoor")
    plan = call(app, "plan")["plan"]["id"]
    spoil(cloud.table, keys.plan(plan))

    with pytest.raises(Unreadable):
        call(app, "collect")

    logged = str([vars(record) for record in caplog.records])
    assert "Plan: " in logged
    assert "secret" not in logged
