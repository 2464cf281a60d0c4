"""The evaluation's model, what it found in each document, and the tables that are printed at the end.

Without `--evaluate` (in `make test`) the extractive stand-in answers and nothing is printed: a regression test. With it
(in `make evaluate`) it is the model that the environment asks for, as in `make run`, or a local one.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from dateline.provider.client import Model, OpenAIModel
from infra.environment import Environment
from infra.standin import MODEL as STANDIN
from infra.standin.server import serving
from tests.evaluation.outcomes import Outcomes
from tests.evaluation.tables import Tables, documents_table, mistakes

_TABLES = pytest.StashKey[Tables]()
_WIDTH = 150
_SERVER = Path(__file__).with_name("local_model.py")
# Where `make evaluate ARGS="--local-model ..."` makes the environment that holds xllamacpp.
_PYTHON = Path(__file__).parents[2] / ".local" / "model" / "bin" / "python"
# A hosted model takes a minute for a long document; a local one on one thread takes that for a paragraph.
_SECONDS, _LOCAL_SECONDS = 300.0, 3600.0


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("evaluation")
    group.addoption("--evaluate", action="store_true", help="ask the model that the environment names; print tables")
    group.addoption(
        "--local-model", type=Path, metavar="FILE.gguf", help="ask this model on one thread, with a grammar"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_TABLES] = []


@pytest.fixture(scope="session")
def tables(pytestconfig: pytest.Config) -> Tables:
    """What is printed at the end: append to it."""
    return pytestconfig.stash.setdefault(_TABLES, [])


@pytest.fixture(scope="session")
def model(pytestconfig: pytest.Config) -> Iterator[Model]:
    file = pytestconfig.getoption("local_model", None)
    asked = Environment().provider if pytestconfig.getoption("evaluate", default=False) else None
    if file is not None:
        with _local(file) as url:
            yield OpenAIModel(file.stem, url, "none")
    elif asked is not None:
        yield OpenAIModel(asked.model, asked.url, asked.key)
    else:
        with serving() as url:
            yield OpenAIModel(STANDIN, url, "none")


@pytest.fixture(scope="session")
def outcomes(model: Model, tables: Tables, pytestconfig: pytest.Config) -> Iterator[Outcomes]:
    """What the model found in each document; each is asked about once, when it is first looked at."""
    local = pytestconfig.getoption("local_model", None)
    found = Outcomes(model, _LOCAL_SECONDS if local else _SECONDS)
    yield found
    if found.made:
        tables.append(documents_table(found.made, model.name))
        tables.append(mistakes(found.made))
        codes = Counter(note.code for one in found.made for note in one.extraction.notes)
        tables.append("Notes: " + (", ".join(f"{code} {count}" for code, count in codes.most_common()) or "none"))


@contextmanager
def _local(file: Path) -> Iterator[str]:
    """Serve a GGUF file until the caller is done; yields the base URL."""
    if not file.is_file():
        pytest.exit(f"--local-model: there is no file {file}", returncode=2)
    python = str(_PYTHON) if _PYTHON.exists() else sys.executable
    with subprocess.Popen([python, str(_SERVER), str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        url = server.stdout.readline().decode().strip()
        if not url:
            pytest.exit("--local-model: its server did not start; `make evaluate` makes its environment", returncode=2)
        try:
            yield url
        finally:
            server.kill()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("evaluate", default=False):
        return
    for table in config.stash.get(_TABLES, []):
        written = StringIO()
        Console(file=written, width=_WIDTH, force_terminal=False).print(table)
        terminalreporter.write(f"\n{written.getvalue()}")
