"""What a newer version wrote for plans and recipes, and in the queue, is read as if its new fields were not there.

What an older one wrote of speakers is read too.
"""

from __future__ import annotations

import boto3
import pytest

from dateline.answer import Completion, StoredAnswer
from dateline.errors import Unreadable
from dateline.lane.messages import DocumentMessage, Message, RowsMessage, SweepMessage, TidyMessage, read_body
from dateline.records import SaidBy, Usage
from dateline.store.bucket import Bucket
from dateline.store.file_states import BatchFile, QueueFile, Written
from dateline.store.plans import InFlight, Outcome, PlannedDocument
from dateline.store.recipes import KnownRecipe
from dateline.store.store import Store
from dateline.stored import read_stored
from tests.aws import BUCKET
from tests.factories import MOMENT
from tests.newer import rewrite_bucket, rewrite_table, with_unknown_fields
from tests.unit.store.plans import DOCUMENT, plan


def test_a_plan_with_its_files_outcomes_and_recipes(store: Store) -> None:
    turn = store.plans.take_turn(60)
    assert turn is not None
    flying = InFlight(document_id=DOCUMENT, since=MOMENT)
    made = plan().model_copy(update={"files": 2, "in_flight": (flying,)})
    queued = QueueFile(number=1, documents=1)
    asked = BatchFile(number=2, documents=1, rows=1, tokens=9, stage=Written().begin().ask("file-1", MOMENT))
    known = KnownRecipe(recipe=made.recipe, asking=made.asking, seen=MOMENT)
    store.plans.give_back(store.plans.open(turn, made))
    store.plans.keep_file(made.id, queued)
    store.plans.keep_file(made.id, asked)
    store.plans.note(made.id, DOCUMENT, Outcome(outcome="done", added=2))
    store.recipes.pin(known)
    store.recipes.register(made.recipe, made.asking)

    assert rewrite_table(boto3.client("dynamodb")) == 6

    assert store.plans.newest(5) == [made]
    assert store.plans.files(made) == [queued, asked]
    assert list(store.plans.all_outcomes(made.id)) == [(DOCUMENT, Outcome(outcome="done", added=2))]
    assert store.recipes.pinned() == known
    assert [one.recipe for one in store.recipes.all()] == [made.recipe]
    turn = store.plans.take_turn(60)
    assert turn is not None
    assert turn.plan == made


def test_a_list_of_planned_documents(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    one = PlannedDocument(document_id=DOCUMENT, key="drop/news/a.txt")
    path = tmp_path_factory.mktemp("list") / "documents"
    path.write_text(f"{one.model_dump_json()}\n" * 2)
    store.batch_files.put(store.batch_files.key("plan", 1, "documents"), path)

    assert rewrite_bucket(Bucket(boto3.client("s3"), BUCKET), "reprocess/") == 1

    assert list(store.batch_files.documents("plan", 1)) == [one, one]


@pytest.mark.parametrize(
    "message",
    [
        DocumentMessage(key="drop/news/a.txt", attempt=3),
        RowsMessage(plan="plan", number=1, ask="ask", start=0, end=9),
        TidyMessage(document_id=DOCUMENT),
        SweepMessage(after="drop/news/a.txt"),
    ],
)
def test_a_message(message: Message) -> None:
    assert read_body(with_unknown_fields(message.model_dump_json())) == [message]


def test_an_answer_with_its_completions() -> None:
    completion = Completion(text="{}", finish="stop", usage=Usage(calls=1))
    answer = StoredAnswer(content="c", ask="a", model="m", output_language="en", completions=(completion,))

    assert read_stored(StoredAnswer, with_unknown_fields(answer.model_dump_json())) == answer


def test_what_cannot_be_read_names_the_fields_and_no_value() -> None:
    with pytest.raises(Unreadable) as error:
        read_stored(StoredAnswer, '{"content": "c", "completions": [{"text": ["secret"]}], "model": 7}')

    assert error.value.what == "StoredAnswer"
    assert "completions.0.text (string_type)" in error.value.faults
    assert "ask (missing)" in error.value.faults
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ('{"who": "Ann Lee", "words": "Ann Lee", "named": true, "stance": "asserts"}', "named"),
        ('{"who": "two men", "words": "zwei Leute", "named": false, "stance": "denies"}', "anonymous"),
        ('{"who": null, "words": null, "named": false}', "document"),
    ],
)
def test_a_speaker_that_an_older_version_stored_is_named_or_anonymous(stored: str, kind: str) -> None:
    assert read_stored(SaidBy, stored).kind == kind
