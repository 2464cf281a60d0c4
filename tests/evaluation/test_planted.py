"""What is planted into a strong model's recorded answers is not shown as right."""

import pytest

from tests.evaluation.planted import Article, Count, articles, count, planted, right_dates, wrong_dates
from tests.evaluation.recorded import ARTICLES
from tests.evaluation.tables import Tables, figures

# Shares that are caught, in per cent, by `python -m tests.evaluation.planted` in a copy of f114bf3 whose imports of
# dateline.extraction stood in place of those of today's rooms. None may fall. A claim without its speaker is the one
# falsehood that no check can see.
AT_F114BF3 = {
    "number from elsewhere": 97.5,
    "number from nowhere": 97.5,
    "name": 85.0,
    "place": 97.5,
    "date by a day": 100.0,
    "date by a month": 100.0,
    "date by a year": 100.0,
    "date by a unit": 100.0,
    "date with an open end": 7.5,
    "speaker": 72.5,
    "claim made a fact": 0.0,
}
_WRONG_AGREEING, _WRONG_SHOWN, _RIGHT_AGREEING = 0.10, 0.10, 0.90

pytestmark = pytest.mark.skipif(
    not all(folder.exists() for folder in ARTICLES),
    reason="the real articles are not part of the project (../shared/data)",
)


@pytest.fixture(scope="module")
def found(pytestconfig: pytest.Config) -> list[Article]:
    if not pytestconfig.getoption("evaluate", default=False):
        pytest.skip("judging 440 answers takes a minute: `make evaluate` does it")
    return articles()


@pytest.fixture(scope="module")
def counts(found: list[Article], tables: Tables) -> dict[str, Count]:
    made = {kind: count(ones) for kind, ones in planted(found).items()}
    rows = [(kind, str(one.all), f"{AT_F114BF3[kind]:.1f}", f"{one.caught:.1%}") for kind, one in made.items()]
    tables.append(
        figures("Falsehoods planted into recorded answers", ("kind", "planted", "at f114bf3", "caught"), rows)
    )
    return made


@pytest.mark.parametrize("kind", AT_F114BF3)
def test_no_less_is_caught_than_before(kind: str, counts: dict[str, Count]) -> None:
    assert 100 * counts[kind].caught >= AT_F114BF3[kind]


def test_wrong_dates_are_told_from_right_ones(found: list[Article], counts: dict[str, Count], tables: Tables) -> None:
    wrong, right = wrong_dates(counts), right_dates(found)

    tables.append(
        f"wrong dates: {wrong.passed} of {wrong.all} stay agreed, {wrong.shown} are shown; right dates: {right.passed} "
        f"of {right.read} that the resolver reads stay agreed, {right.shown} of {right.all} are shown"
    )
    assert wrong.passed <= _WRONG_AGREEING * wrong.all
    assert wrong.shown <= _WRONG_SHOWN * wrong.all
    assert right.passed >= _RIGHT_AGREEING * right.read
