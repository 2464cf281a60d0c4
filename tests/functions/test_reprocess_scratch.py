"""A full scratch disk: a plan waits and says so, nothing is lost, and what a killed run has left is thrown away."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PosixPath
from typing import Any

import pytest

from dateline.errors import Retryable
from reprocess.scratch import scratch
from tests.functions.reprocessing import NEW, Paper, paper_with
from tests.misbehaving_batches import expires, misbehaving_batches

DOCUMENTS = 3
# The steps that write to the disk: a plan's files, the copy that is uploaded, the documents that are left over.
STEPS = ("plan_files", "submit", "finish")


@pytest.fixture
def paper(environment: pytest.MonkeyPatch) -> Iterator[Paper]:
    with misbehaving_batches() as provider, paper_with(provider, environment, DOCUMENTS) as paper:
        yield paper


class FullDisk(PosixPath):
    """A folder on a disk without room."""

    def open(self, *_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write_bytes(self, *_: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", STEPS)
def test_a_plan_whose_disk_is_full_says_so_and_goes_on_when_there_is_room(paper: Paper, step: str) -> None:
    paper.begin()
    while paper.plan.state != "done":
        with pytest.MonkeyPatch.context() as patch:
            fill_the_disk(patch, f"reprocess.{step}.scratch")
            paper.run()
            if "scratch disk is full" in (paper.plan.note or ""):
                break
        if not paper.provider.service.batches.waiting.empty():
            paper.provider.settle(expires(1))
    assert "more EphemeralStorage" in str(paper.plan.note)

    plan = paper.bring_through(expires(1))

    assert plan.tally is not None
    assert plan.tally.outcomes == {"done": DOCUMENTS}
    assert paper.models() == {NEW: DOCUMENTS}
    assert paper.asked == (1, DOCUMENTS - 1)
    assert paper.left_behind() == []


def fill_the_disk(patch: pytest.MonkeyPatch, where: str) -> None:
    """Let a step's folder be on a full disk."""

    @contextmanager
    def full() -> Iterator[Path]:
        with scratch() as folder:
            yield FullDisk(folder)

    patch.setattr(where, full)


def test_a_full_disk_is_no_bug_and_other_faults_of_it_are() -> None:
    with pytest.raises(Retryable, match="scratch disk is full"), scratch():
        raise OSError(errno.ENOSPC, "no room")
    with pytest.raises(PermissionError), scratch():
        raise PermissionError(errno.EACCES, "not yours")


def test_what_a_killed_run_has_left_is_thrown_away_and_what_another_works_on_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    for pid in (dead.pid, os.getpid(), os.getppid()):
        (tmp_path / f"dateline-reprocess-{pid}-left").mkdir()
    (tmp_path / "of others").mkdir()

    with scratch() as folder:
        there = {one.name for one in tmp_path.iterdir()}

    assert there == {f"dateline-reprocess-{os.getppid()}-left", "of others", folder.name}
