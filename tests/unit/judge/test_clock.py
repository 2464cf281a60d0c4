import pytest

from dateline.judge.clock import time_of
from tests.unit.judge.dating import dated


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("am 3. Mai 2024 um 14.30 Uhr", "14:30"),
        ("am 3. Mai gegen 8 Uhr 15", "08:15"),
        ("at 2:30 p.m. on 3 May 2024", "14:30"),
        ("3 May at 12 a.m.", "00:00"),
        ("3 May, 9 o'clock", "09:00"),
        ("le 3 mai à 14h05", "14:05"),
        ("le 3 mai à 7 h", "07:00"),
        ("el 3 de mayo a las 21.15", "21:15"),
        ("3 Mayıs saat 09.30", "09:30"),
        ("3 мая в 14:30", "14:30"),
        ("3 травня о 14:30", "14:30"),
        ("3 May 2024", None),
        ("03.05.2024", None),
        ("in 24 hours", None),
    ],
)
def test_the_time_of_day_is_read_from_the_words_of_the_date(words: str, time: str | None) -> None:
    assert time_of(words) == time


def test_a_dated_event_keeps_its_time() -> None:
    when = dated("Am 3. Mai 2024 um 14.30 Uhr brach Feuer aus.", "3. Mai 2024", "2024-05-03").when

    assert (when.time, when.edtf) == ("14:30", "2024-05-03")
