"""Nothing of a document or of a decision reaches a log, a metric or a message, however the work on it ends."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from types import ModuleType
from typing import Any, cast

import pytest

from dateline.errors import Retryable
from dateline.lane.intake import fetch, open_dropped
from dateline.lane.queue import Queue
from dateline.lane.runtime import Clients
from dateline.provider.batches import OpenAIBatches
from dateline.provider.client import OpenAIModel
from dateline.recipe import recipe
from dateline.records import Asking
from dateline.store import keys
from dateline.store.batch_files import row_id
from dateline.store.plans import Plan, Scope
from tests.factories import MOMENT, RECIPE, finding
from tests.functions.conftest import Cloud, Context, fresh
from tests.functions.drop_events import batch, document
from tests.functions.press import COLLECTION, Press
from tests.functions.reading import ask, publish, started
from tests.functions.reprocessing import Post
from tests.misbehaving import Behaviour, Server, misbehaving, reset, says
from tests.misbehaving_batches import misbehaving_batches
from tests.misbehaving_batches import says as batches_say
from tests.unit.judge.answers import answer, event

# A word of a text, a title, metadata, an answer or a decision; and one of a file's name, which is part of its key.
MARK, NAME = "Quarzholm", "Ortlieb"
KEY = f"drop/news/{NAME} and others.txt"
EDIT = keys.edit_key("news", "decision-1")
TEXT = f"On 3 May 2024 the council of {MARK} met.\nOn 5 May 2024 the council of {MARK} voted.\n"
METADATA = {"title": MARK, "source": MARK, "url": f"https://{MARK}.example/", "language": MARK}
GOOD = answer(
    event(f"The council of {MARK} meets", 1, d="On 3 May 2024", e="2024-05-03"),
    event(f"The council of {MARK} votes", 2, d="On 5 May 2024", e="2024-05-05"),
    lang="en",
    head={"t": f"{MARK} votes", "s": [2]},
)
ENOUGH_ROUNDS = 5
JSON = {"content-type": "application/json"}
QUOTING = f"what it says is {MARK} of {NAME}"


class Patient(Post):
    """A queue that is told, too, when what failed is to come back."""

    def change_message_visibility_batch(self, **_: object) -> dict[str, Any]:
        return {}


@dataclass
class Ears:
    """Hears what a function writes to its log, its metrics and its queues."""

    capsys: pytest.CaptureFixture[str]
    caplog: pytest.LogCaptureFixture
    environment: pytest.MonkeyPatch
    post: Post = field(default_factory=Patient)
    log: StringIO = field(default_factory=StringIO)

    def listen(self, app: ModuleType) -> None:
        """Have a function write its log, which all tests of a process share, to where this test can read it."""
        self.environment.setattr(app.logger.registered_handler, "stream", self.log)

    def heard(self) -> str:
        """Return all that was written since the last time, but keys of documents in messages."""
        records = [str(vars(record)) for record in self.caplog.records]
        self.caplog.clear()
        log = self.log.getvalue()
        self.log.seek(0)
        self.log.truncate()
        return "\n".join([log, *self.capsys.readouterr(), *records, *map(_without_keys, self.post.bodies)])


def _without_keys(body: str) -> str:
    return json.dumps({name: value for name, value in json.loads(body).items() if name not in {"key", "after"}})


@pytest.fixture
def ears(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Ears:
    environment.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    environment.setenv("POWERTOOLS_METRICS_NAMESPACE", "Dateline/test")
    caplog.set_level(logging.INFO)
    return Ears(capsys, caplog, environment)


@dataclass
class Office:
    """The function that summarizes, over a store in memory and a model's server on a real socket."""

    app: ModuleType
    cloud: Cloud
    server: Server
    ears: Ears

    def work(self, *bodies: dict[str, Any] | str) -> str:
        """Work on messages and on what they lead to; return what was heard."""
        heard = []
        waiting = list(bodies)
        for _ in range(ENOUGH_ROUNDS):
            if not waiting:
                break
            self.ears.post.bodies.clear()
            self.app.handler(batch(*((body, 1) for body in waiting)), Context())
            heard.append(self.ears.heard())
            waiting = [body for body in self.ears.post.bodies if json.loads(body)["kind"] in {"link", "edit"}]
        return "\n".join(heard)


