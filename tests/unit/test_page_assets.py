"""The page's files as the read function hands them out."""

from __future__ import annotations

import json
import re

import pytest

from dateline.http.refusals import NotFound
from read import assets
from read.settings import Settings

LOCAL = Settings(table="t", bucket="b")
SIGNED_IN = Settings(
    table="t",
    bucket="b",
    sign_in="jwt",
    sign_in_issuer="https://issuer.example/pool",
    sign_in_client="page",
    sign_in_scope="openid dateline/read",
    sign_in_token_url="https://tokens.example/oauth2/token",
)


def policy(settings: Settings) -> dict[str, str]:
    headers = assets.index(settings).headers
    return dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))


def test_every_file_that_the_page_names_is_there_under_its_version() -> None:
    page = assets.index(LOCAL).body.decode()
    named = re.findall(r'"assets/(\w+)/([\w.]+)"', page)

    assert {name for _, name in named} >= {"main.js", "style.css", "icon.svg", "timeline.js"}
    for version, name in named:
        answer = assets.asset(version, name, LOCAL)
        assert answer.body
        assert "immutable" in answer.headers["Cache-Control"]
    assert assets.index(LOCAL).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["../app.py", "records.d.ts", "index.htm", "", "config.json"])
def test_nothing_else_is_handed_out(name: str) -> None:
    ((version, _), *_) = re.findall(r'"assets/(\w+)/([\w.]+)"', assets.index(LOCAL).body.decode())

    with pytest.raises(NotFound):
        assets.asset(version, name, LOCAL)
    with pytest.raises(NotFound):
        assets.asset("another", "main.js", LOCAL)


def test_the_policy_lets_the_page_run_its_own_files_alone() -> None:
    said = policy(LOCAL)

    assert said["default-src"] == "'none'"
    assert said["script-src"] == said["style-src"] == said["connect-src"] == "'self'"
    assert said["trusted-types"] == "'none'"
    assert "unsafe" not in str(said)


def test_only_the_configured_sign_in_is_reached_beside_the_api() -> None:
    assert policy(SIGNED_IN)["connect-src"] == "'self' https://issuer.example https://tokens.example"
    assert policy(SIGNED_IN.model_copy(update={"sign_in": "iam"}))["connect-src"] == "'self'"


def test_the_bucket_is_reached_only_where_files_are_uploaded_to_it() -> None:
    uploading = SIGNED_IN.model_copy(update={"sign_in": "iam", "uploads_to": "https://bucket.s3.eu.example/drop"})

    assert policy(uploading)["connect-src"] == "'self' https://bucket.s3.eu.example"
    assert policy(uploading)["form-action"] == "'none'"
    assert json.loads(assets.config(uploading).body)["uploading"] is True
    assert json.loads(assets.config(LOCAL).body)["uploading"] is False


def test_the_page_is_told_whether_editors_decide_here() -> None:
    assert json.loads(assets.config(LOCAL.model_copy(update={"editing": "on"})).body)["editing"] is True


def test_the_page_is_told_how_to_sign_in() -> None:
    assert json.loads(assets.config(SIGNED_IN).body) == {
        "editing": False,
        "uploading": False,
        "sign_in": "jwt",
        "issuer": "https://issuer.example/pool",
        "client_id": "page",
        "scope": "openid dateline/read",
    }
