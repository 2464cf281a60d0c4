import pytest

from dateline.dates import Day, Extent
from dateline.exports import phrases
from dateline.records import Course, Interval, SaidBy
from tests.factories import event, finding, reported
from tests.unit.exports.entries import TODAY, lasting


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "extent", "words"),
    [
        ("2024-05-05", "2024-05-05", "2024-05-05", "within", "5 May 2024"),
        ("2023-09-01/2023-12-31", "2023-09-01", "2023-12-31", "within", "some time between 1 Sep 2023 and 31 Dec 2023"),
        ("2023-09~/2023-12~", "2023-09-01", "2023-12-31", "within", "some time between Sep 2023 and Dec 2023"),
        ("2022-07/2023-06", "2022-07-01", "2023-06-30", "throughout", "from Jul 2022 to Jun 2023"),
        ("2023", "2023-01-01", "2023-12-31", "within", "some time in 2023"),
        ("2023-02", "2023-02-01", "2023-02-28", "throughout", "all of Feb 2023"),
        ("199X", "1990-01-01", "1999-12-31", "within", "some time between 1990 and 1999"),
        ("2023", "2022-10-01", "2023-09-30", "within", "some time between Oct 2022 and Sep 2023"),
        ("2022-01/..", "2022-01-01", None, "throughout", "from Jan 2022 on"),
        ("2022/..", "2022-01-01", None, "throughout", "from 2022 on"),
        ("2025-03-01/..", "2025-03-01", None, "throughout", "from 1 Mar 2025 on"),
        ("2016/..", "2016-01-01", None, "within", "2016 or later"),
        ("../2014", None, "2014-12-31", "within", "by 2014"),
        ("../2014-12-31", None, "2014-12-31", "within", "by 31 Dec 2014"),
        ("../2014-12", None, "2014-12-31", "throughout", "until Dec 2014"),
        ("-0051-06/0000", "-0051-06-01", "0000-12-31", "within", "some time between Jun 52 BCE and Dec 1 BCE"),
        ("0033", "0033-01-01", "0033-12-31", "within", "some time in 33 CE"),
        (None, None, None, "within", "undated"),
    ],
)
def test_days_are_said_as_they_are_known(
    edtf: str | None, earliest: str | None, latest: str | None, extent: Extent, words: str
) -> None:
    made = lasting("", earliest, latest, extent).when

    assert phrases.days(made.model_copy(update={"edtf": edtf})) == words


def test_what_was_only_reported_says_when() -> None:
    assert phrases.days(reported("").when) == "reported 24 May 2024"
    assert phrases.date(reported("").when) == "reported 24 May 2024"


def test_a_date_comes_with_the_words_of_the_source_and_the_time_of_day() -> None:
    made = finding("").when

    assert phrases.date(made) == "“the words” (1 Jan 2024)"
    assert phrases.date(made.model_copy(update={"time": "14:30"})) == "“the words” (1 Jan 2024, 14:30)"


def test_where_model_and_rules_differ_both_are_told() -> None:
    made = finding("").when
    other = Interval(edtf="2022-05/2022-06", earliest=Day(2022, 5, 1), latest=Day(2022, 6, 30))

    assert phrases.date(made.model_copy(update={"model": other})) == (
        "“the words” (1 Jan 2024; the model says May 2022 – Jun 2022)"
    )
    assert phrases.date(made.model_copy(update={"resolver": other})) == (
        "“the words” (1 Jan 2024; the rules say May 2022 – Jun 2022)"
    )


@pytest.mark.parametrize(
    ("course", "words"), [("done", None), ("called_off", "called off"), ("planned", "planned; outcome not reported")]
)
def test_what_has_not_simply_happened_says_so(course: Course, words: str | None) -> None:
    assert phrases.course(event(finding("", course=course), "evt", "doc"), TODAY) == words


def test_titles_by_rules_say_so() -> None:
    made = event(finding(""), "evt", "doc")

    assert phrases.origin(made.model_copy(update={"model": "extractive"})) == "Title by extractive rules, no model"
    assert phrases.origin(made) == "Title by a-model"


def test_speakers_are_told_with_their_stance_and_the_medium() -> None:
    said = SaidBy(who="A court", words="Ein Gericht", kind="named", stance="confirms", via="Reuters")

    officials = said.model_copy(update={"who": "Two officials", "kind": "anonymous", "via": None})
    own = SaidBy(who=None, words=None, kind="document", stance="declines")

    assert phrases.speaker(said) == "A court confirmed it, via Reuters"
    assert phrases.speaker(officials) == "Two officials (unnamed) confirmed it"
    assert phrases.speaker(own) == "the document made no finding"
