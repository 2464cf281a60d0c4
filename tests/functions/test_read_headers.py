"""What browsers are told with every answer: to run nothing, to guess nothing, to frame nothing, to tell nobody."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

import pytest

from dateline.http.replies import created, no_content, problem
from read import assets
from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import Answered, ask, publish

PAGE = Path(assets.__file__).parent / "page"
NEWS = {"name": "news"}
SHOWN = "/collections/{name}/{view}"
NOTHING = {"default-src": "'none'", "frame-ancestors": "'none'"}
OWN_FILES = {
    **NOTHING,
    **dict.fromkeys(("script-src", "style-src", "img-src", "connect-src"), "'self'"),
    **dict.fromkeys(("base-uri", "form-action", "trusted-types"), "'none'"),
    "require-trusted-types-for": "'script'",
}


def policy(headers: dict[str, str]) -> dict[str, str]:
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    rules = (rule.strip().partition(" ") for rule in headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in rules}


def told(answered: Answered, status: int = 200) -> dict[str, str]:
    assert answered.status == status
    return policy(dict(answered.headers))


def asset(name: str) -> Answered:
    version = re.findall(r'"assets/(\w+)/', ask("/").body.decode())[0]
    return ask("/assets/{file+}", {"file": f"{version}/{name}"})


@pytest.mark.parametrize("name", sorted(file.name for file in PAGE.iterdir() if not file.name.endswith(".d.ts")))
def test_every_file_of_the_page_runs_nothing_but_the_pages_own_files(cloud: Cloud, name: str) -> None:
    answered = ask("/") if name == "index.html" else asset(name)

    assert told(answered) == OWN_FILES
    assert answered.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_pages_settings_are_served_as_its_files_are(cloud: Cloud) -> None:
    assert told(ask("/assets/{file+}", {"file": "config.json"})) == OWN_FILES


def test_an_exported_page_runs_its_own_script_frames_for_nobody_and_shares_no_origin(cloud: Cloud) -> None:
    publish(cloud, "drop/news/a.txt", finding("A"))

    said = told(ask(SHOWN, {**NEWS, "view": "timeline.html"}))

    assert said["default-src"] == said["frame-ancestors"] == said["base-uri"] == "'none'"
    assert said["script-src"].startswith("'sha256-")
    assert "allow-same-origin" not in said["sandbox"]


def test_the_description_for_people_may_style_itself_and_no_more(cloud: Cloud) -> None:
    assert told(ask("/docs")) == {**NOTHING, "style-src": "'unsafe-inline'"}


def test_data_in_any_format_run_nothing(cloud: Cloud) -> None:
    document = publish(cloud, "drop/news/a.txt", finding("<script>alert(1)</script>"))
    views = ("timeline", *(f"timeline.{name}" for name in ("ics", "csv", "timelinejs", "atom", "jsonld", "markdown")))
    answers = [
        ask("/health"),
        ask("/openapi.json"),
        ask("/collections"),
        ask("/documents", query={"collection": "news"}),
        ask("/documents/{id}", {"id": document}),
        ask("/documents/{id}/{view}", {"id": document, "view": "text"}),
        ask("/documents/{id}/{view}", {"id": document, "view": "runs"}),
        ask("/events/{id}", {"id": f"evt_{document[4:]}_00001"}),
        *(ask(SHOWN, {**NEWS, "view": view}) for view in views),
    ]

    assert [told(answered) for answered in answers] == [NOTHING] * len(answers)


def test_what_a_reader_has_already_and_what_went_wrong_run_nothing(cloud: Cloud) -> None:
    mark = ask("/health").headers["ETag"]
    answers = [
        told(ask("/health", headers={"if-none-match": mark}), 304),
        told(ask("/documents/{id}", {"id": "<script>"}), 404),
        told(ask("/documents", query={"<script>": "1"}), 400),
        told(ask("$default", method="POST"), 405),
    ]

    assert answers == [NOTHING] * len(answers)


def test_answers_to_editors_run_nothing() -> None:
    replies = (created("{}", "decisions/a"), no_content(), problem(HTTPStatus.NOT_FOUND, "No.", "request", "POST"))

    assert [policy({name: str(value) for name, value in one.headers.items()}) for one in replies] == [NOTHING] * 3
