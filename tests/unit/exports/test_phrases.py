import pytest

from dateline.dates import Extent
from dateline.exports import phrases
from dateline.records import Course, SaidBy
from tests.factories import event, finding
from tests.unit.exports.entries import TODAY, lasting


@pytest.mark.parametrize(
    ("earliest", "latest", "extent", "words"),
    [
        ("2024-05-05", "2024-05-05", "within", "2024-05-05"),
        ("2023-09-01", "2023-12-31", "within", "some time between 2023-09-01 and 2023-12-31"),
        ("2023-09-01", "2023-12-31", "throughout", "from 2023-09-01 to 2023-12-31"),
        ("2015-01-01", None, "throughout", "from 2015-01-01 on"),
        ("2016-01-01", None, "within", "on 2016-01-01 or after"),
        (None, "2014-12-31", "within", "on 2014-12-31 or before"),
        (None, "2014-12-31", "throughout", "until 2014-12-31"),
        (None, None, "within", "undated"),
        ("-0051-06-01", "0000-12-31", "within", "some time between 0052-06-01 BCE and 0001-12-31 BCE"),
    ],
)
def test_days_are_said_as_they_are_known(earliest: str | None, latest: str | None, extent: Extent, words: str) -> None:
    assert phrases.days(lasting("", earliest, latest, extent).when) == words


def test_a_date_comes_with_the_words_of_the_source() -> None:
    assert phrases.date(finding("").when) == "“the words” (2024-01-01)"


@pytest.mark.parametrize(
    ("course", "latest", "words"),
    [
        ("done", "2024-01-01", None),
        ("called_off", "2024-01-01", "called off"),
        ("planned", "2026-05-31", "planned; outcome not reported"),
        ("planned", "2026-06-01", "planned"),
        ("planned", None, "planned"),
    ],
)
def test_a_plan_whose_day_has_passed_has_no_reported_outcome(
    course: Course, latest: str | None, words: str | None
) -> None:
    made = event(finding("", "2024-01-01", latest, course=course), "evt", "doc")

    assert phrases.course(made, TODAY) == words


def test_speakers_are_told_with_their_stance_and_the_medium() -> None:
    said = SaidBy(who="A court", words="Ein Gericht", named=True, stance="confirms", via="Reuters")

    assert phrases.speaker(said) == "A court confirmed it, via Reuters"