@pytest.fixture
def office(cloud: Cloud, ears: Ears, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with misbehaving() as server:
        app = fresh("summarize.app")
        ears.listen(app)
        model = OpenAIModel("a-model", server.url, "a key")
        clients = Clients(cloud.store, Queue(cast("Any", ears.post), "queue", "links"))
        monkeypatch.setattr(app, "clients", lambda: clients)
        monkeypatch.setattr(app, "provider_key", lambda *_, **__: "a key")
        monkeypatch.setattr(app, "OpenAIModel", lambda *_: model)
        yield Office(app, cloud, server, ears)
        model._client.close()


def drop(office: Office, data: str | bytes, key: str = KEY, **metadata: str) -> None:
    cast("Any", office.cloud.bucket).drop(key, data, **metadata)


def must_not_leak(heard: str, *said: str) -> None:
    """Check that what was heard is what should be, and nothing of a document."""
    for words in said:
        assert words in heard
    assert MARK.lower() not in heard.lower()
    assert NAME.lower() not in heard.lower()


def refuses(status: int, code: object = None) -> Behaviour:
    """Answer with an error that quotes what was asked, as servers do."""
    body = json.dumps({"error": {"message": QUOTING, "type": QUOTING, "code": code, "param": QUOTING}}).encode()
    return lambda call: call.reply(body, status)


def test_what_is_published_is_not_told(office: Office) -> None:
    drop(office, TEXT, **METADATA)
    office.server.order(says(GOOD))

    heard = office.work(document(KEY))

    (held,) = office.cloud.store.listing.documents("news", None, 10).documents
    assert held.head.state == "done"
    must_not_leak(heard, '"outcome":"done"', '"DocumentsDone"', '"linked"')


@pytest.mark.parametrize(
    ("name", "data", "metadata"),
    [
        ("a.txt", b"", {}),
        ("a.txt", f"\0\1\2{MARK}".encode(), {}),
        ("a.txt", TEXT.encode(), {"published": MARK}),
        ("a.docx", b"PK\x03\x04" + MARK.encode() * 20, {}),
        ("a.json", json.dumps({"text": TEXT, "published": MARK}).encode(), {}),
        ("a.json", f'{{"text": "{MARK}'.encode(), {}),
        ("a.html", f"<html><body><p style='display:none'>{MARK}</p></body></html>".encode(), {}),
        ("a.pdf", f"%PDF-1.7 {MARK}".encode(), {}),
        (f"a.{MARK}", b"MZ" + bytes(range(256)), {}),
    ],
)
def test_what_is_rejected_is_not_told(office: Office, name: str, data: bytes, metadata: dict[str, str]) -> None:
    key = f"drop/news/{NAME}-{name}"
    drop(office, data, key, **METADATA | metadata)

    must_not_leak(office.work(document(key)), '"outcome":"rejected"')


@pytest.mark.parametrize(
    "behaviours",
    [
        [says(MARK), says(MARK)],
        [says(None, refusal=f"I do not speak of {MARK}.")],
        [says({**GOOD, "ev": [{MARK: MARK}], "head": MARK, "sum": [MARK]}), says(f'{{"{MARK}": 1}}')],
        [refuses(400, "content_policy_violation")],
        [refuses(413, QUOTING)],
    ],
)
def test_a_model_that_repeats_what_it_was_asked_is_not_repeated(office: Office, behaviours: list[Behaviour]) -> None:
    drop(office, TEXT, **METADATA)
    office.server.order(*behaviours)

    must_not_leak(office.work(document(KEY)), '"outcome":"rejected"')


@pytest.mark.parametrize(
    "behaviour",
    [
        *(refuses(code) for code in (400, 401, 404, 408, 429, 500, 503)),
        *(refuses(code, QUOTING) for code in (400, 401, 404, 429, 500)),
        lambda call: call.reply(f'{{"{MARK}": "{MARK}"}}'.encode()),
        lambda call: call.reply(MARK.encode(), 502),
        reset,
    ],
)
def test_what_is_put_off_is_not_told(office: Office, behaviour: Behaviour) -> None:
    drop(office, TEXT, **METADATA)
    office.server.order(behaviour)

    heard = office.work(document(KEY))

    must_not_leak(heard, '"put off"', '"PutOff"')
    assert [json.loads(body)["attempt"] for body in office.ears.post.bodies] == [1]


def test_a_bug_is_told_without_its_message(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        try:
            raise KeyError(QUOTING)
        except KeyError as error:
            raise ValueError(QUOTING) from error

    drop(office, TEXT, **METADATA)
    office.server.order(says(GOOD))
    monkeypatch.setattr("summarize.document.open_dropped", stumble)

    must_not_leak(office.work(document(KEY)), '"bug"', '"Bugs"', "ValueError")


def test_a_record_that_cannot_be_read_is_told_by_its_fields(office: Office) -> None:
    drop(office, TEXT, **METADATA)
    office.server.order(says(GOOD))
    office.work(document(KEY))
    place = keys.place(KEY)
    assert place is not None
    table = office.cloud.table
    key = keys.Key(keys.document_pk(place.document_id), keys.HEAD)
    item = table.get(key)
    assert item is not None
    table.put({**item, "body": json.dumps({MARK: MARK, "state": MARK, "current": NAME, "notes": {MARK: NAME}})})

    must_not_leak(office.work(document(KEY)), '"bug"', '"Unreadable"', "Head")


@pytest.mark.parametrize(
    "body",
    [
        MARK,
        {"Message": MARK},
        {"kind": MARK},
        {"kind": "rows", "plan": {MARK: MARK}, MARK: MARK},
        {"kind": "document", "key": [MARK]},
        {"kind": "document", "key": KEY, MARK: MARK},
        {"Records": [{"s3": {"object": {"key": [MARK]}}}]},
    ],
)
def test_a_message_that_cannot_be_read_is_not_told(office: Office, body: dict[str, Any] | str) -> None:
    must_not_leak(office.work(body), '"Messages"')


REFERENCE = {"document": "doc_aaaaaaaaaaaaaaaaaaaa", "event": "evt_aaaaaaaaaaaaaaaaaaaa_00001", "sentences": [1]}
DECISION = {"kind": "note", "reports": [REFERENCE], "reason": MARK, "author": MARK}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (json.dumps(DECISION), "followed an editor"),
        (json.dumps({**DECISION, "kind": "correct", "title": MARK}), "followed an editor"),
        (json.dumps({**DECISION, MARK: MARK}), "no decision"),
        (json.dumps({**DECISION, "kind": MARK, "date": MARK}), "no decision"),
        (json.dumps({**DECISION, "reason": {MARK: MARK}}), "no decision"),
        (MARK, "no decision"),
    ],
)
def test_a_decision_is_followed_or_not_and_not_told(office: Office, written: str, said: str) -> None:
    drop(office, written, EDIT)

    must_not_leak(office.work({"kind": "edit", "key": EDIT, "by": MARK}), said)


