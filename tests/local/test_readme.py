"""The commands of the README and of the other pages, each run as it stands there, and what they show of answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from infra.local import samples
from infra.local.paths import ROOT, SAMPLES
from infra.standin import DATED
from infra.standin.answer import answer
from tests.local.running import Running, all_gone, until
from tests.unit.standin.asking import asked

_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"^```(?:text|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A link to a file of the project, and to a heading in it.
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#([^)]+))?\)")
_NEEDS = "# needs "
_LINES_FOR_AN_OPERATOR = 10
_FOLDERS = ("functions", "infra", "tests", ".github")
_PAGES = ("README.md", "infra/README.md", "infra/runbook.md", ".github/CONTRIBUTING.md")


def commands() -> list[str]:
    """Return the pages' commands, each once, without the blocks that say what they need and a test has not."""
    blocks = [block for page in _PAGES for block in _BLOCK.findall((ROOT / page).read_text())]
    lines = [line for block in blocks if not block.startswith(_NEEDS) for line in block.splitlines()]
    return list(dict.fromkeys(line.partition("  #")[0].strip() for line in lines))


# What the README shows of a timeline on a terminal, of the flow, and of an event's date.
TIMELINE, _FLOW, DATE = _SHOWN.findall((ROOT / "README.md").read_text())
STARTING = [one for one in commands() if one.startswith("make run")]
EXTRACTING = [one for one in commands() if one.startswith(".venv/bin/dateline extract")]
REPROCESSING = [one for one in commands() if one.startswith(".venv/bin/dateline reprocess") or "$ID" in one]
DEVELOPING = [one for one in commands() if re.match(r"make (?!run)|\.venv/bin/pytest ", one)]
READING = [one for one in commands() if ("curl" in one or "cp " in one) and one not in REPROCESSING]


def test_every_command_is_one_that_is_run_here() -> None:
    assert sorted(commands()) == sorted([*STARTING, *EXTRACTING, *READING, *REPROCESSING, *DEVELOPING])
    assert STARTING
    assert EXTRACTING
    assert READING
    assert len(REPROCESSING) <= _LINES_FOR_AN_OPERATOR


def test_no_other_page_has_commands() -> None:
    found = [ROOT / "README.md", *(file for name in _FOLDERS for file in (ROOT / name).rglob("*.md"))]
    assert {str(file.relative_to(ROOT)) for file in found if _BLOCK.search(file.read_text())} == set(_PAGES)


def test_every_link_between_pages_leads_somewhere() -> None:
    links = [
        (page, *link)
        for page in (*_PAGES, "functions/README.md", "infra/decisions/README.md")
        for link in _LINK.findall((ROOT / page).read_text())
    ]
    assert links
    for page, path, heading in links:
        target = (ROOT / page).parent / path
        assert target.exists(), (page, path)
        assert not heading or heading in _anchors(target), (page, path, heading)


@pytest.mark.parametrize("command", DEVELOPING)
def test_a_contributor_s_command_is_there_to_be_run(command: str) -> None:
    """What takes minutes or writes into the project is not done, but made is what it would do."""
    dry = command.replace("make ", "make --dry-run ").replace("pytest ", "pytest --collect-only --quiet ")
    done = subprocess.run(["bash", "-c", dry], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout


@pytest.mark.parametrize("command", EXTRACTING)
def test_one_file_is_read_without_the_stack(command: str) -> None:
    environment = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    if command.endswith("--json"):
        assert json.loads(done.stdout)["events"]
    else:
        assert "extractive: found by rules" in done.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_a_copied_file_is_read_back_over_http(stack: Running, tmp_path: Path) -> None:
    (tmp_path / "infra").symlink_to(ROOT / "infra")
    stack.drop_folder.mkdir(exist_ok=True)  # a stack that has just begun to serve makes it a moment later
    (tmp_path / "drop").symlink_to(stack.drop_folder)
    environment = {**os.environ, "API": str(stack.api.base_url).rstrip("/")}
    answers = []
    for command in READING:
        quiet = command.replace("curl ", "curl --silent --fail ")
        done = subprocess.run(
            ["bash", "-c", quiet], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        answers.append(done.stdout)
        if "cp " in command:
            stack.settled("mine/wasserstreit.txt")

    found, timeline = (json.loads(answer) for answer in answers if answer)
    assert [one["state"] for one in found["documents"]] == ["done"]
    assert {"Ende 2023", "Im Januar"} <= {event["when"]["words"] for event in timeline["events"]}
    assert json.loads(DATE) in [event["when"] for event in timeline["events"]]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_an_operator_sees_the_cost_runs_watches_compares_and_goes_back(stack: Running) -> None:
    for year in ("2021", "2022"):
        stack.drop("mine/mill.txt", f"The mill was closed in {year}.".encode())
        document = until(partial(about, stack, "mine/mill.txt", year))
    recipe = document["run"]["recipe"]
    variables = {"RECIPE": f"{recipe['ask']}.{recipe['judge']}", "ID": document["id"]}
    environment = {**os.environ, **variables, "API": str(stack.api.base_url).rstrip("/")}

    for command in REPROCESSING:
        ours = command.replace(" reprocess", f" reprocess --state {stack.state.folder}").replace("curl", "curl -sSf")
        done = subprocess.run(
            ["bash", "-c", ours], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        # A report needs a plan, and here nothing is stale.
        assert done.returncode == 0 or "nothing was ever planned" in done.stderr, done.stderr
        if "recipes" in command:
            assert variables["RECIPE"] in done.stdout


@pytest.mark.parametrize("command", STARTING)
def test_the_stack_starts_and_ends_as_told(command: str, tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    given = command.partition("ARGS=")[2].strip('"').replace("--ready-file ready.json", "")
    ours = f"{given} --ready-file {ready} --state {tmp_path / 'state'} --drop {tmp_path / 'drop'}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "MAKE"))}
    with subprocess.Popen(
        ["make", "run", f"ARGS={ours}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        if "--once" not in given:
            until(lambda: ready.exists() or process.poll() is not None, 300)
            os.killpg(process.pid, signal.SIGINT)
        printed = process.communicate(timeout=400)[0]

    assert all_gone([process.pid])
    if "--once" in given:
        assert process.returncode == 0, printed
        assert "The timeline of sarn" in printed
        assert "\x1b" not in printed
        assert "\n".join(TIMELINE.splitlines()[4:]) in "\n".join(map(str.rstrip, printed.splitlines()))
    if "--reprocess" in given:
        undated = [_undated(sample) for sample in samples.samples()]
        assert f"{len(undated)} brought up to date" in printed
        changed = f"{sum(map(bool, undated))} documents changed: 0 events added, {sum(undated)} gone"
        assert f"{changed}, 0 dated otherwise, 0 with another status." in printed
        assert f"{len(undated)} of {len(undated)} samples are made with {DATED} now." in printed


def _anchors(page: Path) -> set[str]:
    """Return the names of a page's headings in links."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _undated(sample: samples.Sample) -> int:
    """Count the events of a sample that the stand-in finds no date for."""
    published = sample.published.isoformat() if sample.published else None
    made = answer(asked((SAMPLES / sample.file).read_text(), published))
    return sum(event.d is None for event in made.ev)


def about(stack: Running, key: str, word: str) -> dict[str, Any]:
    """Return a document once its summary has the word; an empty one before."""
    line = stack.find(key)
    document: dict[str, Any] = stack.get(f"/documents/{line['id']}") if line else {}
    return document if word in str(document.get("summary")) else {}
