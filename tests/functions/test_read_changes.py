"""What has changed of a collection: told at least once to whoever follows it, with what is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.errors import Retryable
from dateline.http.access import Access
from dateline.records import About, SaidBy
from dateline.store import keys
from dateline.store.indexes import by_change
from dateline.store.store import Store, store_over
from read.library import Library
from read.queries import DocumentsQuery, TimelineQuery
from read.timelines import of_collection
from read.views import documents
from tests.factories import event, finding, run
from tests.functions.conftest import Cloud
from tests.functions.reading import Answered, ask, publish, remove
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.store.table import Item

NEWS = {"name": "news"}
TIMELINE = "/collections/{name}/timeline"


def changed_documents(since: str, **query: str) -> Answered:
    return ask("/documents", query={"collection": "news", "changed_since": since, **query})


def changed_timeline(since: str, **query: str) -> Answered:
    return ask(TIMELINE, NEWS, query={"changed_since": since, **query})


def test_an_answer_names_the_moment_to_ask_with_next_and_stays_the_same_while_nothing_changes(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("A"))

    for answers in (
        [ask("/documents", query={"collection": "news"}) for _ in range(2)],
        [ask(TIMELINE, NEWS) for _ in range(2)],
    ):
        assert answers[0].headers["ETag"] == answers[1].headers["ETag"]
        since = datetime.fromisoformat(answers[0].json["changed_since"])
        assert datetime.now(UTC) - since >= by_change.OVERLAP
        assert answers[0].json["gone"] == []


def test_documents_that_changed_are_told_in_their_order_and_those_that_went_by_their_ids(cloud: Cloud) -> None:
    since = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    gone = publish(cloud, "drop/news/gone.txt", finding("Gone"))
    publish(cloud, "drop/news/a.txt", finding("A"))
    publish(cloud, "drop/other/c.txt", finding("C"))
    publish(cloud, "drop/news/b.txt", finding("B"))
    publish(cloud, "drop/news/a.txt", finding("A again"))
    remove(cloud, "drop/news/gone.txt")

    told = changed_documents(since).json

    assert [one["path"] for one in told["documents"]] == ["b.txt", "a.txt"]
    assert told["gone"] == [gone]
    assert (told["examined"], told["cursor"]) == (2, None)
    assert told["counts"]["documents"] == {"about": 2, "or_more": False}


def test_of_what_changed_only_what_somebody_says_is_told_where_that_is_asked(cloud: Cloud) -> None:
    since = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    mill = SaidBy(who="Mill", words="Mill", kind="named", stance="asserts")
    publish(cloud, "drop/news/a.txt", finding("By Mill").model_copy(update={"said_by": (mill,)}), finding("By nobody"))
    publish(cloud, "drop/news/b.txt", finding("In the Mill Post"), about=About(medium="Mill Post"))

    told = changed_timeline(since, who="mill").json

    assert [one["title"] for one in told["events"]] == ["By Mill", "In the Mill Post"]
    assert len(told["sources"]) == 2


def test_a_timeline_tells_every_event_of_what_changed_and_the_documents_without_any(cloud: Cloud) -> None:
    publish(cloud, "drop/news/before.txt", finding("Before"))
    since = datetime.now(UTC).isoformat()
    told_by = publish(
        cloud,
        "drop/news/a.txt",
        finding("A"),
        finding("Undated", None, None),
        finding("Later", "2025-01-01", "2025-01-02"),
    )
    empty = publish(cloud, "drop/news/b.txt")
    gone = publish(cloud, "drop/news/c.txt", finding("C"))
    remove(cloud, "drop/news/c.txt")

    told = changed_timeline(since).json

    assert [one["title"] for one in told["events"]] == ["A", "Later"]
    assert {one: about["path"] for one, about in told["sources"].items()} == {told_by: "a.txt", empty: "b.txt"}
    assert told["gone"] == [gone]
    narrow = changed_timeline(since, to="2024").json
    assert [one["title"] for one in narrow["events"]] == ["A"]
    assert [one["title"] for one in changed_timeline(since, q="later").json["events"]] == ["Later"]
    assert changed_timeline(since, **{"from": "2024-01-02"}).json["sources"] == told["sources"]


def test_a_page_of_changes_holds_whole_documents_and_all_pages_name_one_moment(cloud: Cloud) -> None:
    since = datetime.now(UTC).isoformat()
    for name in "abc":
        publish(cloud, f"drop/news/{name}.txt", *(finding(f"{name}{number}") for number in range(3)))

    pages = [changed_timeline(since, limit="4").json]
    while pages[-1]["cursor"] is not None:
        pages.append(changed_timeline(since, limit="4", cursor=pages[-1]["cursor"]).json)

    assert [[one["title"][0] for one in page["events"]] for page in pages] == [["a"] * 3, ["b"] * 3, ["c"] * 3]
    assert len({page["changed_since"] for page in pages}) == 1
    assert changed_documents(since, cursor=pages[0]["cursor"]).status == 400
    before = (datetime.fromisoformat(since) - timedelta(seconds=1)).isoformat()
    assert changed_timeline(before, limit="4", cursor=pages[0]["cursor"]).status == 400


def test_a_link_leads_to_the_next_page_of_changes(cloud: Cloud) -> None:
    since = datetime.now(UTC).isoformat()
    for name in "ab":
        publish(cloud, f"drop/news/{name}.txt", finding(name))

    assert 'rel="next"' in changed_documents(since, limit="1").headers["Link"]


@pytest.mark.parametrize(
    "since",
    [
        "yesterday",
        "",
        "2024-05-31",
        "2024-05-31T12:00:00",
        "1717156800",
        "2024-05-31T12:00:00 00:00",
        "2024-13-31T12:00:00Z",
        "0001-01-01T00:00:00+02:00",
        "9999-12-31T23:59:59-02:00",
        "2024-05-31T12:00:00Z#",
    ],
)
def test_a_moment_that_is_none_is_refused_with_how_to_write_one(cloud: Cloud, since: str) -> None:
    publish(cloud, "drop/news/a.txt", finding("A"))

    for answer in (changed_documents(since), changed_timeline(since)):
        assert answer.status == 400
        assert answer.json["detail"] == (
            "changed_since: write a moment as answers name it, with its zone: 2024-05-31T12:00:00Z"
        )


def test_a_moment_that_is_still_to_come_is_refused(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("A"))

    answer = changed_documents((datetime.now(UTC) + timedelta(hours=1)).isoformat())

    assert (answer.status, answer.json["detail"][:35]) == (400, "changed_since: this moment is still")


def test_who_asks_from_before_the_tombstones_is_told_to_start_over(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("A"))
    now = datetime.now(UTC)

    for answer in (changed_documents((now - timedelta(days=90)).isoformat()), changed_timeline("2020-01-01T00:00:00Z")):
        assert answer.status == 410
        assert "Start over" in answer.json["detail"]
    assert changed_documents((now - timedelta(days=89)).isoformat()).status == 200


@pytest.mark.parametrize(
    ("route", "query", "word"),
    [
        ("/documents", {"collection": "news", "state": "waiting"}, "state"),
        ("/documents", {"collection": "news", "path": "a.txt"}, "path"),
        (TIMELINE, {"order": "desc"}, "order"),
        (TIMELINE, {"view": "occurrences"}, "view"),
        (f"{TIMELINE}.csv", {}, "JSON"),
        (f"{TIMELINE}.csv", {"limit": "1"}, "JSON"),
    ],
)
def test_what_does_not_go_with_changes_is_refused(cloud: Cloud, route: str, query: dict[str, str], word: str) -> None:
    publish(cloud, "drop/news/a.txt", finding("A"))

    answer = ask(route, NEWS if route != "/documents" else {}, query={"changed_since": _now(), **query})

    assert answer.status == 400
    assert word in answer.json["detail"]


def _now() -> str:
    return datetime.now(UTC).isoformat()


def test_changes_of_a_collection_that_a_reader_may_not_read_do_not_exist(
    cloud: Cloud, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("DATELINE_COLLECTIONS_CLAIM", "may")
    publish(cloud, "drop/news/a.txt", finding("A"))

    for claims, status in (({"may": "other"}, 404), ({}, 404), ({"may": "news other"}, 200)):
        asked: dict[str, Any] = {"claims": claims}
        since = {"changed_since": _now()}
        assert ask("/documents", query={"collection": "news", **since}, **asked).status == status
        assert ask(TIMELINE, NEWS, query=since, **asked).status == status


def test_documents_that_wait_or_are_rejected_are_counted_on_a_first_page(cloud: Cloud) -> None:
    for name in "abc":
        publish(cloud, f"drop/news/{name}.txt", finding("A"))
    for name, state in (("a", "rejected"), ("b", "waiting"), ("d", "waiting")):
        place = keys.place(f"drop/news/{name}.txt")
        assert place is not None
        held = cloud.store.heads.take(place, 60)
        cloud.store.heads.write(held, held.head.model_copy(update={"state": state}))

    first = ask("/documents", query={"collection": "news", "limit": "1"}).json
    second = ask("/documents", query={"collection": "news", "limit": "1", "cursor": first["cursor"]}).json

    assert {name: one["about"] for name, one in first["counts"].items()} == {
        "documents": 4,
        "waiting": 2,
        "rejected": 1,
    }
    assert (second["counts"], second["changed_since"]) == (None, None)


Act = Literal["receive", "publish", "wait", "reject", "delete", "link", "poll"]
_CLOCKS = (-by_change.CLOCKS_APART / 2, timedelta(), by_change.CLOCKS_APART / 2)
_START = datetime(2026, 1, 2, tzinfo=UTC)
_LEASE_SECONDS = 1


class LaggingTable(MemoryTable):
    """A table whose indexes show what stood in it some seconds ago."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.lag = 0.0
        self.history: list[tuple[float, list[Item]]] = [(-1_000.0, [])]

    def indexed(self) -> Iterable[Item]:
        return next(items for at, items in reversed(self.history) if at <= self.seconds - self.lag)

    def _keep(self, item: Item, calls: int = 1) -> None:
        super()._keep(item, calls)
        self.history.append((self.seconds, list(self.contents().values())))


