from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import Retryable
from infra import one_file
from infra.cli import main
from infra.one_file import Extracted
from infra.standin.answer import answer
from infra.standin.request import read_request

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "infra/samples/sarn"
ARTICLE = ROOT.parent / "shared/articles/000_89a789b5965c4451.txt"


@pytest.fixture(autouse=True)
def no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "DATELINE_MODEL", "DATELINE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


def extracted(capsys: pytest.CaptureFixture[str], *arguments: str) -> Extracted:
    assert main(["extract", "--json", *arguments]) == 0
    return Extracted.model_validate_json(capsys.readouterr().out)


def failed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["extract", *arguments])
    captured = capsys.readouterr()
    assert captured.out == ""
    return status, captured.err


def test_json_holds_the_text_what_is_known_of_it_and_what_was_made_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--json", str(SAMPLES / "wasserstreit.txt")]) == 0

    made = json.loads(capsys.readouterr().out)

    assert list(made) == [
        "text",
        "sentences",
        "title",
        "published",
        "summary",
        "events",
        "statements",
        "notes",
        "recipe",
    ]
    assert made["recipe"]["model"] == "extractive"
    assert made["summary"]["language"] == "de"


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_quote_of_a_sample_stands_at_its_offsets(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = extracted(capsys, str(sample), "--published", "2024-07-10")

    assert made.summary is not None
    cited = [part.evidence for part in (made.summary.headline, *made.summary.sentences)]
    cited += [event.evidence for event in made.events]
    assert all(one.quote == made.text[one.start : one.end] for evidence in cited for one in evidence)
    assert len(made.events) >= 5
    assert not [note for note in made.notes if note.code in {"sentence_unknown", "words_not_found", "duplicate"}]


def test_the_events_stand_in_the_order_of_the_timeline_with_the_undated_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    events = extracted(capsys, str(SAMPLES / "wasserstreit.txt")).events

    dated = [event.when.earliest for event in events if event.when.earliest is not None]
    assert dated == sorted(dated)
    assert [event.when.basis for event in events].index("undated") == len(dated)


def test_the_publication_date_decides_the_year(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The dam was closed on 3 May. It was a quiet day on the river and nobody came to see it.")

    [event] = extracted(capsys, str(file), "--published", "2019-06-01").events

    assert str(event.when.earliest) == "2019-05-03"


def test_a_person_gets_a_summary_and_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(SAMPLES / "wasserstreit.txt")]) == 0

    text = capsys.readouterr().out
    for part in ["wasserstreit.txt", "by no model", "Ende 2023", "Dec 2023", "claimed", "(unnamed)"]:
        assert part in text


def test_a_date_that_no_event_carries_is_noted_on_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The council met on 3 May 2020. Was the bridge closed on 9 March 2021? Repairs ended in 2022.")

    assert main(["extract", str(file)]) == 0

    text = " ".join(capsys.readouterr().out.split())
    assert "note: sentence 2: no event rests on it (on 9 March 2021)" in text
    assert "Repairs ended in 2022" in text


