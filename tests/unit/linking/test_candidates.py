from datetime import date

from dateline.dates import Day
from dateline.linking.candidates import Vicinity, candidates, to_ask, windows
from dateline.linking.features import features
from dateline.linking.model import Decision
from tests.unit.linking.reports import news, report


def window(first: str, last: str) -> Vicinity:
    return Vicinity(Day.parse(first), Day.parse(last))


def test_a_day_is_looked_for_around_it_and_in_the_years_beside_it() -> None:
    assert windows([report("Orla sinks", "2031-05-04")]) == [
        window("2030-05-04", "2030-05-04"),
        window("2031-05-01", "2031-05-11"),
        window("2032-05-04", "2032-05-04"),
    ]


def test_a_longer_time_is_its_own_window() -> None:
    assert windows([report("Orla sinks", "2031-05")]) == [window("2031-05-01", "2031-05-31")]


def test_news_without_a_date_is_looked_for_in_the_week_before() -> None:
    assert windows([news("Orla sinks", "2031-05-08")]) == [window("2031-05-01", "2031-05-08")]


def test_news_without_a_date_is_seen_from_the_day_that_it_reports() -> None:
    told = news("Orla sinks", "2031-05-08")

    for day in ("2031-05-02", "2031-05-05", "2031-05-08"):
        around = windows([report("Orla sinks", day)])
        assert any(one.earliest <= Day.parse("2031-05-08") <= one.latest for one in around), told.event.when


def test_windows_that_touch_are_one() -> None:
    found = windows([report("Orla sinks", "2031-05-04"), report("Orla burns", "2031-05-11", number=1)])

    assert window("2031-05-01", "2031-05-18") in found


def test_no_window_is_for_what_has_no_date() -> None:
    assert windows([report("Orla sinks", None)]) == []


def test_a_document_has_a_bounded_number_of_windows() -> None:
    days = [report("Orla sinks", f"{1900 + year}-{month:02}-04") for year in range(90) for month in (1, 7)]

    found = windows(days)

    assert len(found) <= 64
    assert all(
        any(one.earliest <= day.event.when.earliest <= one.latest for one in found)
        for day in days
        if day.event.when.earliest
    )


def test_a_leap_day_has_no_twin_in_the_years_beside_it() -> None:
    assert windows([report("Orla sinks", date(2032, 2, 29).isoformat())]) == [window("2032-02-26", "2032-03-07")]


def test_candidates_are_the_same_first_then_the_likeliest_and_never_of_the_document() -> None:
    one = features(report("The ferry Orla sinks off Tarn", names=["Orla"]))
    own = features(report("The ferry Orla sinks off Tarn", names=["Orla"], number=1))
    same = features(report("Ferry Orla goes down off Tarn", doc="b", names=["Orla"]))
    near = features(report("Ferry Orla burns off Tarn", doc="c", names=["Orla"]))
    far = features(report("Acme buys a mill", doc="d"))

    found = candidates(one, [far, near, own, same])

    assert [(other.report.document, decision.verdict) for other, decision in found] == [
        ("doc_b", "same"),
        ("doc_c", "open"),
    ]


def test_an_event_has_eight_candidates_at_most_whatever_their_order() -> None:
    one = features(report("The ferry Orla sinks", names=["Orla"]))
    others = [features(report("The ferry Orla sinks", doc=f"b{at}", names=["Orla"])) for at in range(20)]

    found = candidates(one, others)

    assert len(found) == 8
    assert found == candidates(one, reversed(others))


def test_a_call_asks_about_the_likeliest_candidates_and_every_pair_of_theirs() -> None:
    first, second = (features(report("The ferry Orla sinks", doc=name)) for name in ("a", "b"))
    others = [features(report("The ferry Orla is lost", doc=f"c{at:02}")) for at in range(20)]
    pairs = [(first, other, Decision(verdict="open", by="rules", score=at / 100)) for at, other in enumerate(others)]
    weak = (second, others[19], Decision(verdict="open", by="rules", score=0.0))

    asked = to_ask([*pairs, weak])

    assert [other for one, other in asked if one is first] == others[:7:-1]
    assert [other for one, other in asked if one is second] == [others[19]]