@dataclass
class Follower:
    """Somebody who read a collection once and then asks for what has changed, a page after the other."""

    library: Library
    since: datetime | None = None
    events_since: datetime | None = None
    states: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    events: dict[str, list[str]] = field(default_factory=dict)

    def poll(self) -> None:
        self.since = self._documents(self.since)
        self.events_since = self._events(self.events_since)

    def _documents(self, since: datetime | None) -> datetime | None:
        following, cursor, begun = None, None, False
        while not begun or cursor is not None:
            query = DocumentsQuery(collection="news", changed_since=since and since.isoformat(), cursor=cursor, limit=2)
            page = documents(self.library, query)
            self.states |= {one.id: (one.state, one.events) for one in page.documents}
            for one in page.gone:
                self.states.pop(one, None)
            following, cursor, begun = following or page.changed_since, page.cursor, True
        return following

    def _events(self, since: datetime | None) -> datetime | None:
        following, cursor, begun = None, None, False
        while not begun or cursor is not None:
            query = TimelineQuery(changed_since=since and since.isoformat(), cursor=cursor, limit=2)
            page = of_collection(self.library, query, "news")
            self.events |= {one: [] for one in page.sources if since is not None}
            for told in page.events:
                self.events.setdefault(told.document_id, []).append(told.title)
            for one in page.gone:
                self.events.pop(one, None)
            following, cursor, begun = following or page.changed_since, page.cursor, True
        return following


