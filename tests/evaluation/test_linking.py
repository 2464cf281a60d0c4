"""Linking a collection of recorded answers: what the rules join, what they leave to a model, and where sources part."""

import pytest

from dateline.linking.model import Report
from tests.evaluation.linking import Decisions, Score, answered_by_a_model, by_rules, reports, rightly_answered, score
from tests.evaluation.recorded import COLLECTION
from tests.evaluation.tables import Tables, figures

pytestmark = pytest.mark.skipif(
    not COLLECTION.exists(), reason="the collection is not part of the project (../shared/data)"
)

_PRECISION, _RECALL = 97.0, 60.0
# The goal is 90: a fifth of the gold's pairs has an undated report, or an utterance told beside what it says.
_RECALL_ASKED = 74.0
_CONFLICTS_BY_RULES, _CONFLICTS, _FALSE_CONFLICTS = 14, 20, 1
_SOURCES = 20
_OPEN_AN_EVENT = 2.0  # pairs that a model would be asked about


@pytest.fixture(scope="module")
def told() -> list[Report]:
    return reports()


@pytest.fixture(scope="module")
def decisions(told: list[Report]) -> Decisions:
    return by_rules(told)


@pytest.fixture(scope="module")
def ruled(told: list[Report], decisions: Decisions) -> Score:
    return score(told, decisions)


@pytest.fixture(scope="module")
def asked(told: list[Report], decisions: Decisions) -> Score:
    return score(told, answered_by_a_model(decisions))


@pytest.fixture(scope="module")
def answered(told: list[Report], decisions: Decisions, ruled: Score, asked: Score, tables: Tables) -> Score:
    found = score(told, rightly_answered(told, decisions))
    tables.append(
        figures(
            "Linking: pairs of reports in different documents, in per cent; joins of look-alikes; conflicts; sources",
            ("decided by", "precision", "recall", "wrong joins", "conflicts", "false", "sources", "of those linked"),
            [
                _row("rules alone", ruled),
                _row("rules and a strong model's answers", asked),
                _row("rules and right answers to all that they leave open", found),
            ],
        )
    )
    return found


def _row(name: str, one: Score) -> tuple[str, ...]:
    return (
        name,
        f"{one.precision:.1f}",
        f"{one.recall:.1f}",
        f"{one.wrong_joins}/{one.look_alikes}",
        "/".join(map(str, one.conflicts)),
        str(one.false_conflicts),
        "/".join(map(str, one.sources)),
        "/".join(map(str, one.sources_linked)),
    )


def test_rules_join_most_reports_of_one_thing_and_no_others(ruled: Score) -> None:
    assert ruled.precision >= _PRECISION
    assert ruled.recall >= _RECALL
    assert ruled.wrong_joins == 0


def test_rules_alone_show_where_sources_part(ruled: Score) -> None:
    assert ruled.conflicts[0] >= _CONFLICTS_BY_RULES
    assert ruled.false_conflicts <= _FALSE_CONFLICTS
    assert ruled.sources_linked[0] >= ruled.sources_linked[1] - 1


def test_a_strong_models_answers_show_nearly_all_conflicts_and_sources(asked: Score) -> None:
    assert asked.precision >= _PRECISION
    assert asked.recall >= _RECALL_ASKED
    assert asked.wrong_joins == 0
    assert asked.conflicts[0] >= _CONFLICTS
    assert asked.false_conflicts <= _FALSE_CONFLICTS
    assert asked.sources[0] >= _SOURCES


def test_right_answers_to_what_is_open_show_conflicts_and_sources(answered: Score) -> None:
    assert answered.precision >= _PRECISION
    assert answered.wrong_joins == 0
    assert answered.conflicts[0] >= _CONFLICTS
    assert answered.false_conflicts <= _FALSE_CONFLICTS
    assert answered.sources[0] >= _SOURCES


def test_few_pairs_are_left_to_a_model(told: list[Report], decisions: Decisions) -> None:
    open_ = sum(decision.verdict == "open" for decision in decisions.values())

    assert open_ <= _OPEN_AN_EVENT * len(told)
