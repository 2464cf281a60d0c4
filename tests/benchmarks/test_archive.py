"""What `dateline archive` writes, opened as its users open it: by Datasette, and by Frictionless."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from infra.cli import main
from infra.local.paths import ROOT
from tests.local import page_occurrences
from tests.local.page_site import served

if TYPE_CHECKING:
    from pathlib import Path

_TOOLS = ROOT / ".local" / "readers" / "bin"
_COLLECTION = page_occurrences.COLLECTION

needs_readers = pytest.mark.skipif(
    not (_TOOLS / "datasette").exists(), reason="what opens an archive is not set up; `make proof` does it"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Archive a collection."""
    folder = tmp_path_factory.mktemp("archive")
    with served() as site:
        page_occurrences.publish(site)
        assert main(["archive", _COLLECTION, "--api", site.url, "--output", str(folder)]) == 0
    return folder


def tool(name: str, *options: str) -> str:
    done = subprocess.run([_TOOLS / name, *options], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def asked(folder: Path, address: str) -> dict[str, Any]:
    """Ask Datasette for a page of the database."""
    answer: dict[str, Any] = json.loads(tool("datasette", str(folder / f"{_COLLECTION}.sqlite"), "--get", address))
    return answer


@needs_readers
def test_datasette_lists_events_and_finds_words_in_quotes(folder: Path) -> None:
    events = asked(folder, f"/{_COLLECTION}/events.json?_shape=objects&_labels=on")["rows"]
    (word,) = asked(folder, f"/{_COLLECTION}/quotes.json?_shape=objects&_size=1")["rows"][0]["quote"].split()[:1]
    found = asked(folder, f"/{_COLLECTION}/quotes.json?_shape=objects&_search={word}")["rows"]

    assert events
    assert events[0]["document"]["label"]
    assert word.casefold() in found[0]["quote"].casefold()


@needs_readers
def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    report = json.loads(tool("frictionless", "validate", str(folder / f"{_COLLECTION}.zip"), "--json"))

    assert report["valid"], report
    assert report["stats"]["tasks"] > 1
