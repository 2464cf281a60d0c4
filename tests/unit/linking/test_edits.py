"""Which reports editors' decisions mean, which pairs they decide, and what is no decision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from dateline.linking.edits import Edit, Meant, ReportReference, edited_decisions, edits_of, meant_by
from dateline.linking.model import Pair
from tests.unit.linking.reports import report

if TYPE_CHECKING:
    from dateline.linking.model import Report

_BEGAN = datetime(2026, 1, 2, tzinfo=UTC)


def reference(to: Report, *sentences: int) -> ReportReference:
    cited = tuple(one.sentence for one in to.event.evidence)
    return ReportReference(document=to.document, event=to.id, sentences=sentences or cited)


def edit(name: str, kind: str, *reports: ReportReference, after: int = 0, **given: Any) -> Edit:
    at = _BEGAN + timedelta(seconds=after)
    return Edit.model_validate({"id": name, "kind": kind, "reports": reports, "reason": "So.", "at": at, **given})


FIRST, SECOND = report("Hall burns", doc="a", number=1), report("Hall burns", doc="b", number=1)
THIRD = report("Hall burns", doc="c", number=1)
BESIDE = report("Parade", doc="a", number=2, cites=1)


def test_a_decision_means_the_event_that_it_names_and_none_that_cites_the_same() -> None:
    note = edit("note", "note", reference(FIRST))

    assert meant_by([note], [FIRST, BESIDE]) == {FIRST.id: Meant(reports=("note",)), BESIDE.id: Meant()}


def test_where_the_event_has_gone_the_one_is_meant_that_shares_most_of_its_sentences() -> None:
    gone = ReportReference(document=FIRST.document, event="evt_gone_00001", sentences=(100, 101))
    far = report("Parade", doc="a", number=3, quotes=("One.", "Two.", "Three.", "Four.", "Five."), cites=1)

    assert meant_by([edit("note", "note", gone)], [far, FIRST])[FIRST.id] == Meant(reports=("note",))
    assert meant_by([edit("note", "note", gone)], [far])[far.id] == Meant()


def test_two_sides_of_a_split_never_mean_the_same_event() -> None:
    gone = ReportReference(document=FIRST.document, event="evt_gone_00001", sentences=(100,))
    split = edit("split", "split", gone, apart_from=(reference(FIRST),))

    assert meant_by([split], [FIRST]) == {FIRST.id: Meant(apart_from=("split",))}


def test_another_documents_event_is_not_meant_whatever_it_cites() -> None:
    note = edit("note", "note", reference(FIRST))

    assert meant_by([note], [SECOND]) == {SECOND.id: Meant()}


def test_the_later_decision_about_a_pair_holds_in_whatever_order_they_are_read() -> None:
    split = edit("z", "split", reference(FIRST), apart_from=(reference(SECOND),), after=1)
    join = edit("a", "join", *map(reference, (FIRST, SECOND, THIRD)), after=2)
    edits = [join, split]
    meant = {one.id: meant_by(edits, [one])[one.id] for one in (FIRST, SECOND, THIRD)}

    decided = edited_decisions(edits, meant)

    assert {decision.verdict for decision in decided.values()} == {"same"}
    assert set(decided) == {Pair.of(a.id, b.id) for a, b in ((FIRST, SECOND), (FIRST, THIRD), (SECOND, THIRD))}
    assert edited_decisions([split], meant)[Pair.of(FIRST.id, SECOND.id)].verdict == "different"


def test_an_occurrence_shows_decisions_about_its_reports_in_order_of_time() -> None:
    edits = [edit("late", "note", reference(FIRST), after=2), edit("soon", "hide", reference(FIRST), after=1)]
    edits.append(edit("apart", "split", reference(SECOND), apart_from=(reference(FIRST),), after=3))

    shown = edits_of(edits, meant_by(edits, [FIRST]).values())

    assert [one.id for one in shown] == ["soon", "late"]


@pytest.mark.parametrize("date", ["spring", "2024-13", "2024-05-02/2024-05-01", "../..", ""])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    with pytest.raises(ValidationError):
        edit("fix", "correct", reference(FIRST), date=date)


def test_a_corrected_date_says_that_an_editor_wrote_it() -> None:
    when = edit("fix", "correct", reference(FIRST), date="2024-05").when

    assert when is not None
    assert (str(when.earliest), str(when.latest), when.rule) == ("2024-05-01", "2024-05-31", "editor")