def test_a_sweep_tells_no_names(office: Office) -> None:
    drop(office, TEXT, **METADATA)

    heard = office.work({"kind": "sweep", "asked": "2999-01-01T00:00:00Z"})

    assert KEY in " ".join(office.ears.post.bodies)
    must_not_leak(heard, '"swept"')


@pytest.fixture
def reprocess(cloud: Cloud, ears: Ears, environment: pytest.MonkeyPatch) -> Callable[..., ModuleType]:
    """Have a document that another recipe made, and start the function in a lane."""

    def start(lane: str, url: str = "http://127.0.0.1:9/v1") -> ModuleType:
        environment.setenv("DATELINE_LANE", lane)
        app = fresh("reprocess.app")
        ears.listen(app)
        clients = Clients(cloud.store, Queue(cast("Any", ears.post), "queue", "links"))
        environment.setattr(app, "clients", lambda: clients)
        environment.setattr(app, "provider_key", lambda *_, **__: "a key")
        environment.setattr(app, "_provider", lambda key: OpenAIBatches(url, key))
        return app

    return start


def stale(cloud: Cloud) -> None:
    """Have a document that is published and was made by another recipe than today's."""
    place = keys.place(KEY)
    assert place is not None
    publish(cloud, KEY, finding(f"{MARK} votes", quotes=(MARK,)))
    cast("Any", cloud.bucket).drop(KEY, TEXT, **METADATA)
    cloud.store.recipes.register(RECIPE, Asking(model=RECIPE.model, language="en", part_characters=40_000))
    held = cloud.store.heads.take(place, 60)
    made_before = {"current": held.head.current, "recipe": RECIPE.name, "content": "content", "dropped": MOMENT}
    cloud.store.heads.write(held, held.head.model_copy(update=made_before))


