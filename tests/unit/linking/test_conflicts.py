from datetime import date

import pytest

from dateline.linking.conflicts import conflicts
from dateline.linking.model import Report
from tests.unit.linking.reports import news, report


def kinds(*reports: Report) -> list[tuple[str, str | None]]:
    return [(one.kind, one.subject) for one in conflicts(reports)]


def test_reports_that_agree_have_no_conflict() -> None:
    one = report("Fire breaks out in the Orla mill; 3 people die", place="Tarn")

    assert kinds(one, report("Three die in the fire at the Orla mill", doc="b", place="Tarn")) == []


def test_days_that_exclude_each_other_are_told_with_their_reports() -> None:
    one, other = report("Orla sinks", "2031-05-04"), report("Orla sinks", "2031-05-05", doc="b")

    (found,) = conflicts([one, other])

    assert found.kind == "date"
    assert [told.events for told in found.told] == [(one.id,), (other.id,)]


@pytest.mark.parametrize(
    "other",
    [
        report("Orla sinks", "2031-05", doc="b"),
        report("Orla sinks", "2031-05-03", until="2031-05-04", doc="b"),
        report("Orla sinks", "2031-05-05", number=1),
        report("Orla sinks", "2031-05-01", course="planned", doc="b"),
        report("Orla sinks", "2030-05-04", status="withdrawn", doc="b"),
        news("Orla sinks", "2031-05-01", doc="b"),
    ],
    ids=["a month and its day", "a night", "one document", "a plan", "withdrawn", "no words"],
)
def test_what_is_no_conflict_of_dates(other: Report) -> None:
    assert kinds(report("Orla sinks", "2031-05-04"), other) == []


def test_what_lasts_has_no_conflict_with_a_later_start() -> None:
    one = report("The ferry is overloaded", "2031-05-01", until=None, extent="throughout")
    lasting = one.model_copy(
        update={"event": one.event.model_copy(update={"when": one.event.when.model_copy(update={"latest": None})})}
    )

    assert kinds(lasting, report("The ferry is overloaded", "2031-05-04", doc="b")) == []


def test_each_quantity_is_a_conflict_of_its_own() -> None:
    one = report("Ferry Orla sinks with 212 people on board; 14 die")
    other = report("17 of the 221 people on board the Orla die", doc="b")

    assert kinds(one, other) == [("number", "dead"), ("number", "on board")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14 people die", "Fourteen people die"),
        ("14 people die", "14 people are injured"),
        ("At least 14 people die", "17 people die"),
        ("About 1,000 people attend", "1,050 people attend"),
        ("Two pumps fail", "Three valves fail"),
        ("Acme pays 20 crowns", "Acme pays 30 workers"),
    ],
)
def test_numbers_that_count_something_else_or_are_no_exact_ones_do_not_conflict(one: str, other: str) -> None:
    assert kinds(report(one), report(other, doc="b")) == []


def test_a_denial_conflicts_with_what_another_document_asserts() -> None:
    denied = report("Acme receives the letter", doc="b", by=[("Acme", "denies")], status="denied")

    assert kinds(report("Acme receives the letter"), denied) == [("denial", None)]


def test_a_claim_that_its_own_document_disputes_conflicts_where_others_assert_it() -> None:
    disputed = report("The mill burns", by=[("Lund", "asserts"), ("Acme", "denies")], status="disputed")

    assert kinds(disputed, report("The mill burns", number=1)) == []
    assert kinds(disputed, report("The mill burns", doc="b")) == [("denial", None)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lund meets Grahn in a restaurant in Tarn", "Lund meets Grahn in her office"),
        ("The Orla is refitted at a shipyard in Tarn", "The Orla is refitted at the shipyard in Sund"),
    ],
)
def test_places_of_which_only_one_can_be_right_conflict(one: str, other: str) -> None:
    assert kinds(report(one), report(other, doc="b")) == [("place", None)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lund meets Grahn in Tarn", "Lund meets Grahn in a hotel"),
        ("Mass in St Olaf's church", "Mass in the Church of St Olaf in Tarn"),
        ("Lund speaks in the harbour building", "Lund speaks in Tarn"),
    ],
)
def test_a_place_within_another_is_no_conflict(one: str, other: str) -> None:
    assert kinds(report(one), report(other, doc="b")) == []


def test_what_is_called_off_conflicts_with_what_is_planned_or_done() -> None:
    planned = report("The Tarn festival", course="planned")

    assert kinds(planned, report("The Tarn festival", course="called_off", doc="b")) == [("course", None)]
    assert kinds(planned, report("Tarn cancels the festival", doc="b")) == [("course", None)]
    assert kinds(planned, report("The Tarn festival", doc="b")) == []


def test_what_a_paper_corrected_is_told_by_nobody() -> None:
    printed = report("Orla sinks", "2030-05-04", medium="The Bell", published=date(2031, 5, 5))
    corrected = report("Orla sinks", "2030-05-04", doc="b", by=[("The Bell", "withdraws")], status="withdrawn")

    assert kinds(printed, corrected, report("Orla sinks", "2031-05-04", doc="b", number=1)) == []


def test_conflicts_are_the_same_in_any_order() -> None:
    ones = [report("14 people die", "2031-05-04"), report("17 people die", "2031-05-05", doc="b")]

    assert conflicts(ones) == conflicts(reversed(ones))


def test_who_cancels_something_in_two_languages_calls_nothing_off() -> None:
    told = report("The court cancels the building permit")
    also = report("Le tribunal annule le permis de construire", doc="b", language="fr")

    assert conflicts([told, also]) == ()
