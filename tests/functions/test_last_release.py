"""What the last release wrote, and what a newer one writes, is read by today's code, and its work goes on.

While a deployment rolls out, and after one is rolled back, two releases share the table, the bucket and the queues.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from dateline.answer import Completion, StoredAnswer
from dateline.errors import Retryable
from dateline.lane.messages import Message, read_body
from dateline.lane.recognisers import RecognisedPages
from dateline.store import keys
from dateline.store.file_states import AnyPlanFile, BatchStage
from dateline.store.heads import Head, State
from dateline.store.overlap import Search
from dateline.store.store import Store, store_over
from dateline.stored import read_item, read_stored
from summarize.linking import link
from tests.functions.conftest import Cloud
from tests.functions.newsroom import Newsroom, place
from tests.functions.reading import ask
from tests.last_release import (
    AGAIN,
    COUNCIL,
    DAY,
    DECISION,
    HALF,
    HALL,
    HALL_TOO,
    HELD,
    MOMENT,
    PLAN,
    WAITING,
    Left,
    last_release,
    written_today,
)
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable
from tests.newer import by_a_newer_release

LINKED = (COUNCIL, AGAIN, HALL, HALL_TOO)


@pytest.fixture(scope="module")
def left() -> Left:
    return last_release()


@pytest.fixture
def store(left: Left) -> Store:
    """Have the store as a worker has it a moment after the last release wrote."""
    return store_of(left)


def store_of(left: Left) -> Store:
    table, bucket = MemoryTable(), MemoryBucket()
    left.into(table, bucket)
    return store_over(table, bucket, lambda: MOMENT)


def document_id(key: str) -> str:
    return place(key).document_id


def answers_of(left: Left) -> dict[str, Any]:
    """Ask for all that readers can be told of what a release left."""
    events = [str(item["sk"]).removeprefix(keys.LINK) for item in left.items if str(item["sk"]).startswith(keys.LINK)]
    occurrences = {str(item["occurrence"]) for item in left.items if "occurrence" in item}
    asked = [
        ("/collections", ""),
        ("/documents", ""),
        *(
            ("/collections/{name}/{view}", view)
            for view in ("timeline", "occurrences", "timeline.csv", "occurrences.csv")
        ),
        *(("/documents/{id}", document_id(key)) for key in (*LINKED, HELD, HALF, WAITING)),
        *((f"/documents/{{id}}/{view}", document_id(key)) for key in LINKED for view in ("timeline", "text", "runs")),
        ("/documents/{id}/difference", document_id(COUNCIL)),
        *(("/events/{id}", one) for one in events),
        *(("/occurrences/{id}", one) for one in sorted(occurrences)),
    ]
    found = {}
    for route, value in asked:
        path = {"name": "news", "view": value} if "{view}" in route else {"id": value}
        answered = ask(route, path, query={"collection": "news"} if route == "/documents" else {})
        assert answered.status == 200, (route, value)
        found[f"{route} {value}".strip()] = answered.body if value.endswith("csv") else answered.json
    return found


def known_to_workers(left: Left) -> dict[str, Any]:
    """Read all that the functions read for their work of what a release left."""
    store = store_of(left)
    documents = sorted({keys.document_of(str(one["pk"])) for one in left.items if str(one["pk"]).startswith("DOC#")})
    occurrences = sorted({str(one["occurrence"]) for one in left.items if "occurrence" in one})
    plan = store.plans.get(PLAN)
    assert plan is not None
    turn = store.plans.take_turn(60)
    assert turn is not None
    return {
        "heads": {one: store.heads.get(one) for one in documents},
        "events": {one: [store.runs.events(one, run) for run in (1, 2)] for one in documents},
        "runs": {one: [store.runs.get(one, run) for run in (1, 2)] for one in documents},
        "texts": {one: [store.blobs.text(one, run) for run in (1, 2)] for one in documents},
        "answers": list(_answers(store, left)),
        "timeline": store.timeline.page("news", Search(), None, 50),
        "oldest": store.listing.oldest("news", None, 50),
        "links": {one: store.links.of_document(one) for one in documents},
        "occurrences": store.links.load(occurrences),
        "rows": store.links.rows.page("news", Search(), None, 50),
        "due": store.links.due("news", 50),
        "edits": store.links.edits("news"),
        "lengths": store.links.lengths("news"),
        "linking": store.links.take_turn("news", 60).version,
        "recipes": store.recipes.all(),
        "pinned": store.recipes.pinned(),
        "stale": {one.recipe.name: store.recipe_index.count(one.recipe.name, 50) for one in store.recipes.all()},
        "spent": [store.spending.of(DAY), store.spending.of(DAY, "reprocess")],
        "plans": store.plans.newest(5),
        "turn": turn,
        "files": store.plans.files(plan),
        "outcomes": dict(store.plans.all_outcomes(PLAN)),
        "ranges": store.plans.ranges_done(PLAN, 4),
        "planned": list(store.batch_files.documents(PLAN, 1)),
        "messages": [one for body in left.messages for one in read_body(body)],
    }


def _answers(store: Store, left: Left) -> Iterator[BaseModel]:
    """Read each answer by the name that its key has."""
    for key in left.objects:
        match key.removesuffix(".json").split("/"):
            case ["answers", "unfinished", document]:
                yield read_stored(StoredAnswer, store.blobs.unfinished(document) or "")
            case ["answers", "recognised", document]:
                yield read_stored(RecognisedPages, store.blobs.recognised(document) or "")
            case ["answers", ask, content]:
                yield read_stored(StoredAnswer, store.blobs.answer(ask, content) or "")
            case ["reprocess", "answers", ask, content]:
                yield read_stored(Completion, store.batch_files.completion(ask, content) or "")


def test_readers_are_told_of_documents_what_they_were_told_before(cloud: Cloud, left: Left) -> None:
    left.into(cloud.table, cloud.bucket)

    told = answers_of(left)

    (news,) = told["/collections"]["collections"]
    assert (news["name"], news["documents"]["about"]) == ("news", 8)
    assert {one["path"]: one["state"] for one in told["/documents"]["documents"]} == {
        "council.txt": "done",
        "again.txt": "done",
        "hall.txt": "done",
        "hall too.txt": "done",
        "empty.txt": "rejected",
        "waiting.txt": "waiting",
        "held.txt": "waiting",
        "half.txt": "waiting",
    }
    assert told[f"/documents/{{id}} {document_id(HALF)}"]["run"]["events"] == 1, "its repair is still to come"
    council = document_id(COUNCIL)
    assert told[f"/documents/{{id}} {council}"]["run"]["published"]["day"] == "2024-05-08"
    assert [one["number"] for one in told[f"/documents/{{id}}/runs {council}"]["runs"]] == [2, 1]
    assert titles(told[f"/documents/{{id}}/timeline {council}"]["events"]) == ["Council met", "Council adjourned"]
    assert len(told[f"/documents/{{id}}/difference {council}"]["gone"]) == 1
    assert told[f"/documents/{{id}}/text {council}"]["text"].startswith("On 3 May 2024")


def test_readers_see_the_timeline_and_the_occurrences_that_the_last_release_wrote(cloud: Cloud, left: Left) -> None:
    left.into(cloud.table, cloud.bucket)

    told = answers_of(left)

    timeline = told["/collections/{name}/{view} timeline"]["events"]
    occurrences = told["/collections/{name}/{view} occurrences"]["occurrences"]
    assert titles(timeline) == [
        "Hall is rebuilt",
        "Hall is rebuilt",
        "Council met",
        "Council met",
        "Council met",
        "Council voted",
        "Council adjourned",
    ]
    assert [(one["title"], one["reports"]) for one in occurrences] == [
        ("Hall is rebuilt", 2),
        ("Council met", 2),
        ("Council voted", 1),
        ("Council adjourned", 1),
    ]
    (edit,) = occurrences[0]["edits"]
    assert (edit["id"], edit["reason"], edit["author"], edit["by"]) == ("one-hall", "Seen by us.", "Ada", "an editor")
    in_full = told[f"/occurrences/{{id}} {occurrences[0]['id']}"]
    assert in_full["reports"] == 2


def test_workers_know_what_the_last_release_knew_of_plans_recipes_and_tokens(left: Left) -> None:
    known = known_to_workers(left)

    (plan,) = known["plans"]
    assert (plan.state, plan.scope.collections, plan.files, plan.note) == ("working", ("news",), 8, "waits for a batch")
    assert known["turn"].plan == plan
    assert [one.state for one in known["files"]] == [
        "written",
        "begun",
        "submitted",
        "held",
        "collected",
        "withdrawn",
        "through",
        "written",
    ]
    assert {one: told.outcome for one, told in known["outcomes"].items()} == {
        document_id(COUNCIL): "done",
        document_id(AGAIN): "left",
    }
    assert (known["ranges"], [one.key for one in known["planned"]]) == (1, [COUNCIL])
    assert {one.asking.model for one in known["recipes"]} == {"a-model", "a-better-model"}
    assert sum(known["stale"].values()) == len((*LINKED, HALF))
    assert known["pinned"] in known["recipes"]
    assert known["spent"] == [1_000, 2_000]


def test_workers_know_what_is_to_be_linked_and_what_was_paid_for(left: Left) -> None:
    known = known_to_workers(left)

    (due,) = known["due"]
    (edit,) = known["edits"]
    assert [one.by for said in due.asked.values() for one in said.values()] == ["model"]
    assert (due.document, edit.kind, edit.named <= set(known["heads"])) == (document_id(COUNCIL), "note", True)
    assert sorted(len(one.reports) for one in known["occurrences"]) == [1, 1, 2, 2]
    assert {one.name for one in known["lengths"]} == {"92"}
    answers = known["answers"]
    assert [one.pages for one in answers if isinstance(one, RecognisedPages)] == [("A page.",)]
    assert [one.lane for one in answers if isinstance(one, Completion)] == ["batch"]
    assert [len(one.completions) for one in answers if isinstance(one, StoredAnswer)] == [1] * 5


def test_a_lease_that_the_last_release_took_is_respected(store: Store) -> None:
    with pytest.raises(Retryable, match="another worker has this document"):
        store.heads.take(place(HELD), 60)


def test_the_messages_that_the_last_release_sent_are_understood(left: Left) -> None:
    messages = known_to_workers(left)["messages"]

    assert {(one.kind, one.attempt) for one in messages} == {
        ("document", 3),
        ("rows", 1),
        ("tidy", 1),
        ("link", 1),
        ("edit", 1),
        ("tidy_occurrences", 1),
        ("sweep", 1),
    }


@pytest.mark.parametrize("release", ["last", "newer"])
def test_work_goes_on_where_another_release_left_it(left: Left, release: str) -> None:
    newsroom = Newsroom()
    (left if release == "last" else by_a_newer_release(left)).into(newsroom.table, newsroom.bucket)
    before = {one.id for one in newsroom.store.links.rows.page("news", Search(), None, 50).rows}

    for key in (COUNCIL, AGAIN, WAITING, HELD, HALF):
        newsroom.work(key)
        link(place(key), newsroom.tools(newsroom.store), time.monotonic() + 60)

    assert {newsroom.held(key).head.state for key in (COUNCIL, AGAIN, WAITING, HELD, HALF)} == {"done"}
    assert newsroom.titles(COUNCIL) == ["Council met", "Council adjourned"]
    assert newsroom.titles(WAITING) == newsroom.titles(HELD) == ["Council met", "Council voted"]
    assert before <= {one.id for one in newsroom.store.links.rows.page("news", Search(), None, 50).rows}


def test_what_a_newer_release_adds_changes_nothing_for_readers(cloud: Cloud, left: Left) -> None:
    left.into(cloud.table, cloud.bucket)
    before = answers_of(left)

    newer = by_a_newer_release(left)
    newer.into(cloud.table, cloud.bucket)

    assert answers_of(newer) == before


def test_what_a_newer_release_adds_changes_nothing_for_workers(left: Left) -> None:
    assert known_to_workers(by_a_newer_release(left)) == known_to_workers(left)


def test_a_release_is_written_the_same_whenever_it_is_asked_for() -> None:
    assert written_today() == written_today()


def test_what_is_written_at_a_release_holds_an_item_of_every_kind() -> None:
    written = {(str(one["pk"]), str(one["sk"])) for one in written_today().items}

    missing = [
        (name, sk)
        for name, pk, sorts in re.findall(r"^\| (.+) \| `(.+?)` \| (.+) \|$", keys.__doc__ or "", re.MULTILINE)
        for sk in re.findall(r"`(.+?)`", sorts)
        if not any(pattern(pk).fullmatch(one) and pattern(sk).fullmatch(other) for one, other in written)
    ]

    assert missing == []


def pattern(key: str) -> re.Pattern[str]:
    """Make a pattern of a key as the table of keys writes it."""
    return re.compile("[^#]+".join(map(re.escape, re.split(r"<\w+>", key))))


def test_what_is_written_at_a_release_holds_every_object_message_and_state() -> None:
    left = written_today()
    heads = [read_item(Head, one) for one in left.items if str(one["pk"]).startswith("DOC#") and one["sk"] == "HEAD"]
    files = [read_item(AnyPlanFile, one).root for one in left.items if str(one["sk"]).startswith("FILE#")]

    assert {one.split("/")[0] for one in left.objects} == {"drop", "links", "texts", "answers", "reprocess", "search"}
    assert DECISION in left.objects
    assert {type(one) for body in left.messages for one in read_body(body)} == set(get_args(Message))
    assert {one.state for one in heads} == set(get_args(State))
    assert {type(one.stage) for one in files if one.kind == "batch"} == set(get_args(BatchStage))
    assert {one.kind for one in files} == {"batch", "queue"}


def titles(events: list[dict[str, Any]]) -> list[str]:
    return [one["title"] for one in events]
