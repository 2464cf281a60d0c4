"""The tables: what they refuse, and what loading them costs."""

import subprocess
import sys
from pathlib import Path

import pytest

from dateline.dates.language import table as tables
from dateline.dates.language.table import TableError, languages, table_for

FUNCTIONS = Path(tables.__file__).parents[2]


def test_the_languages_of_the_house_have_tables() -> None:
    assert languages() >= {"de", "en", "fr", "es", "tr", "ru", "uk", "it"}


@pytest.mark.parametrize("tag", ["de", "de-AT", "DE_ch", " de "])
def test_a_tag_finds_its_language(tag: str) -> None:
    table = table_for(tag)

    assert table is not None
    assert table.language == "de"


@pytest.mark.parametrize("tag", ["xx", "und", "", "../de", "common.toml"])
def test_other_tags_find_none(tag: str) -> None:
    assert table_for(tag) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[words.month]\n1 = 'January'", "words.month.1"),
        ("[words]\ndate = ['date']", "words.date"),
        ("[words]\nof = ['']", "no letters"),
        ("words = 1", "words"),
        ("tense = 'now'", "tense"),
        ("[patterns]\nago = '{n} ago'", "patterns.ago"),
        ("cues = []", "cues"),
        ("endings = 'en'", "endings"),
    ],
)
def test_what_a_table_says_wrongly_is_named(
    text: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zz.toml").write_text(text, encoding="utf-8")
    (tmp_path / "common.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(tables, "_folder", lambda: tmp_path)
    tables.languages.cache_clear()

    try:
        with pytest.raises(TableError, match=place):
            table_for("zz")
    finally:
        tables.languages.cache_clear()


_BUDGET_SHARE = 30 / 14


def test_importing_the_dates_is_quick_and_needs_nothing_but_the_standard_library() -> None:
    # The budget is 30 ms on a quiet machine, on which what it takes from the standard library costs 14. That is
    # imported first and is the measure: a busy machine makes both dearer alike. The first run writes bytecode.
    program = (
        "import sys, time; begin = time.process_time(); "
        "import calendar, dataclasses, functools, re, typing, unicodedata; "
        "known = set(sys.modules); start = time.process_time(); import dateline.dates; "
        "print((time.process_time() - start) / (start - begin)); "
        "print([name for name in set(sys.modules) - known "
        "if name.partition('.')[0] not in sys.stdlib_module_names and not name.startswith('dateline')])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], cwd=FUNCTIONS, capture_output=True, check=True, encoding="utf-8",
            env={"PYTHONPATH": str(FUNCTIONS), "PYTHONDONTWRITEBYTECODE": ""},
        ).stdout.splitlines()
        for _ in range(5)
    ]  # fmt: skip

    assert {foreign for _, foreign in runs} == {"[]"}
    assert min(float(share) for share, _ in runs) < _BUDGET_SHARE