def test_reprocessing_tells_no_names(reprocess: Callable[..., ModuleType], cloud: Cloud, ears: Ears) -> None:
    stale(cloud)
    app = reprocess("queue")

    for asked in ({"kind": "plan", "dry_run": True}, {"kind": "recipes"}, {"kind": "plan"}, {"kind": "report"}):
        assert "refused" not in app.handler(asked, Context(seconds=27))

    assert NAME in " ".join(ears.post.bodies)
    must_not_leak(ears.heard(), '"Runs"', '"turn"')


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"status_code": 200, "body": {"choices": [{"message": {"content": json.dumps(GOOD)}}], "usage": {}}}, "done"),
        ({"status_code": 200, "body": {"choices": [{"message": {"content": MARK, "refusal": MARK}}]}}, "rejected"),
        ({"status_code": 200, "body": {MARK: MARK}}, ""),
        ({"status_code": 400, "body": {"error": {"message": QUOTING, "code": QUOTING}}}, ""),
        (MARK, ""),
    ],
)
def test_the_rows_of_a_batch_are_not_told(office: Office, row: Any, said: str) -> None:
    stale(office.cloud)
    store = office.cloud.store
    place = keys.place(KEY)
    assert place is not None
    dropped = fetch(place, store.blobs)
    assert dropped is not None
    name = row_id(place.document_id, open_dropped(place, dropped).content)
    rows = [json.dumps({"custom_id": name, "response": row}), json.dumps({"custom_id": MARK, MARK: MARK}), MARK]
    data = "".join(f"{one}\n" for one in rows).encode()
    asking = Asking(model="a-model", language="en", part_characters=40_000)
    made = {"id": store.plans.new_id(), "recipe": recipe("a-model", "en"), "asking": asking, "scope": Scope()}
    plan = Plan(**made, lane="batch", state="working", began=MOMENT, files=1, documents=1)
    turn = store.plans.take_turn(60)
    assert turn is not None
    store.plans.give_back(store.plans.open(turn, plan))
    cast("Any", office.cloud.bucket).put(store.batch_files.key(plan.id, 1, "output"), data)

    heard = office.work(
        {"kind": "rows", "plan": plan.id, "number": 1, "ask": plan.recipe.ask, "start": 0, "end": len(data)}
    )

    must_not_leak(heard, '"Messages"', said)


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError(QUOTING), ('"bug"', '"Bugs"', "ValueError")),
        (Retryable("AWS answers Throttling"), ('"put off"', '"PutOff"', "AWS answers Throttling")),
    ],
)
def test_a_run_of_reprocessing_that_fails_tells_its_reason_and_no_message(
    reprocess: Callable[..., ModuleType], ears: Ears, monkeypatch: pytest.MonkeyPatch, error: Exception, said: list[str]
) -> None:
    app = reprocess("queue")
    monkeypatch.setattr(app, "_dispatch", raising(error))

    with pytest.raises(type(error)):
        app.handler({"kind": "collect"}, Context())

    must_not_leak(ears.heard(), *said)


@pytest.mark.parametrize("operation", ["upload", "create"])
def test_a_provider_of_batches_that_quotes_a_document_is_not_repeated(
    reprocess: Callable[..., ModuleType], cloud: Cloud, ears: Ears, operation: Any
) -> None:
    stale(cloud)
    with misbehaving_batches() as provider:
        provider.order(operation, batches_say(400, QUOTING, QUOTING))
        reprocess("batch", provider.url).handler({"kind": "plan"}, Context(seconds=60))

    must_not_leak(ears.heard(), '"turn"', "the model's server said 400 (no code)")


