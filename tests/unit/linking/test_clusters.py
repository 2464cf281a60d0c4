from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking.candidates import candidates
from dateline.linking.clusters import clusters
from dateline.linking.features import features
from dateline.linking.model import By, Decision, Pair, Report, Verdict
from dateline.linking.rules import compare
from tests.unit.linking.collection import occurrences
from tests.unit.linking.reports import report

REPORTS = [one for several in occurrences().values() for one in several]
DECISIONS = {
    Pair.of(one.report.id, other.report.id): compare(one, other)
    for one, other in combinations(map(features, REPORTS), 2)
    if one.report.document != other.report.document
}


def said(one: Report, other: Report, verdict: Verdict, by: By = "model", score: float = 0.5) -> dict[Pair, Decision]:
    return {Pair.of(one.id, other.id): Decision(verdict=verdict, by=by, score=score)}


def together(one: Report, other: Report, found: list[tuple[Report, ...]]) -> bool:
    return any({one.id, other.id} <= {report.id for report in cluster} for cluster in found)


def sets(found: list[tuple[Report, ...]]) -> set[frozenset[str]]:
    return {frozenset(one.id for one in cluster) for cluster in found}


def test_an_invented_collection_is_put_together_as_it_was_made() -> None:
    found = clusters(REPORTS, DECISIONS)

    made = {one.id: name for name, ones in occurrences().items() for one in ones}
    assert all(len({made[one.id] for one in cluster}) == 1 for cluster in found)
    assert sum(len(cluster) > 1 for cluster in found) >= 0.7 * sum(len(ones) > 1 for ones in occurrences().values())


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_reports_and_decisions_is_irrelevant(random: Random) -> None:
    reports, decisions = list(REPORTS), list(DECISIONS.items())
    random.shuffle(reports)
    random.shuffle(decisions)

    assert clusters(reports, dict(decisions)) == clusters(REPORTS, DECISIONS)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_each_report_stands_in_one_cluster_whatever_was_decided(data: st.DataObject) -> None:
    verdicts = st.sampled_from(["same", "different", "open"])
    by = st.sampled_from(["rules", "model", "editor"])
    decisions = {
        pair: Decision(verdict=data.draw(verdicts), by=data.draw(by), score=data.draw(st.floats(0, 1)))
        for pair in data.draw(st.lists(st.sampled_from(sorted(DECISIONS, key=str)), max_size=30, unique=True))
    }

    found = clusters(REPORTS, decisions)

    assert sorted(one.id for cluster in found for one in cluster) == sorted(one.id for one in REPORTS)
    refused = [pair for pair, one in decisions.items() if (one.verdict, one.by) == ("different", "editor")]
    assert not any({pair.one, pair.other} <= names for pair in refused for names in sets(found))


def test_an_editor_joins_what_rules_and_model_keep_apart() -> None:
    one, other = report("Orla sinks"), report("Acme buys a mill", "2031-08-04", doc="b")

    assert together(one, other, clusters([one, other], said(one, other, "same", "editor")))


def test_an_editor_splits_what_others_join() -> None:
    one, other, third = (report("The ferry Orla sinks", doc=doc, names=["Orla"]) for doc in "abc")
    decisions = {
        **said(one, third, "same"),
        **said(other, third, "same"),
        **said(one, other, "different", "editor"),
    }

    found = clusters([one, other, third], decisions)

    assert not together(one, other, found)
    assert together(one, third, found) or together(other, third, found)


def test_a_models_refusal_holds_against_a_chain() -> None:
    one, other, third = (report("The ferry Orla sinks", doc=doc, names=["Orla"]) for doc in "abc")
    decisions = {
        **said(one, third, "same", "rules", 0.9),
        **said(other, third, "same", "rules", 0.8),
        **said(one, other, "different", "model"),
    }

    assert sets(clusters([one, other, third], decisions)) == {frozenset({one.id, third.id}), frozenset({other.id})}


def test_two_events_that_a_document_tells_as_two_things_are_never_one() -> None:
    first, second = report("Acme sells the mill", "2031-05-04"), report("Acme sells the mill", "2031-05-06", number=1)
    between = report("Acme sells the mill", "2031-05", doc="b")
    decisions = {**said(first, between, "same"), **said(second, between, "same")}

    assert not together(first, second, clusters([first, second, between], decisions))


def test_rival_versions_of_one_document_tie_the_reports_of_both_dates() -> None:
    early, late = "2031-05-04", "2031-06-20"
    told = [
        report("Acme receives the letter", early, by=[("Lund", "asserts")], status="claimed"),
        report("Acme receives the letter", late, number=1, by=[("Grahn", "asserts")], status="claimed"),
    ]
    ones = [report("Acme receives the letter", on, doc=doc) for doc, on in (("b", early), ("c", early), ("d", late))]
    reports = [*told, *ones]
    decisions = {
        Pair.of(one.report.id, other.report.id): compare(one, other)
        for one, other in combinations(map(features, reports), 2)
        if one.report.document != other.report.document
    }

    assert len(clusters(reports, decisions)) == 1


def test_one_pair_does_not_join_two_sets_that_the_rules_keep_apart() -> None:
    may = [report("Acme opens the mill", "2031-05-04", doc=doc) for doc in "abc"]
    june = [report("Acme opens the mill", "2031-06-20", doc=doc) for doc in "def"]
    inside = [said(one, other, "same", "rules", 0.9) for ones in (may, june) for one, other in combinations(ones, 2)]
    decisions = {pair: one for some in [*inside, said(may[0], june[0], "same", "model")] for pair, one in some.items()}

    assert not together(may[1], june[1], clusters([*may, *june], decisions))


def test_many_reports_of_one_thing_are_one_cluster_though_each_has_few_candidates() -> None:
    reports = [report("The ferry Orla sinks off Tarn", doc=f"d{at}", names=["Orla"]) for at in range(40)]
    known = [features(one) for one in reports]
    decisions = {
        Pair.of(one.report.id, other.report.id): decision for one in known for other, decision in candidates(one, known)
    }

    assert len(clusters(reports, decisions)) == 1
