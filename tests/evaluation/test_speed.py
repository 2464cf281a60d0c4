"""The time that dates take, printed beside what they may take on a quiet machine."""

import pytest

from tests.evaluation.dates import WHOLE, whole_gold
from tests.evaluation.speed import importing, times, worst
from tests.evaluation.tables import Tables, figures

# Milliseconds on a quiet machine. Others are slower, so nothing is asserted of them here: tests/unit/dates compares the
# import with that of the standard library, and holds hostile texts to a generous bound.
_EXPRESSION, _IMPORT, _WORST = 0.5, 30, 50


@pytest.fixture(autouse=True)
def _only_printed(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("evaluate", default=False):
        pytest.skip("times are measured by `make evaluate`")


def test_the_time_of_an_expression_is_printed(tables: Tables) -> None:
    found = {name: times(name) for name in WHOLE if whole_gold(name).exists()}
    if not found:
        pytest.skip("the gold data are not part of the project (../shared/data/dates/whole)")

    tables.append(
        figures(
            f"Milliseconds to resolve an expression (goal {_EXPRESSION}), and once a document to read a sentence",
            ("set", "expressions", "median", "mean", "sentence"),
            [
                (name, str(one.expressions), f"{one.middle:.2f}", f"{one.mean:.2f}", f"{one.reading:.2f}")
                for name, one in found.items()
            ],
        )
    )


def test_the_time_of_the_import_and_of_hostile_words_is_printed(tables: Tables) -> None:
    slowest = worst()

    tables.append(
        f"dates: imported in {importing():.0f} ms (goal {_IMPORT}), worst hostile words {slowest.time:.0f} ms "
        f"(goal {_WORST}): {slowest.language}, {slowest.piece!r}"
    )
