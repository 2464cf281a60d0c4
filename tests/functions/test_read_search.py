"""Searching through the read function, over documents that were brought up to date as dropped ones are."""

from __future__ import annotations

import time
from typing import Any

import pytest

from dateline.lane.messages import PackMessage, RebuildMessage
from dateline.search.folding import fold
from dateline.store import keys
from read import search as searching
from summarize import searching as packing
from summarize.searching import due, pack, rebuild
from tests.functions.conftest import Cloud
from tests.functions.newsroom import FIRST, SECOND, Newsroom, place
from tests.functions.reading import Answered, ask

A, B, C = "drop/news/a.txt", "drop/news/b.txt", "drop/papers/c.txt"
CHINESE = "北京大学于2024年5月3日发表声明。\n"
ARABIC = "في ٣ مايو ٢٠٢٤ اجتمع المُجلِس في المدينة.\n"
TURKISH = "3 Mayıs 2024 günü ISPARTA'da ısınma kesildi, İzmir'de değil.\n"
FRENCH = "Le 3 mai 2024, le navire a coule\u0301 près de l'île d'Yeu.\n"


@pytest.fixture
def newsroom(cloud: Cloud) -> Newsroom:
    """The newsroom whose table and bucket the read function reads."""
    assert isinstance(cloud.table, type(Newsroom().table))
    assert isinstance(cloud.bucket, type(Newsroom().bucket))
    return Newsroom(cloud.table, cloud.bucket)


def dropped(newsroom: Newsroom, key: str, text: str, **metadata: str) -> str:
    newsroom.drop(key, text, **metadata)
    newsroom.work(key)
    return place(key).document_id


def packed(newsroom: Newsroom, collection: str = "news", *, whole: bool = False) -> None:
    assert pack(PackMessage(collection=collection, whole=whole), newsroom.store, time.monotonic() + 60)


def look(q: str, *, claims: dict[str, str] | None = None, **query: str) -> Answered:
    return ask("/search", query={"q": q, **query}, claims=claims)


def paths(q: str, **query: Any) -> list[str]:
    answer = look(q, **query)
    assert answer.status == 200, answer.json
    return [f"{one['collection']}/{one['path']}" for one in answer.json["documents"]]


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        (FIRST, "COUNCIL vot*", "council"),
        (FIRST, '"council of aldermoor"', "council of Aldermoor"),
        (CHINESE, "北京", "北京"),
        (CHINESE, "大学 声明", "大学"),
        (ARABIC, "المجلس", "المُجلِس"),
        (ARABIC, "2024", "٢٠٢٤"),
        (TURKISH, "isparta", "ISPARTA"),
        (TURKISH, "ISINMA", "ısınma"),
        (TURKISH, "izmir", "İzmir"),
        (FRENCH, "coule", "coule\u0301"),
        (FRENCH, "COULÉ ile", "coule\u0301"),
    ],
)
def test_a_text_is_found_in_any_language_and_its_hits_are_spans_of_it(
    newsroom: Newsroom, text: str, query: str, shown: str
) -> None:
    document = dropped(newsroom, A, text)

    (found,) = look(query).json["documents"]

    stored = ask("/documents/{id}/text", {"id": document}).json["text"]
    cut = [stored[one["start"] : one["end"]] for one in found["places"]]
    assert cut[0] == shown
    (hit, *_) = [one for one in found["hits"] if one["where"] in {"text", "quote"}]
    lit = [hit["snippet"][one["start"] : one["end"]] for one in hit["spans"]]
    assert lit[0] == shown
    assert all(any(fold(term.strip('"*')) in fold(one) for term in [query, *query.split()]) for one in lit)


def test_a_hit_in_a_quote_leads_to_its_event(newsroom: Newsroom) -> None:
    dropped(newsroom, A, FIRST)

    (found,) = look("voted").json["documents"]

    events = {one["title"]: one["id"] for one in ask("/documents/{id}/timeline", {"id": found["id"]}).json["events"]}
    assert [(one["where"], one["event"]) for one in found["hits"]] == [
        ("title", events["Council voted"]),
        ("quote", events["Council voted"]),
    ]


