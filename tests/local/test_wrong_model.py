"""A key that the model's server refuses: the terminal says so once, and the folder is watched all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local.running import run, until
from tests.misbehaving import Server, misbehaving, status, texts

if TYPE_CHECKING:
    from pathlib import Path

_CALLS = 1_000


def test_a_refused_key_is_said_once_while_the_folder_is_watched(tmp_path: Path) -> None:
    with misbehaving() as server:
        server.order(*[status(401)] * _CALLS)
        environment = {"OPENAI_API_KEY": "sk-wrong", "OPENAI_BASE_URL": server.url, "DATELINE_MODEL": "a-model"}
        with run(tmp_path, environment=environment) as process:
            try:
                # The samples are asked about, and turned away.
                until(lambda: server.calls or process.poll() is not None, 300)
                folder = tmp_path / "drop" / "mine"
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "a.txt").write_text("The kiln at Thornby was lit on 3 May 2023.")
                until(lambda: _was_asked_about(server, "Thornby") or process.poll() is not None, 120)
            finally:
                process.terminate()
            said = process.communicate(timeout=120)[0]

    assert _was_asked_about(server, "Thornby"), said
    assert said.count("the model's server refused the key") == 1, said
    assert "OPENAI_API_KEY=" in said
    assert "dropped mine/a.txt" in said
    assert "sk-wrong" not in said


def _was_asked_about(server: Server, words: str) -> bool:
    return any(words in text for text in texts(list(server.calls)))