@pytest.fixture
def press(ears: Ears) -> Press:
    press = Press()
    for name, title, day in (("a", f"{MARK} hall burns", "2024-05-03"), (NAME, f"{MARK} votes", "2024-07-09")):
        press.publish(name, [finding(title, day, day)])
        press.link(name)
    return press


def decide(press: Press, ears: Ears, body: str, store: Callable[[], Any] | None = None) -> tuple[int, str]:
    app: Any = started("edit")
    ears.listen(app)
    app.store = store or (lambda: press.store)
    status = ask(
        "/collections/{name}/decisions",
        {"name": COLLECTION},
        method="POST",
        headers=JSON,
        body=body,
        function="edit",
        claims={"email": f"{MARK}@example.org"},
    ).status
    return status, ears.heard()


def test_an_editors_words_and_name_are_not_told(press: Press, ears: Ears) -> None:
    row, _ = press.rows()
    note = {"kind": "note", "occurrences": [row.id], "reason": MARK}
    bodies: dict[int, list[Any]] = {
        201: [note, {**note, "kind": "correct", "title": MARK}],
        400: [{**note, MARK: MARK}, {**note, "kind": MARK}, {**note, "reason": [MARK]}, MARK],
        404: [{**note, "occurrences": [MARK]}],
    }
    for status, written in bodies.items():
        for body in written:
            answered, heard = decide(press, ears, json.dumps(body))

            assert answered == status
            must_not_leak(heard, '"Requests"')

    for error, said in ((ValueError(QUOTING), '"bug"'), (Retryable("AWS answers Throttling"), '"busy"')):
        _, heard = decide(press, ears, json.dumps(note), raising(error))
        must_not_leak(heard, said)


def test_what_is_read_and_asked_for_is_not_told(cloud: Cloud, ears: Ears) -> None:
    document_id = publish(cloud, KEY, finding(f"{MARK} votes", quotes=(MARK,)))
    app: Any = started("read")
    ears.listen(app)
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = [
        ("/documents/{id}", {"id": document_id}, {}),
        ("/documents/{id}/{view}", {"id": document_id, "view": "text"}, {}),
        ("/collections/{name}/{view}", {"name": "news", "view": "timeline"}, {}),
        ("/collections/{name}/{view}", {"name": "news", "view": "timeline.csv"}, {}),
        ("/documents", {}, {"collection": "news", "path": f"{NAME} and others.txt"}),
        ("/documents", {}, {"collection": "news", MARK: MARK}),
        ("/documents", {}, {"collection": "news", "cursor": MARK}),
        ("/collections/{name}/{view}", {"name": MARK, "view": NAME}, {}),
        ("/events/{id}", {"id": MARK}, {}),
    ]

    for route, parameters, query in asked:
        ask(route, parameters, query=query)
    must_not_leak(ears.heard(), '"Requests"')

    for error, said in ((ValueError(QUOTING), '"bug"'), (Retryable("AWS answers Throttling"), '"busy"')):
        app.store = raising(error)
        ask(*asked[0][:2])
        must_not_leak(ears.heard(), said)


def test_neither_a_files_name_nor_what_is_said_of_it_is_told(
    press: Press, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_UPLOADS_TO", "https://bucket.example")
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "DEFAULT_REGION"):
        monkeypatch.setenv(f"AWS_{name}", "eu-central-1")
    app: Any = started("upload")
    ears.listen(app)
    app.store = lambda: press.store
    new = {"path": f"{NAME}.txt", "size": 9, "content_type": "text/plain", "source": MARK}
    bodies = [new, {**new, "path": f"{NAME}/../{MARK}"}, {**new, "published": MARK}, {MARK: MARK}, MARK]

    def upload(body: object) -> int:
        route, named = "/collections/{name}/uploads", {"name": COLLECTION}
        return ask(route, named, method="POST", headers=JSON, body=json.dumps(body), function="upload").status

    assert [upload(body) for body in bodies] == [201, 400, 400, 400, 400]
    document = press.place(NAME).document_id
    assert ask("/documents/{id}", {"id": document}, method="DELETE", function="upload").status == 204
    must_not_leak(ears.heard(), "signed", "deleted")