class Recorder(ThreadingHTTPServer):
    """A provider that keeps what it is sent, and answers as the stand-in would."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Recording)
        self.sent: list[tuple[str | None, dict[str, Any]]] = []


class Recording(BaseHTTPRequestHandler):
    server: Recorder

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.sent.append((self.headers["Authorization"], asked))
        content = answer(read_request(asked["messages"][1]["content"])).model_dump_json()
        message = {"role": "assistant", "content": content}
        choices = [{"index": 0, "finish_reason": "stop", "message": message}]
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": choices, "usage": usage}
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_another_model_needs_only_the_environment(
    recorder: Recorder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{recorder.server_port}/v1")
    monkeypatch.setenv("DATELINE_MODEL", "a-model")

    made = extracted(capsys, str(SAMPLES / "wasserstreit.txt"))

    key, sent = recorder.sent[0]
    lines = sent["messages"][1]["content"].splitlines()
    marker = lines[0].partition(" ")[0]
    assert (key, sent["model"], made.recipe.model) == ("Bearer a-key", "a-model", "a-model")
    assert sent["response_format"]["type"] == "json_schema"
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert lines[-1] == marker
    assert "1: Velmark lehnt Vorschlag für eine Pause im Wasserstreit ab" in lines
    assert not any("Chronik vom 3. Mai 2019" in line for line in lines)


def test_an_address_without_a_key_is_a_clear_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")

    status, message = failed(capsys, str(SAMPLES / "wasserstreit.txt"))

    assert status == 2
    assert "OPENAI_API_KEY" in message


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, message = failed(capsys, str(tmp_path / "none.txt"))

    assert status == 2
    assert "none.txt: No such file" in message


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"\x00\x01\x02\xff" * 400, "binary")])
def test_a_rejected_document_says_why(
    data: bytes, code: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(data)

    status, message = failed(capsys, str(file))

    assert status == 1
    assert f"rejected ({code}): bad.txt" in message


def test_a_model_that_cannot_answer_is_told_as_such(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Retryable("the provider is busy")

    monkeypatch.setattr(one_file, "extract", busy)

    status, message = failed(capsys, str(SAMPLES / "wasserstreit.txt"))

    assert status == 1
    assert "the provider is busy" in message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "a.txt", "--published", "24.5.2024"], "'24.5.2024' is no date: write YYYY-MM-DD"),
        (["extract"], "FILE"),
        (["extract", "a.txt", "b.txt", "--json", "c.txt"], "extract reads one file: call it again for b.txt, c.txt"),
        (["extract", "a.txt", "--publishd", "2024-05-24"], "unrecognized arguments: --publishd 2024-05-24"),
        ([], "COMMAND"),
        (["explode"], "invalid choice"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_help_and_version_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in [
        (["--help"], "dates"),
        (["extract", "--help"], "OPENAI_API_KEY"),
        (["--version"], "dateline"),
    ]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        assert words in capsys.readouterr().out


def test_dates_answers_each_line_of_its_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = {"id": "7", "expression": "Ende 2023", "sentence": "Sie trafen sich Ende 2023.", "language": "de"}
    data = b"\xff no JSON\n" + json.dumps(line | {"published": None, "context": []}).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    assert main(["dates"]) == 0

    bad, answered = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (bad["line"], "JSON" in bad["error"]) == (1, True)
    assert (answered["id"], answered["earliest"], answered["latest"]) == ("7", "2023-09-01", "2023-12-31")


@pytest.mark.skipif(not ARTICLE.exists(), reason="the real articles are not part of the project")
def test_a_garbled_translation_without_a_date_gives_its_timeline(capsys: pytest.CaptureFixture[str]) -> None:
    events = extracted(capsys, str(ARTICLE)).events
    by_words = {event.when.words: event for event in events}
    meeting, call, signals, rejection = by_words["Ende 2023"], by_words["im Januar"], by_words["2023"], events[-1]

    assert (str(meeting.when.earliest), str(meeting.when.latest)) == ("2023-09-01", "2023-12-31")
    assert (meeting.when.extent, meeting.status) == ("within", "claimed")
    assert meeting.said_by[0].words == "Drei russischen Beamten"
    assert (str(call.when.earliest), str(call.when.latest)) == ("2024-01-01", "2024-01-31")
    assert call.when.basis == "context"
    assert call.when.anchor is not None
    assert (call.when.anchor.source, call.when.anchor.words) == ("neighbour", "Ende 2023")
    assert (call.status, call.said_by[0].words) == ("claimed", "eine russische Quelle")
    assert "Signale" in signals.title
    assert (rejection.when.basis, "lehnten" in rejection.title) == ("undated", True)
    assert not any("zwei Monate" in (event.when.words or "") for event in events)
    assert not any("Verwandte" in one.quote for event in events for one in event.evidence)
