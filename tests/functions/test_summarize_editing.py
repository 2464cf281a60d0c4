"""Editors' decisions: followed at once, kept through reprocessing, undone; what is no decision changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from dateline.errors import Retryable
from dateline.lane.messages import EditMessage, SweepMessage
from dateline.linking.model import Occurrence
from dateline.records import Finding, Name
from dateline.store import keys
from summarize import folding, linking
from summarize.sweep import sweep
from tests.factories import finding
from tests.functions.dying import Gate, Killed
from tests.functions.press import COLLECTION, Press, edit_key
from tests.functions.sent import Sent
from tests.memory_table import MemoryTable

OPENS, PARADE, MARKET = "The Ostra bridge in Velden opens", "Velden parade draws crowd", "Market hall burns in Kelm"
MARKET_AGAIN = "Fire at the covered market"


def told(title: str, day: str, *sentences: int) -> Finding:
    made = finding(title, day, day, quotes=tuple(f"Sentence {n} of {title}." for n in range(1, 7)))
    evidence = tuple(one for one in made.evidence if one.sentence in (sentences or (1,)))
    return made.model_copy(update={"evidence": evidence, "names": (Name(name="Velden", words="Velden"),)})


def bridge(*sentences: int) -> Finding:
    return told(OPENS, "2024-05-03", *sentences)


def market(*sentences: int) -> Finding:
    return told(MARKET, "2024-05-03", *sentences)


def market_again(*sentences: int) -> Finding:
    return told(MARKET_AGAIN, "2024-05-03", *sentences)


def press_with(**documents: list[Finding]) -> Press:
    press = Press()
    for name, findings in documents.items():
        press.publish(name, findings)
        press.link(name)
    return press


def row(press: Press, title: str) -> Occurrence:
    (found,) = (one for one in press.rows() if one.title == title)
    return found


def shown(press: Press) -> list[dict[str, Any]]:
    """Return what readers see of the occurrences, without when they changed."""
    return [one.model_dump(exclude={"changed"}) for one in press.rows()]


def two_that_are_one() -> Press:
    press = press_with(a=[market(1, 2)], b=[market_again(1, 2)], c=[bridge()])
    assert len(press.rows()) == 3
    return press


def joining(press: Press) -> dict[str, Any]:
    reports = press.references(row(press, MARKET), row(press, MARKET_AGAIN))
    return {"kind": "join", "reports": reports, "reason": "One fire."}


def one_that_is_two() -> Press:
    press = press_with(a=[bridge(1, 2)], b=[bridge(1, 2)], c=[bridge(1, 2)])
    assert [one.reports for one in press.rows()] == [3]
    return press


def splitting(press: Press) -> dict[str, Any]:
    first, *others = press.references(row(press, OPENS))
    return {"kind": "split", "reports": [first], "apart_from": others, "reason": "Another bridge."}


def about(press: Press, titled: str, **decision: Any) -> dict[str, Any]:
    return {"reports": press.references(row(press, titled)), "reason": "Because.", **decision}


def test_joined_reports_are_one_occurrence_and_parted_ones_when_that_is_undone() -> None:
    press = two_that_are_one()
    before = press.joined()

    press.decide("one-fire", joining(press))

    assert sorted(one.reports for one in press.rows()) == [1, 2]
    (edit,) = press.rows()[0].edits
    assert (edit.id, edit.kind, edit.reason, edit.by) == ("one-fire", "join", "One fire.", "an editor")

    press.undo("one-fire")
    assert press.joined() == before
    assert all(one.edits == () for one in press.rows())


def test_split_reports_are_two_occurrences_and_one_when_that_is_undone() -> None:
    press = one_that_is_two()
    before = shown(press)

    press.decide("two", splitting(press))
    assert sorted(one.reports for one in press.rows()) == [1, 2]

    press.undo("two")
    assert shown(press) == before


def test_a_hidden_occurrence_stands_in_no_list_until_that_is_undone() -> None:
    press = two_that_are_one()
    before, hidden = shown(press), row(press, MARKET)

    press.decide("not-news", about(press, MARKET, kind="hide"))
    assert {one.title for one in press.rows()} == {MARKET_AGAIN, OPENS}
    assert [one.report.path for one in press.store.links.reports(hidden.id)] == ["a"]

    press.undo("not-news")
    assert shown(press) == before


def test_a_corrected_occurrence_shows_what_the_editor_wrote_until_that_is_undone() -> None:
    press = two_that_are_one()
    before = shown(press)

    press.decide("fix", about(press, MARKET, kind="correct", title="Hall burns", date="2024-04", status="confirmed"))
    (first, *_) = press.rows()
    assert (first.title, first.when.edtf, str(first.when.latest), first.status) == (
        "Hall burns",
        "2024-04",
        "2024-04-30",
        "confirmed",
    )
    assert {one.title for one in press.rows()} == {"Hall burns", MARKET_AGAIN, OPENS}

    press.undo("fix")
    assert shown(press) == before


def test_a_note_is_shown_beside_the_occurrence_until_that_is_undone() -> None:
    press = two_that_are_one()
    before = shown(press)

    press.decide("note", about(press, MARKET, kind="note"))
    assert [one.reason for one in row(press, MARKET).edits] == ["Because."]

    press.undo("note")
    assert shown(press) == before


def test_a_decision_that_is_written_anew_holds_as_it_is_now() -> None:
    press = two_that_are_one()
    first = about(press, MARKET, kind="correct", title="Hall burns")
    press.decide("fix", first)

    press.decide("fix", {**first, "title": "Hall burns down"})

    assert "Hall burns down" in {one.title for one in press.rows()}


def test_a_decision_moved_to_another_occurrence_leaves_the_first_one() -> None:
    press = two_that_are_one()
    press.decide("note", about(press, MARKET, kind="note"))

    press.decide("note", about(press, MARKET_AGAIN, kind="note"))

    assert row(press, MARKET).edits == ()
    assert [one.id for one in row(press, MARKET_AGAIN).edits] == ["note"]


@pytest.mark.parametrize("kind", ["join", "split"])
def test_what_many_reports_are_together_is_undone_too_though_only_some_are_looked_at_at_once(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "_LARGE", 3)
    monkeypatch.setattr(linking, "_AT_ONCE", 2)
    halls = {f"a{number}": [market(1, 2)] for number in range(6)}
    others = {f"b{number}": [market_again(1, 2) if kind == "join" else market(1, 2)] for number in range(6)}
    press = press_with(**halls, **others)
    before = press.joined()
    references = press.references(*press.rows())
    first, second = references[:6], references[6:]
    sides = {"reports": references} if kind == "join" else {"reports": first, "apart_from": second}

    press.decide("many", {"kind": kind, "reason": "So.", **sides})
    assert sorted(one.reports for one in press.rows()) == ([12] if kind == "join" else [6, 6])

    press.undo("many")
    assert press.joined() == before


def test_a_later_decision_wins_over_an_earlier_one_whatever_their_names() -> None:
    press = one_that_is_two()
    (first, *others) = press.references(row(press, OPENS))
    press.decide("z-apart", {"kind": "split", "reports": [first], "apart_from": others, "reason": "Two."})
    press.decide("a-same", {"kind": "join", "reports": [first, *others], "reason": "One after all."})

    assert [one.reports for one in press.rows()] == [3]

    press.undo("a-same")
    assert sorted(one.reports for one in press.rows()) == [1, 2]


@pytest.mark.parametrize("renamed", [False, True])
def test_a_join_is_kept_through_reprocessing(renamed: bool) -> None:
    press = two_that_are_one()
    press.decide("one-fire", joining(press))

    reprocess(press, "b", [market_again(1, 2, 3)], renamed=renamed)
    press.publish("d", [bridge()])
    press.link("d")

    assert press.joined() == {
        frozenset({("a", MARKET), ("b", MARKET_AGAIN)}),
        frozenset({("c", OPENS), ("d", OPENS)}),
    }
    press.undo("one-fire")
    assert {frozenset({("a", MARKET)}), frozenset({("b", MARKET_AGAIN)})} < press.joined()


@pytest.mark.parametrize("renamed", [False, True])
def test_a_split_is_kept_through_reprocessing(renamed: bool) -> None:
    press = one_that_is_two()
    press.decide("two", splitting(press))
    alone = {frozenset({("a", OPENS)}), frozenset({("b", OPENS), ("c", OPENS)})}
    assert press.joined() == alone

    for name in ("a", "b", "c"):
        reprocess(press, name, [bridge(1, 2, 3)], renamed=renamed)

    assert press.joined() == alone


@pytest.mark.parametrize("renamed", [False, True])
def test_what_is_hidden_stays_so_and_what_is_corrected_through_reprocessing(renamed: bool) -> None:
    press = two_that_are_one()
    press.decide("hide", about(press, MARKET, kind="hide"))
    press.decide("fix", about(press, MARKET_AGAIN, kind="correct", title="Covered market burns"))

    reprocess(press, "a", [market(1, 2, 3)], renamed=renamed)
    reprocess(press, "b", [market_again(2, 1)], renamed=renamed)

    assert {one.title for one in press.rows()} == {"Covered market burns", OPENS}


def reprocess(press: Press, name: str, findings: list[Finding], *, renamed: bool) -> None:
    """Publish a document's next run; `renamed`: its events have other ids, as after one that told other things."""
    before = [one.report.id for row in press.rows() for one in press.store.links.reports(row.id)]
    if renamed:
        press.publish(name, [told("Something else altogether", "2024-05-03", 6)])
    after = press.publish(name, findings)
    press.link(name)
    assert not renamed or set(after).isdisjoint(before)