def test_titles_come_first_then_the_newest(newsroom: Newsroom) -> None:
    for name, text, day in (
        ("old", "The mayor spoke.\n", "2020-01-01"),
        ("new", "The mayor spoke again.\n", "2024-01-01"),
        ("titled", "---\ntitle: The mayor\n---\nNobody spoke.\n", "2019-01-01"),
    ):
        dropped(newsroom, f"drop/news/{name}.md", text, published=day)

    assert paths("mayor") == ["news/titled.md", "news/new.md", "news/old.md"]


@pytest.mark.parametrize("is_packed", [False, True])
def test_pages_follow_each_other_without_gaps(newsroom: Newsroom, is_packed: bool) -> None:
    for number in range(5):
        dropped(newsroom, f"drop/news/{number}.txt", f"The mayor spoke {number} times.\n")
    if is_packed:
        packed(newsroom)

    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = look("mayor", limit="2", **({"cursor": cursor} if cursor else {})).json
        seen += [one["path"] for one in page["documents"]]
        cursor, pages = page["cursor"], pages + 1

    assert (sorted(seen), pages) == ([f"{number}.txt" for number in range(5)], 3)
    assert look("mayor", limit="2", cursor="x").status == 400


def test_all_collections_are_searched_or_one(newsroom: Newsroom) -> None:
    dropped(newsroom, A, FIRST)
    dropped(newsroom, C, FIRST)

    assert sorted(paths("council")) == ["news/a.txt", "papers/c.txt"]
    assert paths("council", collection="papers") == ["papers/c.txt"]
    assert look("council", collection="else").status == 404


