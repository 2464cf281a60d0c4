"""The running stack against its own description: what the document allows is asked, and much that it does not."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.paths import ROOT, SAMPLES
from infra.openapi.examples import DOCUMENT_ID, EVENT_ID, OCCURRENCE_ID
from read.formats import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.local.running import Running

_CONFIG = ROOT / "tests" / "local" / "schemathesis.toml"
# The document's examples speak of this sample, so that requests made from them find something.
_SAMPLE = "sarn/mediators-describe-talks.txt"
# Parameters that a route cannot do without, and no example is said of.
_NEEDED = {"/documents": {"collection": "sarn"}, "/search": {"q": "talks"}}


@pytest.fixture(scope="module")
def described(stack: Running) -> Iterator[Running]:
    """Drop the sample once for all tests: an event that comes back has a new id, and the old one is gone."""
    stack.drop(_SAMPLE, (SAMPLES / _SAMPLE).read_bytes())
    stack.settled(_SAMPLE)
    yield stack
    stack.delete(_SAMPLE)


def test_the_ids_of_the_examples_are_of_what_is_there(described: Running) -> None:
    for kind, name in (("documents", DOCUMENT_ID), ("events", EVENT_ID), ("occurrences", OCCURRENCE_ID)):
        assert described.get(f"/{kind}/{name}")["id"] == name


def test_schemathesis_finds_no_failure(described: Running, tmp_path: Path) -> None:
    api = str(described.api.base_url).rstrip("/")

    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(_CONFIG)),
            *("run", f"{api}/openapi.json", "--url", api),
            # The links of the answers are followed in the last phase, until the time is over.
            *("--phases", "examples,coverage,fuzzing,stateful", "--include-method", "GET"),
            *("--max-examples", "3", "--max-time", "20", "--seed", "1"),
            "--no-color",
        ],
        cwd=tmp_path,  # it leaves a folder behind
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stdout[-10_000:] + done.stderr


def test_every_get_is_answered_to_head_with_the_same_headers_and_no_body(described: Running) -> None:
    paths = {path: one for path, one in described.get("/openapi.json")["paths"].items() if "get" in one}
    addresses = [
        (path, path.format(**{**_examples(one), "format": export.name}))
        for path, one in paths.items()
        for export in (EXPORTS if "{format}" in path else EXPORTS[:1])
    ]

    for path, address in addresses:
        query = _NEEDED.get(path, {})
        read, looked = described.api.get(address, params=query), described.api.head(address, params=query)

        assert (looked.status_code, looked.content) == (read.status_code, b""), address
        assert looked.headers["Content-Type"] == read.headers["Content-Type"], address
        # A signed link is another one each time.
        assert path.endswith("/original") or looked.headers.get("ETag") == read.headers.get("ETag"), address


def _examples(described: dict[str, Any]) -> dict[str, str]:
    """Return the examples of a path's values."""
    return {one["name"]: one["example"] for one in described["parameters"] if one["in"] == "path"}
