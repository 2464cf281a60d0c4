"""The stack's own life: its start, its end however it comes about, and what is left of it."""

from __future__ import annotations

import json
import re
import signal
import socket
from typing import TYPE_CHECKING

from tests.local.running import Running, all_gone, run, running, until

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = b"The dam at Aldern was finished on 3 May 2023."


def test_health_needs_no_credentials(stack: Running) -> None:
    assert stack.get("/health") == {"status": "ok"}


def test_an_interrupted_stack_leaves_no_process_and_keeps_what_it_had(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        first.drop("kept/a.txt", _TEXT)
        before = first.settled("kept/a.txt")
        address = first.api.base_url
        processes = first.processes()
        assert first.interrupt() == 0
        until(lambda: all_gone(processes))
    with running(tmp_path) as second:
        assert second.api.base_url == address
        assert second.find("kept/a.txt") == before


def test_a_killed_stack_leaves_no_process_and_loses_no_document(tmp_path: Path) -> None:
    tables = tmp_path / "state" / "emulator" / "dynamodb.json"
    with running(tmp_path) as first:
        first.drop("kept/long ago.txt", _TEXT)
        first.settled("kept/long ago.txt")
        until(lambda: b"long ago.txt" in tables.read_bytes())
        first.drop("kept/just now.txt", _TEXT)
        processes = first.processes()
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        until(lambda: all_gone(processes))
    with running(tmp_path) as second:
        assert second.find("kept/long ago.txt")["state"] == "done"
        assert second.settled("kept/just now.txt")["state"] == "done"


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = run(tmp_path, "--port", str(port))
        told = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert told.startswith(f"Port {port} is taken.")


def test_a_second_stack_on_the_same_state_is_refused(stack: Running) -> None:
    process = run(stack.drop_folder.parent)
    told = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert told.startswith("Another local stack runs on")


def test_state_of_another_emulator_is_left_alone(tmp_path: Path) -> None:
    version = tmp_path / "state" / "version"
    version.parent.mkdir()
    version.write_text("ministack==0.0.1")
    process = run(tmp_path)
    told = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert re.match(r"The state in .* was written by ministack==0\.0\.1, this is ministack==", told)
    assert version.read_text() == "ministack==0.0.1"


def test_the_ready_file_says_where_everything_is(stack: Running) -> None:
    where = json.loads((stack.drop_folder.parent / "ready.json").read_text())
    assert set(where) == {"api", "s3", "bucket"}
    assert where["s3"].startswith("http://127.0.0.1:")
    assert where["api"].startswith(where["s3"])
    assert where["bucket"] == stack.bucket
