"""What the row of an occurrence says of its reports."""

from __future__ import annotations

from datetime import UTC, datetime

from dateline.linking.model import Occurrence, Report
from dateline.linking.summary import sum_up
from tests.unit.linking.reports import report


def summed(*reports: Report) -> Occurrence:
    return sum_up("occ_1", "news", reports, datetime(2031, 6, 1, tzinfo=UTC))


def voices(*reports: Report) -> list[tuple[str | None, str]]:
    return [(one.who, one.stance) for one in summed(*reports).said_by]


def test_who_denies_it_stands_before_who_says_so_and_a_document_s_own_voice_is_its_medium() -> None:
    stated = report("Letter arrives", doc="a", medium="Kelm Post")
    denied = report(
        "Letter arrives", doc="b", medium="Quay News", by=[("Ilse Rohn", "asserts"), ("Norhaven", "denies")]
    )

    assert voices(stated, denied) == [("Norhaven", "denies"), ("Ilse Rohn", "asserts"), ("Kelm Post", "asserts")]


def test_where_nobody_is_against_it_a_document_s_own_voice_is_no_speaker() -> None:
    assert voices(report("Letter arrives", doc="a", medium="Kelm Post")) == []
    assert voices(
        report("Letter arrives", doc="a"), report("Letter arrives", doc="b", by=[("Ilse Rohn", "asserts")])
    ) == [("Ilse Rohn", "asserts")]


def test_a_speaker_in_several_reports_is_named_once_for_each_stance() -> None:
    first = report("Letter arrives", doc="a", by=[("Norhaven", "denies")])
    second = report("Letter arrives", doc="b", by=[("norhaven", "denies"), ("Norhaven", "asserts")])

    assert voices(first, second) == [("Norhaven", "denies"), ("Norhaven", "asserts")]


def test_long_names_are_cut_as_those_of_speakers_are() -> None:
    (voice,) = summed(report("Letter arrives", doc="a", by=[("N" * 300, "denies")])).said_by

    assert len(voice.who or "") == len(voice.words or "") == 120


def test_rival_values_name_the_media_that_tell_them() -> None:
    three = report("Three dead in Kelm", doc="a", medium="Kelm Post", quotes=("3 people died.",))
    four = report("Four dead in Kelm", doc="b", medium="Quay News", quotes=("4 people died.",))

    (conflict,) = summed(three, four).conflicts
    assert {(one.value, one.media) for one in conflict.told} == {("3", ("Kelm Post",)), ("4", ("Quay News",))}
