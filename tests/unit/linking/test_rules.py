from itertools import combinations

import pytest

from dateline.linking.features import features
from dateline.linking.model import Decision, Report
from dateline.linking.rules import compare
from tests.unit.linking.collection import occurrences
from tests.unit.linking.reports import news, report


def decided(one: Report, other: Report) -> Decision:
    return compare(features(one), features(other))


def verdict(one: Report, other: Report) -> str:
    return decided(one, other).verdict


def test_nothing_that_only_looks_alike_is_the_same() -> None:
    told = [(name, one) for name, ones in occurrences().items() for one in ones]

    wrong = [
        (one.event.title, other.event.title)
        for (name, one), (also, other) in combinations(told, 2)
        if name != also and verdict(one, other) == "same"
    ]

    assert wrong == []


def test_most_reports_of_one_thing_are_the_same() -> None:
    pairs = [pair for ones in occurrences().values() for pair in combinations(ones, 2)]

    same = sum(verdict(*pair) == "same" for pair in pairs)

    assert same >= 0.8 * len(pairs)


def test_the_order_of_two_reports_is_irrelevant() -> None:
    ones = [features(one) for several in occurrences().values() for one in several]

    assert all(compare(one, other) == compare(other, one) for one, other in combinations(ones, 2))


def test_what_has_no_date_is_not_linked() -> None:
    assert verdict(report("The Orla sinks off Tarn", None), report("The Orla sinks off Tarn", doc="b")) == "different"


def test_a_misprinted_year_is_seen_through_where_a_thing_happens_once() -> None:
    right = report("The ferry Orla sinks off Tarn", "2031-05-04", names=["Orla"])
    misprint = report("Ferry Orla goes down off Tarn", "2030-05-04", doc="b", names=["Orla"])

    assert verdict(right, misprint) == "same"


def test_what_comes_back_every_year_is_not_the_same() -> None:
    now = report("The harbour festival of Tarn is held", "2031-05-04")
    before = report("The harbour festival of Tarn is held", "2030-05-04", doc="b")

    assert verdict(now, before) != "same"


def test_a_night_and_the_day_that_it_ends_on_are_one_date() -> None:
    night = report("The ferry Orla sinks", "2031-05-03", until="2031-05-04")

    assert verdict(night, report("The Orla sinks", "2031-05-04", doc="b", names=["Orla"])) == "same"


@pytest.mark.parametrize(("day", "expected"), [("2031-05-05", "same"), ("2031-04-20", "different")])
def test_undated_news_may_have_happened_in_the_week_before(day: str, expected: str) -> None:
    told = report("Judge Ada Lund resigns", day, names=["Ada Lund"])

    assert verdict(told, news("Judge Ada Lund steps down", "2031-05-08", doc="b")) == expected


def test_a_deadline_stands_at_its_latest_day() -> None:
    deadline = report("Tarn repairs the Orla bridge", None, until="2031-05-04", course="planned")

    assert verdict(deadline, report("Tarn repairs the Orla bridge", "2031-05-04", doc="b")) == "same"
    assert verdict(deadline, report("Tarn repairs the Orla bridge", "2031-03-04", doc="b")) == "different"


