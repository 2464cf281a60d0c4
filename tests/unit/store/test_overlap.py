"""The collection's timeline against the plain definition of overlap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.dates import Day
from dateline.records import Event, Finding
from dateline.store import keys
from dateline.store.overlap import EXAMINED_AT_MOST, Search, Window
from dateline.store.store import Store, store_over
from tests.factories import event, finding, reported, run
from tests.memory_bucket import MemoryBucket
from tests.memory_table import Counted, MemoryTable
from tests.unit.store.conftest import Clock

PLACE = keys.Place("drop/news/a.txt", "news", "a.txt")


@pytest.fixture
def table() -> MemoryTable:
    return MemoryTable()


@pytest.fixture
def store(table: MemoryTable, clock: Clock) -> Store:
    return store_over(table, MemoryBucket(), clock)


def publish(store: Store, findings: list[Finding], place: keys.Place = PLACE, *, previous: bool = False) -> list[str]:
    """Write a run and switch to it; with `previous`, remember which run was there before."""
    held = store.heads.take(place, 60)
    ids = [keys.event_id(place.document_id, number) for number in range(1, len(findings) + 1)]
    events = [event(one, event_id, place.document_id) for one, event_id in zip(findings, ids, strict=True)]
    store.runs.write(place.collection, run(place.document_id, held.fence), events)
    before = held.head.current if previous else None
    head = held.head.model_copy(update={"state": "done", "current": held.fence, "previous": before})
    store.heads.write(held, head)
    return ids


def titles(
    store: Store,
    start: str | None,
    end: str | None,
    limit: int = 50,
    *,
    examine: int = EXAMINED_AT_MOST,
    wanted: Callable[[Event], bool] | None = None,
    backwards: bool = False,
) -> list[str]:
    """Read a whole timeline page by page."""
    window = Window(Day.parse(start) if start else None, Day.parse(end) if end else None)
    found: list[str] = []
    after = None
    while True:
        page = store.timeline.page("news", Search(window, wanted, backwards), after, limit, examine)
        assert page.examined <= examine
        found.extend(one.title for one in page.rows)
        after = page.next
        if after is None:
            return found


def test_a_year_belongs_to_a_query_for_one_of_its_months(store: Store) -> None:
    publish(store, [finding("In 2023", "2023-01-01", "2023-12-31")])

    assert titles(store, "2023-06-01", "2023-06-30") == ["In 2023"]
    assert titles(store, "2024-01-01", None) == []
    assert titles(store, None, "2022-12-31") == []


def test_what_is_under_way_comes_first_and_the_order_is_one(store: Store) -> None:
    publish(
        store,
        [
            finding("On the day", "2024-05-10", "2024-05-10"),
            finding("That month", "2024-05-01", "2024-05-31"),
            finding("Since 2015", "2015-01-01", None),
            finding("Until 2030", None, "2030-12-31", extent="throughout"),
            finding("That century", "1901-01-01", "2100-12-31"),
            finding("Before", "2024-05-09", "2024-05-09"),
            finding("Undated", None, None),
        ],
    )

    expected = ["Until 2030", "That century", "Since 2015", "That month", "On the day"]
    assert titles(store, "2024-05-10", "2024-05-10") == expected
    assert titles(store, "2024-05-10", "2024-05-10", limit=1) == expected


def test_a_page_that_is_full_of_what_lasts_for_years_reads_nothing_shorter(store: Store, table: MemoryTable) -> None:
    years = [finding(f"Since {year}", f"{year}-01-01", None) for year in (1999, 2005, 2010)]
    shorter = [finding("That month", "2024-05-01", "2024-05-31"), finding("That year", "2024-01-01", "2024-12-31")]
    publish(store, years + shorter)
    search: Search[Event] = Search(Window(Day(2024, 5, 10)))
    table.counted = Counted()

    first = store.timeline.page("news", search, None, 2)

    assert [one.title for one in first.rows] == ["Since 1999", "Since 2005"]
    assert table.counted.items_read == len(years) + len(["head"])
    second = store.timeline.page("news", search, first.next, 50)
    assert [one.title for one in second.rows] == ["Since 2010", "That year", "That month"]


def test_a_time_of_day_orders_the_events_of_a_day(store: Store) -> None:
    def at(title: str, time: str | None, day: str = "2024-05-03") -> Finding:
        made = finding(title, day, day)
        return made.model_copy(update={"when": made.when.model_copy(update={"time": time})})

    told = [at("noon", "12:00"), finding("week", "2024-05-03", "2024-05-09"), at("some time", None)]
    publish(store, [*told, at("dawn", "05:30"), at("next day", "01:00", "2024-05-04"), at("also noon", "12:00")])

    ordered = ["some time", "dawn", "noon", "also noon", "week", "next day"]
    assert titles(store, None, None) == titles(store, None, None, 1) == ordered
    assert titles(store, "2024-05-03", "2024-05-03", 2) == ordered[:-1]
    assert titles(store, None, None, 1, backwards=True) == ordered[::-1]
    assert [one.title for one in store.runs.events(PLACE.document_id, 1)] == ordered

    publish(store, [at("rewritten", "12:00")])
    store.runs.tidy(PLACE.document_id)
    assert store.timeline.page("news", Search(Window(None, None)), None, 50).examined == 1


def test_the_order_can_be_turned_round(store: Store) -> None:
    publish(
        store,
        [
            finding("On the day", "2024-05-10", "2024-05-10"),
            finding("A day later", "2024-05-11", "2024-05-11"),
            finding("That month", "2024-05-01", "2024-05-31"),
            finding("Since 2015", "2015-01-01", None),
            finding("Until 2030", None, "2030-12-31", extent="throughout"),
        ],
    )

    expected = ["A day later", "On the day", "That month", "Since 2015", "Until 2030"]
    assert titles(store, "2024-05-10", "2024-05-11", backwards=True) == expected
    assert titles(store, "2024-05-10", "2024-05-11", limit=1, backwards=True) == expected
    assert titles(store, None, None, limit=1, backwards=True) == expected


def test_a_page_says_how_far_it_looked_and_may_be_empty(store: Store) -> None:
    publish(store, [finding(str(number), f"2024-01-{number:02}", f"2024-01-{number:02}") for number in range(1, 10)])
    search: Search[Event] = Search(wanted=lambda one: one.title == "9")

    first = store.timeline.page("news", search, None, 5, examine=4)
    second = store.timeline.page("news", search, first.next, 5, examine=8)

    assert (first.rows, first.examined) == ([], 4)
    assert first.reached is not None
    assert first.reached.start == Day(2024, 1, 4)
    assert ([one.title for one in second.rows], second.examined, second.next) == (["9"], 5, None)


def test_the_bounds_are_those_of_dated_starts_and_of_what_begins_last(store: Store) -> None:
    assert store.timeline.bounds("news") == (None, None)

    publish(
        store,
        [finding("Until 1990", None, "1990-12-31", extent="throughout"), finding("Since 2015", "2015-01-01", None)],
    )
    assert store.timeline.bounds("news") == (Day(2015, 1, 1), Day(2015, 1, 1))

    publish(store, [finding("A", "2001-01-01"), finding("B", "2016-01-01", "2016-12-31")])
    assert store.timeline.bounds("news") == (Day(2001, 1, 1), Day(2016, 12, 31))


def test_years_before_the_first_sort_before_it(store: Store) -> None:
    publish(store, [finding("44 BCE", "-0043-03-15", "-0043-03-15"), finding("79", "0079-08-24", "0079-08-24")])

    assert titles(store, None, None) == ["44 BCE", "79"]
    assert titles(store, "-0100-01-01", "0001-01-01") == ["44 BCE"]


def test_an_old_run_is_not_seen_and_neither_is_one_that_was_never_switched_to(store: Store, clock: Clock) -> None:
    publish(store, [finding("Old")])
    publish(store, [finding("New")])
    clock.wait(100)
    held = store.heads.take(PLACE, 60)
    store.runs.write(
        "news", run(PLACE.document_id, held.fence), [event(finding("Half done"), "evt_x_00001", PLACE.document_id)]
    )

    assert titles(store, None, None) == ["New"]


def test_tidying_leaves_the_current_run_alone(store: Store, clock: Clock) -> None:
    publish(store, [finding("Old", "2024-01-01", "2024-03-31"), finding("Old, undated", None, None)])
    ids = publish(store, [finding("New", "2024-01-01", "2024-03-31")])

    store.runs.tidy(PLACE.document_id)

    assert titles(store, None, None) == ["New"]
    assert titles(store, "2024-02-01", None) == ["New"]
    assert [one.id for one in store.runs.events(PLACE.document_id, 2)] == ids
    assert store.runs.get(PLACE.document_id, 1) is None
    assert store.runs.events(PLACE.document_id, 1) == []


def test_paging_goes_on_after_an_event_that_was_written_anew_meanwhile(store: Store, clock: Clock) -> None:
    publish(store, [finding("A", "2024-01-01"), finding("B", "2024-01-01"), finding("C", "2024-01-01")])
    first = store.timeline.page("news", Search(), None, 2)
    publish(store, [finding("A", "2024-01-01"), finding("B", "2024-01-01"), finding("C", "2024-01-01")])
    store.runs.tidy(PLACE.document_id)

    second = store.timeline.page("news", Search(), first.next, 2)

    assert [one.title for one in (*first.rows, *second.rows)] == ["A", "B", "C"]


def test_the_run_before_the_current_one_can_be_read_but_is_on_no_timeline(store: Store) -> None:
    for number in range(1, 4):
        publish(
            store, [finding(f"Run {number}", "2024-01-01", "2024-03-31"), finding("Undated", None, None)], previous=True
        )
        store.runs.tidy(PLACE.document_id)

    held = store.heads.get(PLACE.document_id)
    assert held is not None
    assert [one.number for one in store.runs.shown(held.head)] == [3, 2]
    assert [one.title for one in store.runs.events(PLACE.document_id, 2)] == ["Run 2", "Undated"]
    assert store.runs.get(PLACE.document_id, 1) is None
    assert store.runs.events(PLACE.document_id, 1) == []
    assert titles(store, None, None) == ["Run 3"]
    assert titles(store, "2024-02-01", None) == ["Run 3"]


def test_an_event_is_found_by_its_id_while_the_current_run_has_it(store: Store) -> None:
    first, second = publish(store, [finding("A"), finding("Undated", None, None)])
    held = store.heads.get(PLACE.document_id)
    assert held is not None

    found = [store.runs.event(one, held.head) for one in (first, second, "evt_x_00001", "#")]

    assert [one and one.title for one in found] == ["A", "Undated", None, None]


days = st.integers(Day(2019, 1, 1).ordinal(), Day(2021, 12, 31).ordinal())
pages = st.tuples(st.integers(1, 5), st.integers(1, 9))
spans = st.tuples(st.none() | days, st.none() | st.integers(0, 5_000)).filter(lambda one: one != (None, None))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(spans, max_size=12), st.tuples(days, st.integers(0, 400)), pages, st.booleans())
def test_exactly_what_overlaps_and_is_wanted_is_found_once_and_in_order(
    store: Store,
    some: list[tuple[int | None, int | None]],
    begin_and_more: tuple[int, int],
    page: tuple[int, int],
    backwards: bool,
) -> None:
    (start, more), (limit, examine) = begin_and_more, page
    bounds = [
        (
            begin,
            None
            if length is None
            else (begin if begin is not None else start) + length - (2_000 if begin is None else 0),
        )
        for begin, length in some
    ]
    findings = [
        finding(
            str(number),
            str(Day.from_ordinal(begin)) if begin is not None else None,
            str(Day.from_ordinal(end)) if end is not None else None,
            extent="throughout" if number % 2 else "within",
        )
        for number, (begin, end) in enumerate(bounds)
    ]
    # What happened once, by some day, stands on that day alone.
    bounds = [(end if begin is None and number % 2 == 0 else begin, end) for number, (begin, end) in enumerate(bounds)]
    publish(store, findings)
    store.runs.tidy(PLACE.document_id)

    found = titles(
        store,
        str(Day.from_ordinal(start)),
        str(Day.from_ordinal(start + more)),
        limit,
        examine=examine,
        wanted=lambda one: int(one.title) % 3 != 0,
        backwards=backwards,
    )

    overlapping = {
        str(number)
        for number, (begin, end) in enumerate(bounds)
        if (begin is None or begin <= start + more) and (end is None or end >= start) and number % 3 != 0
    }
    assert len(found) == len(set(found))
    assert set(found) == overlapping
    starts = [bounds[int(title)][0] for title in found]
    assert starts == sorted(starts, key=lambda one: -1 if one is None else one, reverse=backwards)


def test_what_happens_once_by_some_day_stands_on_that_day_alone(store: Store) -> None:
    publish(
        store, [finding("By 2024", None, "2024-12-31"), finding("Due by 2024", None, "2024-12-31", course="planned")]
    )

    assert titles(store, "2024-12-31", None) == ["By 2024", "Due by 2024"]
    assert titles(store, "1990-01-01", "2024-12-30") == []


@pytest.mark.parametrize("limit", [1, 50])
def test_a_day_s_dated_events_stand_before_what_was_only_reported_on_it(store: Store, limit: int) -> None:
    noon = finding("Noon", "2024-05-24", "2024-05-24")
    noon = noon.model_copy(update={"when": noon.when.model_copy(update={"time": "12:00"})})
    findings = [
        reported("Reported"),
        noon,
        finding("That week", "2024-05-24", "2024-05-30"),
        finding("From then on", "2024-05-24", None, extent="throughout"),
        finding("On the day", "2024-05-24", "2024-05-24"),
        finding("Next day", "2024-05-25", "2024-05-25"),
    ]
    publish(store, findings)

    ordered = ["On the day", "Noon", "That week", "From then on", "Reported", "Next day"]
    assert titles(store, None, None, limit) == ordered
    assert titles(store, "2024-05-24", "2024-05-24", limit) == ordered[:-1]
    assert titles(store, None, None, limit, backwards=True) == ordered[::-1]
    assert [one.title for one in store.runs.events(PLACE.document_id, 1)] == ordered

    publish(store, [reported("Reported anew")])
    store.runs.tidy(PLACE.document_id)
    assert store.timeline.page("news", Search(Window(None, None)), None, 50).examined == 1


def test_a_query_for_another_decade_reads_nothing_of_a_collection_of_news(store: Store, table: MemoryTable) -> None:
    """Every document has its news, and no more is read than if each had a day of its own."""
    read = {}
    for collection, made in (("news", reported), ("days", finding)):
        for number in range(30):
            place = keys.place(f"drop/{collection}/{number}.txt")
            assert place is not None
            day = f"2024-05-{number + 1:02}"
            publish(store, [reported("News", day) if made is reported else finding("Day", day, day)], place)
        table.counted = Counted()
        for window in (("1990-01-01", "1999-12-31"), ("2030-01-01", "2039-12-31")):
            page = store.timeline.page(collection, Search(Window(*map(Day.parse, window))), None, 50)
            assert (page.rows, page.examined, page.next) == ([], 0, None)
        read[collection] = replace(table.counted)

    assert read["news"].items_read == 0
    assert read["news"].calls == read["days"].calls > 0


@pytest.mark.parametrize("limit", [1, 3])
def test_documents_of_a_collection_share_its_timeline(store: Store, limit: int) -> None:
    for number in range(4):
        place = keys.place(f"drop/news/{number}.txt")
        assert place is not None
        publish(store, [finding(f"Event {number}", f"2024-01-0{number + 1}", f"2024-01-0{number + 1}")], place)

    assert titles(store, None, None, limit) == [f"Event {number}" for number in range(4)]