def test_a_decision_about_one_of_two_events_that_cite_the_same_sentence_is_not_about_the_other() -> None:
    """Whichever of the document's occurrences is looked at, and whoever is linked."""
    press = press_with(a=[market(1), told(PARADE, "2024-05-04", 1)])
    press.decide("hide", about(press, MARKET, kind="hide"))

    press.publish("b", [told(PARADE, "2024-05-04", 1)])
    press.link("b")

    (left,) = press.rows()
    assert (left.title, left.reports, left.edits) == (PARADE, 2, ())


def test_a_decision_about_an_event_that_has_gone_means_no_other_that_cites_other_sentences() -> None:
    press = press_with(a=[market(1, 2)])
    press.decide("hide", about(press, MARKET, kind="hide"))

    press.publish("a", [told(PARADE, "2024-05-04", 4)])
    press.link("a")

    assert [one.title for one in press.rows()] == [PARADE]


def valid(press: Press) -> dict[str, Any]:
    return about(press, MARKET, kind="note")


WRONG: dict[str, Callable[[dict[str, Any]], dict[str, Any] | bytes]] = {
    "no JSON": lambda _: b"{",
    "no object": lambda _: b"[1]",
    "an unknown field": lambda good: {**good, "colour": "red"},
    "no reason": lambda good: {**good, "reason": ""},
    "no reports": lambda good: {**good, "reports": []},
    "no sentences": lambda good: {**good, "reports": [{**good["reports"][0], "sentences": []}]},
    "an unknown kind": lambda good: {**good, "kind": "delete"},
    "no date": lambda good: {**good, "kind": "correct", "date": "last spring"},
    "no bounds": lambda good: {**good, "kind": "correct", "date": "../.."},
    "nothing corrected": lambda good: {**good, "kind": "correct"},
    "a title for a note": lambda good: {**good, "title": "Hall burns"},
    "nothing to stand apart from": lambda good: {**good, "kind": "split"},
    "too large": lambda good: {**good, "reason": "x" * 100_000},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_object_that_is_no_decision_changes_nothing(wrong: str) -> None:
    press = two_that_are_one()
    before = shown(press)

    followed = press.decide("wrong", WRONG[wrong](valid(press)))

    assert followed.faults
    assert shown(press) == before
    assert press.store.links.edits(COLLECTION) == []


def test_a_decision_that_s3_does_not_hand_out_is_none() -> None:
    press = two_that_are_one()
    press.bucket.withheld[edit_key("archived")] = "InvalidObjectState"

    assert press.decide("archived", valid(press)).faults == ("withheld",)
    assert press.store.links.edits(COLLECTION) == []


def test_the_faults_of_an_object_hold_no_text_of_it() -> None:
    press = two_that_are_one()

    followed = press.decide("wrong", {**valid(press), "secret words": "secret words", "kind": "secret words"})

    assert followed.faults == ("extra_forbidden", "literal_error")


def test_a_decision_that_is_overwritten_by_none_holds_no_longer() -> None:
    press = two_that_are_one()
    before = shown(press)
    press.decide("note", valid(press))

    press.decide("note", b"{")

    assert shown(press) == before


def test_a_decision_changes_nothing_in_other_collections() -> None:
    press = two_that_are_one()
    decision = joining(press)
    key = keys.edit_place("links/other/one-fire.json")
    assert key is not None
    before = {at: item for at, item in press.table.contents().items() if "#other" not in at[0]}

    press.bucket.put(key.key, json.dumps(decision).encode())
    press.follow_at(key)

    after = {at: item for at, item in press.table.contents().items() if "#other" not in at[0]}
    assert after == before


def test_who_wrote_a_decision_is_kept_where_a_later_message_does_not_say() -> None:
    press = two_that_are_one()
    press.decide("note", valid(press), "an editor")

    press.follow("note", None)

    assert [one.by for one in row(press, MARKET).edits] == ["an editor"]


def test_a_decision_waits_for_its_turn_and_changes_nothing_before() -> None:
    press = two_that_are_one()
    turn = press.store.links.take_turn(COLLECTION, 60)
    before = press.table.contents()

    with pytest.raises(Retryable):
        press.decide("note", valid(press))
    assert press.table.contents() == before

    press.store.links.give_back(turn)
    press.follow("note", "an editor")
    assert [one.id for one in row(press, MARKET).edits] == ["note"]


@pytest.mark.parametrize("change", ["decided", "undone"])
def test_a_worker_that_dies_at_any_write_leaves_no_decision_half_followed(change: str) -> None:
    killed = 0
    while True:
        gate = Gate(100_000)
        press = Press(MemoryTable(gate.step))
        for name, told_there in {"a": market(1, 2), "b": market_again(1, 2), "c": bridge()}.items():
            press.publish(name, [told_there])
            press.link(name)
        apart = press.joined()
        decision = joining(press)
        if change == "undone":
            press.decide("one-fire", decision)
        gate.writes = gate.passed + killed
        try:
            act(press, change, decision)
            break
        except Killed:
            killed += 1
        gate.writes = 1_000_000
        seen = [one.report.id for there in press.rows() for one in press.store.links.reports(there.id)]
        assert len(seen) == len(set(seen))
        press.later = timedelta(minutes=5)
        press.follow("one-fire", None)
        assert (press.joined() == apart) is (change == "undone")
        assert len(press.rows()) == (3 if change == "undone" else 2)

    assert killed > 5


def act(press: Press, change: str, decision: dict[str, Any]) -> None:
    if change == "decided":
        press.decide("one-fire", decision)
    else:
        press.undo("one-fire")


def swept(press: Press) -> list[str]:
    queue = Sent()
    sweep(SweepMessage(), press.store, queue, datetime.now(UTC), monotonic() + 3_600)
    return [one.key for one in queue.messages if isinstance(one, EditMessage)]


def test_the_sweep_finds_decisions_whose_notification_was_lost() -> None:
    press = two_that_are_one()
    for name in ("kept", "changed", "deleted"):
        press.decide(name, valid(press))
    assert swept(press) == []

    press.bucket.put(edit_key("new"), json.dumps(valid(press)).encode())
    press.bucket.put(edit_key("changed"), json.dumps(valid(press)).encode())
    press.bucket.delete([edit_key("deleted")])

    assert swept(press) == [edit_key(name) for name in ("changed", "new", "deleted")], "a page tells of deletions last"
    for name in ("changed", "deleted", "new"):
        press.follow(name, None)
    assert swept(press) == []
