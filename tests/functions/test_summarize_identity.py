from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Event, Finding
from summarize.identity import identify
from tests.factories import event, finding

DOCUMENT = "doc_a"


def old(*findings: Finding) -> list[Event]:
    return [event(one, f"evt_a_{number:05}", DOCUMENT) for number, one in enumerate(findings, 1)]


def test_new_events_are_numbered_on() -> None:
    assert identify([finding("One"), finding("Two")], [], DOCUMENT, named=4) == (["evt_a_00005", "evt_a_00006"], 6)


def test_an_event_that_rests_on_the_same_sentence_keeps_its_id_under_another_title() -> None:
    before = old(finding("A meeting", quotes=("They met.",)))

    ids, named = identify([finding("Talks", quotes=("They met.",))], before, DOCUMENT, named=1)

    assert (ids, named) == (["evt_a_00001"], 1)


def test_half_of_the_sentences_is_enough_and_less_is_not() -> None:
    before = old(finding("A meeting", quotes=("They met.", "In Ankara.")))

    assert identify([finding("Talks", quotes=("They met.",))], before, DOCUMENT, 1)[0] == ["evt_a_00001"]
    assert identify([finding("Talks", quotes=("They met.", "B.", "C."))], before, DOCUMENT, 1)[0] == ["evt_a_00002"]


def test_two_events_of_one_sentence_are_told_apart_by_their_dates() -> None:
    quotes = ("They met in May and parted in June.",)
    before = old(
        finding("Met", "2024-05-01", "2024-05-31", quotes=quotes),
        finding("Parted", "2024-06-01", "2024-06-30", quotes=quotes),
    )

    after = [
        finding("Farewell", "2024-06-01", "2024-06-30", quotes=quotes),
        finding("Meeting", "2024-05-01", "2024-05-31", quotes=quotes),
    ]

    assert identify(after, before, DOCUMENT, 2)[0] == ["evt_a_00002", "evt_a_00001"]


def test_line_ends_inside_a_quote_do_not_matter() -> None:
    before = old(finding("A meeting", quotes=("They\nmet.",)))

    assert identify([finding("Talks", quotes=("They met.",))], before, DOCUMENT, 1)[0] == ["evt_a_00001"]


quotes = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True).map(tuple)
findings = st.lists(st.builds(lambda one: finding("title", quotes=one), quotes), max_size=8)


@given(findings, findings)
def test_no_id_is_given_twice(before: list[Finding], after: list[Finding]) -> None:
    ids, named = identify(after, old(*before), DOCUMENT, named=len(before))

    assert len(set(ids)) == len(after)
    assert named >= len(before)


@given(findings)
def test_the_same_findings_keep_all_their_ids(before: list[Finding]) -> None:
    ids, named = identify(before, old(*before), DOCUMENT, named=len(before))

    assert sorted(ids) == sorted(one.id for one in old(*before))
    assert named == len(before)