@dataclass
class World:
    """Workers and a reader with clocks a minute apart, over one table."""

    table: LaggingTable = field(default_factory=LaggingTable)
    bucket: MemoryBucket = field(default_factory=MemoryBucket)
    runs: int = 0

    def store(self, clock: timedelta) -> Store:
        return store_over(
            self.table,
            self.bucket,
            lambda: _START + timedelta(seconds=self.table.seconds) + clock,
        )

    def act(self, act: Act, name: str, clock: timedelta) -> None:
        store, place = self.store(clock), keys.Place(f"drop/news/{name}", "news", name)
        if act == "link":
            held = store.heads.get(place.document_id)
            if held is not None:
                store.heads.note_folded(held, is_open=False)
            return
        held = store.heads.take(place, _LEASE_SECONDS)
        if act == "receive":
            return
        update: dict[str, Any] = {"state": {"wait": "waiting", "reject": "rejected"}.get(act, "done")}
        if act in {"delete", "reject"}:
            update |= {"state": "deleted" if act == "delete" else "rejected", "current": None}
        if act == "publish":
            self.runs += 1
            found = [finding(f"{name} {self.runs} {number}") for number in range(self.runs % 4)]
            ids = [keys.event_id(place.document_id, number) for number in range(len(found))]
            made = run(place.document_id, held.fence).model_copy(update={"events": len(found)})
            store.runs.write(
                "news", made, [event(one, of, place.document_id) for one, of in zip(found, ids, strict=True)]
            )
            update["current"] = held.fence
        store.heads.write(held, held.head.model_copy(update=update))

    def truth(self) -> tuple[dict[str, tuple[str, int | None]], dict[str, list[str]]]:
        store = self.store(timedelta())
        states: dict[str, tuple[str, int | None]] = {}
        events: dict[str, list[str]] = {}
        for pk, sk in self.table.contents():
            held = store.heads.get(keys.document_of(pk)) if sk == keys.HEAD else None
            if held is None or held.head.state == "deleted":
                continue
            document_id, current = held.head.document_id, held.head.current
            made = store.runs.get(document_id, current) if current is not None else None
            states[document_id] = (held.head.state, made.events if made else None)
            told = store.runs.events(document_id, current) if current is not None else []
            events[document_id] = sorted(one.title for one in told)
        return states, {one: titles for one, titles in events.items() if titles}


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "publish", "wait", "reject", "delete", "link", "poll", "poll"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(_CLOCKS),
        st.sampled_from([0, 1, 28, 59, 60, 90, 150]),
        st.sampled_from([0, 1, int(by_change.ON_ITS_WAY.total_seconds())]),
    ),
    max_size=25,
)


