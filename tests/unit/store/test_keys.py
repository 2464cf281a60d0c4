import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.dates import Day
from dateline.records import Course
from dateline.store import keys
from dateline.store.keys import Place, RowKey, TimelineSpan
from tests.factories import finding

days = st.integers(-3_000_000, 3_000_000).map(Day.from_ordinal)


def test_a_key_names_its_collection_and_path() -> None:
    assert keys.place("drop/ukraine/2024/a b.txt") == Place("drop/ukraine/2024/a b.txt", "ukraine", "2024/a b.txt")


def test_a_file_without_a_folder_is_in_the_inbox() -> None:
    assert keys.place("drop/a.txt") == Place("drop/a.txt", "inbox", "a.txt")


def test_folder_markers_and_other_prefixes_are_no_documents() -> None:
    assert keys.place("drop/ukraine/") is None
    assert keys.place("texts/a.txt") is None


def test_a_path_in_the_inbox_can_be_written_with_and_without_the_inbox() -> None:
    assert [one.key for one in keys.places("inbox", "a.txt")] == ["drop/inbox/a.txt", "drop/a.txt"]
    assert [one.key for one in keys.places("ukraine", "a.txt")] == ["drop/ukraine/a.txt"]


def test_a_decisions_key_names_its_collection_and_the_decision() -> None:
    key = keys.edit_key("news", "one-fire")
    assert keys.edit_place(key) == keys.EditPlace("links/news/one-fire.json", "news", "one-fire")


@pytest.mark.parametrize(
    "key", ["drop/news/a.json", "links/a.json", "links/news/.json", "links/news/a.txt", "links//a.json"]
)
def test_other_keys_are_no_decisions(key: str) -> None:
    assert keys.edit_place(key) is None


def test_two_keys_are_two_documents() -> None:
    ids = {one.document_id for one in keys.places("inbox", "a.txt")}

    assert len(ids) == 2


@given(days, days)
def test_day_keys_sort_as_days_do(one: Day, other: Day) -> None:
    assert (keys.day_key(one) < keys.day_key(other)) == (one < other)


@given(st.none() | days, st.none() | days, st.sampled_from(["", "00:00", "14:30"]), st.booleans())
def test_an_events_keys_are_read_back_as_they_were_written(
    start: Day | None, end: Day | None, time: str, late: bool
) -> None:
    span = TimelineSpan(start, end, time, late)

    under_run = keys.event_key("doc_a", 3, "evt_a_00001", span)
    on_timeline, *_ = keys.EVENTS.keys("news", "evt_a_00001", 3, span)

    assert keys.read_run_key(under_run.sk) == (3, keys.read_row_key(on_timeline.sk))
    read = keys.read_row_key(on_timeline.sk)
    assert (read.version, read.row, read.span, read.span_key) == (3, "evt_a_00001", span, span.key)


def test_a_runs_own_key_is_no_events() -> None:
    assert keys.read_run_key(keys.run_sk(3)) == (3, None)


def test_an_undated_events_key_has_no_span() -> None:
    _, key = keys.read_run_key(keys.event_key("doc_a", 3, "evt_a_00001", None).sk)

    assert key == RowKey("~", "~", "evt_a_00001", 3)
    assert key.span is None


@given(days, st.integers(0, 5_000))
def test_a_span_of_a_class_that_reaches_a_day_began_less_than_its_length_before(start: Day, more: int) -> None:
    end = Day.from_ordinal(start.ordinal() + more)

    found = TimelineSpan(start, end).span_class

    assert (found is None) == (more == 0)
    if found is not None and found.days is not None:
        assert end.ordinal() - start.ordinal() < found.days


def test_open_ends_have_classes_of_their_own() -> None:
    assert TimelineSpan(None, Day(2024, 1, 1)).span_class is keys.OPEN_START
    assert TimelineSpan(Day(2024, 1, 1), None).span_class is keys.OPEN_END


@given(days, days, st.sampled_from([None, 0, 5_000]), st.sampled_from(["", "00:00", "14:30"]))
def test_what_is_late_stands_after_all_that_starts_on_its_day_and_before_the_next(
    day: Day, other: Day, more: int | None, time: str
) -> None:
    end = None if more is None else Day.from_ordinal(other.ordinal() + more)
    dated = f"{TimelineSpan(other, end, time if more == 0 else '').key}#evt"

    assert (dated < f"{TimelineSpan(day, day, late=True).key}#evt") == (other <= day)


@pytest.mark.parametrize("course", ["done", "planned"])
def test_what_happens_once_by_some_day_takes_that_day_alone(course: Course) -> None:
    by = finding("Report due", None, "2025-12-31", course=course).when

    span = keys.timeline_span(by)

    assert span == TimelineSpan(Day(2025, 12, 31), Day(2025, 12, 31))
    assert span.span_class is None


def test_what_lasts_until_some_day_is_under_way_before_it() -> None:
    until = finding("In force", None, "2025-12-31").when.model_copy(update={"extent": "throughout"})

    assert keys.timeline_span(until) == TimelineSpan(None, Day(2025, 12, 31))


def test_what_was_only_reported_is_late_on_that_day() -> None:
    reported = finding("Bridge falls", None, "2024-05-24").when.model_copy(update={"basis": "reported"})

    assert keys.timeline_span(reported) == TimelineSpan(Day(2024, 5, 24), Day(2024, 5, 24), late=True)


def test_an_undated_event_is_on_no_timeline() -> None:
    assert keys.timeline_span(finding("Rejection", None, None).when) is None