def test_a_month_and_a_day_in_it_may_be_one_date() -> None:
    month = report("Judge Ada Lund is sworn in as president", "2031-05")

    assert (
        verdict(month, report("Ada Lund takes office as president", "2031-05-20", doc="b", names=["Ada Lund"]))
        == "same"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("First meeting of the Orla committee", "Second meeting of the Orla committee"),
        ("The Orla committee meets", "The Orla committee meets again"),
        ("Acme launches the Vado 3", "Acme launches the Vado 4"),
        ("Inspectors examine the ferry Orla", "Inspectors examine the sister ship Nerys"),
        ("Ada Lund visits the port of Tarn", "Bo Grahn visits the port of Tarn"),
        ("Bomb kills 3 people in Tarn", "Bomb kills 40 people in Tarn"),
        ("The trial of Ada Lund begins", "The trial of Ada Lund ends"),
        ("The jury reaches a verdict on Ada Lund", "The jury fails to reach a verdict on Ada Lund"),
        ("The Orla company receives the report", "The minister receives the report on the Orla company"),
        ("Acme sues Brill over the Orla patent", "Brill sues Acme over the Orla patent"),
        ("Tarn suspends ferry services", "Tarn resumes ferry services"),
    ],
)
def test_what_tells_two_things_apart_outweighs_what_they_share(one: str, other: str) -> None:
    names = [word for word in ("Acme", "Brill", "Ada Lund", "Bo Grahn", "Tarn") if word in one + other]

    for day in ("2031-05-04", "2031-05-05"):
        assert verdict(report(one, names=names), report(other, day, doc="b", number=1, names=names)) != "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chairman Ilja Woronow resigns", "Chairman Ilya Voronow steps down"),
        ("Lund is elected president of Tarn", "Ada Lund is elected president of Tarn"),
        ("The World Fishing Council adopts a quota on cod", "The WFC approves a quota on cod"),
        ("Fire destroys the Orla mill in Tarn", "Blaze breaks out at the Orla mill in Tarn"),
        ("Ten miners die in the explosion at the Orla mine", "Explosion at the Orla mine"),
        ("Parliament is to vote on the Lund bill", "Parliament votes on the Lund bill"),
    ],
)
def test_other_words_for_one_thing_on_one_day_are_the_same(one: str, other: str) -> None:
    names = ["Lund", "Orla", "WFC"]

    assert verdict(report(one, names=names), report(other, doc="b", number=1, names=names)) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Vipers kill 5 people in Tarn", "The Vipers kill 5 people in Tarn"),
        ("Northfield beat Sable", "Northfield beat Sable"),
        ("Rescuers recover bodies from the Orla", "Rescuers recover bodies from the Orla"),
        ("Ada Lund meets Bo Grahn", "Ada Lund meets Bo Grahn"),
        ("Bomb explodes in Tarn", "Bomb explodes in Tarn"),
    ],
)
def test_what_may_happen_again_on_the_next_day_is_left_open(one: str, other: str) -> None:
    names = [word for word in ("Vipers", "Northfield", "Sable", "Orla", "Ada Lund", "Bo Grahn", "Tarn") if word in one]

    assert verdict(report(one, names=names), report(other, "2031-05-05", doc="b", names=names)) == "open"


def test_titles_in_another_language_are_compared_by_their_names_and_words() -> None:
    one = report("Fähre Orla sinkt vor Tarn", language="de", names=["Orla", "Tarn"])
    other = report("Fähre Orla vor Tarn gesunken", language="de", names=["Orla", "Tarn"], doc="b")
    else_ = report("Ministerin Lund besucht Tarn", language="de", names=["Lund", "Tarn"], doc="b")

    assert verdict(one, other) == "same"
    assert verdict(one, else_) != "same"


@pytest.mark.parametrize(
    ("language", "on", "expected"),
    [("de", "2023-11", "open"), ("en", "2023-11", "different"), ("de", "2023-10", "different")],
)
def test_titles_that_share_no_words_are_left_open_in_two_languages_on_the_same_days(
    language: str, on: str, expected: str
) -> None:
    told = report("Intermediaries met at Lake Breven", "2023-11")
    also = report("Vermittler trafen sich am Brevensee", on, doc="b", language=language)

    assert verdict(told, also) == expected


def test_rival_dates_of_one_document_by_different_speakers_are_one_thing() -> None:
    one = report("Acme receives the letter", "2031-05-04", by=[("Lund", "asserts")], status="claimed")
    other = report("Acme receives the letter", "2031-06-04", number=1, by=[("Grahn", "asserts")], status="claimed")

    assert verdict(one, other) == "same"


def test_two_events_of_one_document_in_its_own_voice_are_two_things() -> None:
    one, other = report("Acme sells the mill", "2031-05-04"), report("Acme sells the mill", "2031-06-04", number=1)

    assert verdict(one, other) == "different"


def test_a_plan_and_a_claim_of_one_document_are_two_things() -> None:
    done = report("The pumps are repaired", "2031-05-04", by=[("Lund", "asserts")], status="claimed")
    planned = report("The pumps are repaired", "2031-06-04", number=1, course="planned", status="claimed")

    assert verdict(done, planned) == "different"


def test_a_toll_belongs_to_what_took_it_in_the_same_document() -> None:
    fire = report("Fire breaks out in the Orla mill", cites=1)
    toll = report("Three workers die in the Orla mill", number=1, cites=1)

    assert verdict(fire, toll) == "same"
    assert verdict(fire, report("Acme buys the Orla mill", number=1, cites=1)) == "different"


def test_a_score_is_never_outside_its_bounds() -> None:
    ones = [features(one) for several in occurrences().values() for one in several]

    assert all(0 <= compare(one, other).score <= 1 for one, other in combinations(ones, 2))
