from pathlib import Path

import pytest

from dateline.extraction import recipe as module
from dateline.extraction.recipe import ask_hash, judge_hash, recipe


def test_a_recipe_is_the_same_each_time_it_is_asked_for() -> None:
    assert recipe("m", "en") == recipe("m", "en")


def test_model_and_output_language_are_part_of_the_ask() -> None:
    assert len({ask_hash("m", "en"), ask_hash("n", "en"), ask_hash("m", "de")}) == 3


@pytest.mark.parametrize("name", ["READER", "SPLITTER"])
def test_reader_and_splitter_are_part_of_the_ask(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ask_hash.__wrapped__("m", "en")

    monkeypatch.setattr(module, name, "another")

    assert ask_hash.__wrapped__("m", "en") != before


@pytest.mark.parametrize("path", ["dates/engine.py", "dates/tables/de.toml", "extraction/checks.py", "records.py"])
def test_whatever_judges_is_part_of_the_judge(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "dates/engine.py",
        "dates/tables/de.toml",
        "extraction/checks.py",
        "extraction/prompt.py",
        "records.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    before = judge_hash.__wrapped__()

    (tmp_path / "extraction/prompt.py").write_text("after")
    assert judge_hash.__wrapped__() == before
    (tmp_path / path).write_text("after")

    assert judge_hash.__wrapped__() != before


def test_what_is_left_out_of_the_judge_exists() -> None:
    """A file that is renamed must not slip into or out of the hash unseen."""
    assert {path.name for path in Path(module.__file__).parent.glob("*.py")} >= module._ASKING
