"""What a file can do to the process that reads it, and what becomes of the document then."""

from __future__ import annotations

import os
import resource
import subprocess
import textwrap
from functools import partial
from typing import TYPE_CHECKING

import pytest

from dateline.documents.limits import Limits
from dateline.documents.sandbox import images_apart, read_apart
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, article, docx, page, pdf, scan

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = Limits()


def code_of(limits: Limits) -> str:
    with pytest.raises(Rejected) as refused:
        read_apart(page(article(), "<style></style>"), "html", limits)
    return refused.value.code


def replace_reader(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Put a library in place of the one that reads pages."""
    (folder / "tinycss2.py").write_text(f"def parse_component_value_list(*_, **__):\n{textwrap.indent(body, '    ')}\n")
    monkeypatch.syspath_prepend(str(folder))


def test_what_was_read_comes_back_whole() -> None:
    content = read_apart(page(article()), "html", LIMITS)

    assert content.text.split("\n")[1:] == list(FACTS)


def test_a_reason_comes_back_as_one() -> None:
    with pytest.raises(Rejected, match="no text") as refused:
        read_apart(page(""), "html", LIMITS)

    assert refused.value.code == "no_text"


def test_an_endless_file_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_reader(tmp_path, monkeypatch, "while True: pass")

    assert code_of(Limits(max_read_seconds=1)) == "too_slow"


def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_reader(tmp_path, monkeypatch, "return len(b'x' * 10**10)")

    assert code_of(LIMITS) == "too_much_memory"


@pytest.mark.parametrize("body", ["import os; os.kill(os.getpid(), 11)", "raise ValueError('SECRET words')"])
def test_a_file_that_breaks_its_reader_is_rejected_without_a_word_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    replace_reader(tmp_path, monkeypatch, body)

    with pytest.raises(Rejected) as refused:
        read_apart(page(article(), "<style></style>"), "html", LIMITS)

    assert refused.value.code == "unreadable"
    assert "SECRET" not in refused.value.reason


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "images"])
def test_reading_writes_no_file_so_that_a_full_disk_hinders_nobody(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    run = partial(subprocess.run, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
    monkeypatch.setattr("dateline.documents.sandbox.subprocess.run", run)

    match form:
        case "html":
            assert read_apart(page(article()), "html", LIMITS).text
        case "pdf":
            assert read_apart(pdf([["The council of Aldermoor met."]]), "pdf", LIMITS).text
        case "docx":
            assert read_apart(docx(["The council of Aldermoor met."]), "docx", LIMITS).text
        case _:
            assert images_apart(scan(), LIMITS)


def test_the_process_has_no_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "key")
    seen = tmp_path / "seen"
    replace_reader(tmp_path, monkeypatch, f"import os; open({str(seen)!r}, 'w').write(' '.join(os.environ)); return []")

    with pytest.raises(Rejected):
        read_apart(page(article(), "<style></style>"), "html", LIMITS)

    names = seen.read_text()
    assert "PYTHONPATH" in names
    assert "AWS_SECRET_ACCESS_KEY" in os.environ
    assert "AWS" not in names
