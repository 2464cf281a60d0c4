"""Languages without a table, read by `dateparser` where it is installed."""

from datetime import date

import pytest

from dateline.dates import Abstention, Resolution, fallback, resolve

PUBLISHED = date(2024, 5, 24)


@pytest.mark.parametrize(
    ("language", "words", "edtf"),
    [
        ("pl", "3 maja 2023", "2023-05-03"), ("sv", "maj 2023", "2023-05"), ("sv", "igår", "2024-05-23"),
        ("ar", "3 مايو 2023", "2023-05-03"), ("ja", "2023年5月3日", "2023-05-03"), ("sv", "3 maj", "2024-05-03"),
    ],
)  # fmt: skip
def test_plain_dates_are_read(language: str, words: str, edtf: str) -> None:
    pytest.importorskip("dateparser", reason="the extra `languages` is not installed")

    found = resolve(words, words, language, PUBLISHED, [])

    assert isinstance(found, Resolution)
    assert (found.edtf, found.rule) == (edtf, "common.dateparser")


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "2 månader"), ("pl", "dwa tygodnie"), ("xx", "3 maj 2023"), ("sv", "grönt bord"), ("sv", "3 maj 12023")],
)
def test_what_it_would_guess_is_left_out(language: str, words: str) -> None:
    assert isinstance(resolve(words, words, language, PUBLISHED, []), Abstention)


def test_without_it_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(fallback, "import_module", missing)
    fallback._parsers.cache_clear()
    try:
        assert fallback.read("maj 2023", "sv") is None
    finally:
        fallback._parsers.cache_clear()
