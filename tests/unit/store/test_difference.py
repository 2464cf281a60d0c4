"""What became different between two runs."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Event, Finding
from dateline.store.difference import MOST_LISTED, Difference, compare
from tests.factories import event, finding

DAYS = ("2024-01-01", "2024-02-01")


def _made(number: int, *, day: str = DAYS[0], status: str = "stated") -> Event:
    made: Finding = finding("An event", day, day).model_copy(update={"status": status})
    return event(made, f"evt_{number:05}", "doc_1")


_EVENTS = st.dictionaries(
    st.integers(0, 8), st.tuples(st.sampled_from(DAYS), st.sampled_from(["stated", "denied"])), max_size=8
).map(lambda some: [_made(number, day=day, status=status) for number, (day, status) in some.items()])


def test_events_that_came_went_and_changed_are_told_apart() -> None:
    old = [_made(1), _made(2), _made(3), _made(4)]
    new = [_made(2, day=DAYS[1]), _made(3, status="denied"), _made(4), _made(5)]

    change = compare(old, new).since(7)

    assert change.old == 7
    assert (change.added, change.gone) == (("evt_00005",), ("evt_00001",))
    assert (change.date_changed, change.status_changed) == (("evt_00002",), ("evt_00003",))


def test_a_date_that_was_only_found_otherwise_has_not_changed() -> None:
    old = _made(1)
    new = old.model_copy(update={"when": old.when.model_copy(update={"rule": "another", "checked": "model"})})

    assert compare([old], [new]) == Difference([], [], [], [])


@given(_EVENTS, _EVENTS)
def test_the_other_way_round_what_was_added_is_gone(old: list[Event], new: list[Event]) -> None:
    there, back = compare(old, new), compare(new, old)

    assert {one.id for one in there.added} == {one.id for one in back.gone}
    assert {new.id for _, new in there.date_changed} == {new.id for _, new in back.date_changed}
    assert len(old) - len(there.gone) + len(there.added) == len(new)
    assert compare(old, old) == Difference([], [], [], [])


def test_a_change_fits_into_a_run_however_many_events_there_are() -> None:
    change = compare([], [_made(number) for number in range(MOST_LISTED + 5)]).since(1)

    assert len(change.added) == MOST_LISTED