def test_nobody_finds_what_they_may_not_read(newsroom: Newsroom, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATELINE_COLLECTIONS_CLAIM", "collections")
    dropped(newsroom, A, FIRST)
    dropped(newsroom, C, FIRST)

    assert paths("council", claims={"collections": "papers"}) == ["papers/c.txt"]
    answer = look("council", claims={"collections": "papers"}, collection="news")
    assert answer.status == 404
    assert look("council", claims={}).json["documents"] == []
    assert look("council", claims={}).json["about"] == 0


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_deleted_document_is_found_no_more_at_once(newsroom: Newsroom, is_packed: bool) -> None:
    dropped(newsroom, A, FIRST)
    dropped(newsroom, B, FIRST)
    if is_packed:
        packed(newsroom)
    assert len(paths("council")) == 2

    newsroom.delete(A)
    newsroom.work(A)

    assert paths("council") == ["news/b.txt"]


def test_of_a_deleted_document_no_word_is_left_in_the_bucket(newsroom: Newsroom) -> None:
    dropped(newsroom, A, FIRST)
    dropped(newsroom, B, SECOND)
    packed(newsroom)
    newsroom.delete(A)
    newsroom.work(A)

    packed(newsroom, whole=True)

    left = [found.data for key in newsroom.bucket.keys(keys.SEARCH_PREFIX) if (found := newsroom.bucket.get(key))]
    assert len(left) == 1
    assert b"adjourned" in left[0]
    assert b"voted" not in left[0]


def test_a_replaced_text_is_found_by_its_new_words_alone(newsroom: Newsroom) -> None:
    dropped(newsroom, A, FIRST)
    packed(newsroom)

    dropped(newsroom, A, SECOND)

    assert paths("voted") == []
    assert paths("adjourned") == ["news/a.txt"]
    packed(newsroom, whole=True)
    assert paths("adjourned") == ["news/a.txt"]


def test_a_killed_worker_leaves_its_document_found_once_or_as_it_was(newsroom: Newsroom) -> None:
    from tests.functions.dying import Gate, Killed

    for writes in range(60):
        room = Newsroom()
        dropped(room, A, FIRST)
        room.drop(A, SECOND)
        try:
            room.work(A, Gate(writes))
        except Killed:
            room.later += room.later.__class__(hours=1)
            room.work(A)
        else:
            assert writes > 5
            return
        (run,) = [part for part in room.store.segments.manifest("news") if part.number is None]
        assert run.object.endswith(f"{room.held(A).head.current:010}")


@pytest.mark.parametrize("query", ["...", '"', "a b c d e f g h i j k"])
def test_what_cannot_be_looked_for_is_a_bad_request_that_says_why(newsroom: Newsroom, query: str) -> None:
    answer = look(query)

    assert (answer.status, answer.json["detail"][:2]) == (400, "q:")


@pytest.mark.parametrize("query", [".*", "a" * 200, "' OR 1=1", "<script>", "\x1f", "%00", "council\x00*", "\ud800 x"])
def test_hostile_queries_are_words_like_others(newsroom: Newsroom, query: str) -> None:
    dropped(newsroom, A, "<script>alert(1)</script> says the council.\n")

    assert look(query).status in {200, 400}


def test_more_than_fits_is_left_and_said(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in (A, B):
        dropped(newsroom, key, FIRST)
    monkeypatch.setattr("read.segment_cache._LEAST_MB", 0)
    monkeypatch.setattr("read.segment_cache._OTHERS_MB", 512)

    body = look("council").json

    assert (body["documents"], body["searched"]["documents_left"]) == ([], 2)


def test_collections_beyond_the_bound_are_counted(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_COLLECTIONS_AT_MOST", 1)
    dropped(newsroom, A, FIRST)
    dropped(newsroom, C, FIRST)

    searched = look("council").json["searched"]

    assert (searched["collections"], searched["collections_left"]) == (1, 1)


def test_what_is_packed_while_it_is_searched_is_found(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped(newsroom, A, FIRST)
    dropped(newsroom, B, FIRST)
    load = type(newsroom.store.segments).load
    looked: list[Any] = []

    def slow(self: Any, part: Any) -> Any:
        if not looked:
            looked.append(part)
            packed(newsroom)
        return load(self, part)

    monkeypatch.setattr("read.segment_cache._AT_ONCE", 1)
    monkeypatch.setattr("dateline.store.search.segments.Segments.load", slow)

    assert sorted(paths("council")) == ["news/a.txt", "news/b.txt"]


def test_a_collection_is_to_be_packed_once_many_of_its_runs_lie_by_themselves(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LOOSE_AT_MOST", 2)
    dropped(newsroom, A, FIRST)
    few = due(["news"], newsroom.store)
    dropped(newsroom, B, FIRST)

    assert (few, due(["news"], newsroom.store)) == ([], [PackMessage(collection="news")])


def test_rebuilding_finds_again_what_was_lost(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_DOCUMENTS_A_PAGE", 2)
    for number in range(5):
        dropped(newsroom, f"drop/news/{number}.txt", FIRST)
    packed(newsroom)
    newsroom.bucket.delete(newsroom.bucket.keys(keys.SEARCH_PREFIX))
    assert paths("council") == []

    message: RebuildMessage | None = RebuildMessage(collection="news")
    pages = 0
    while message is not None:
        message, pages = rebuild(message, newsroom.store).rest, pages + 1

    assert (len(paths("council")), pages) == (5, 3)
    assert all(newsroom.bucket.exists(part.object) for part in newsroom.store.segments.manifest("news"))


def test_rebuilding_twice_leaves_each_document_once(newsroom: Newsroom) -> None:
    dropped(newsroom, A, FIRST)
    dropped(newsroom, B, SECOND)
    for _ in range(2):
        rebuild(RebuildMessage(collection="news"), newsroom.store)
        packed(newsroom, whole=True)

    assert [part.runs for part in newsroom.store.segments.manifest("news")] == [2]
    assert sorted(paths("council")) == ["news/a.txt", "news/b.txt"]