@given(ACTS, st.sampled_from(_CLOCKS))
# A slow worker's change shows at the last moment to a reader whose clock is fast.
@example(
    [
        ("publish", "a", _CLOCKS[1], 0, 0),
        ("poll", "a", _CLOCKS[1], 0, 0),
        ("publish", "a", _CLOCKS[0], 0, 0),
        ("poll", "a", _CLOCKS[1], 29, 30),
    ],
    _CLOCKS[2],
)
def test_who_follows_a_collection_sees_the_last_state_of_every_document_whatever_the_order(
    acts: list[tuple[Act, str, timedelta, int, int]], clock: timedelta
) -> None:
    world = World()
    world.store(timedelta()).listing.register("news")
    follower = Follower(Library(world.store(clock), Access()))
    for act, name, of_worker, seconds, lag in acts:
        world.table.seconds += seconds
        world.table.lag = lag
        if act == "poll":
            follower.poll()
            continue
        try:
            world.act(act, name, of_worker)
        except Retryable:
            continue

    world.table.seconds += by_change.ON_ITS_WAY.total_seconds()
    follower.poll()

    found = {one: sorted(titles) for one, titles in follower.events.items() if titles}
    assert (follower.states, found) == world.truth()


def test_what_is_not_ready_says_when_to_ask_again(cloud: Cloud) -> None:
    waiting = cloud.store.heads.take(keys.Place("drop/news/a.txt", "news", "a.txt"), 60).head.document_id
    there = publish(cloud, "drop/news/b.txt", finding("B"))

    answers = [ask("/documents/{id}", {"id": waiting}), ask("/documents/{id}/text", {"id": waiting})]

    assert [(one.status, one.headers["Retry-After"]) for one in answers] == [(200, "5"), (404, "5")]
    assert "Retry-After" not in ask("/documents/{id}", {"id": there}).headers
    assert "Retry-After" not in ask("/documents/{id}/text", {"id": "doc_" + "a" * 20}).headers
