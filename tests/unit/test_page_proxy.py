"""Signed requests for the page, against an API that checks the signature for itself."""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import httpx2
import pytest
from botocore.credentials import Credentials

from infra.cli import main
from infra.page_proxy import HOST, Signer, page_app, signer_of_stack
from infra.stack import NotFound
from tests.serving import serving

KEY, KEY_SECRET, SESSION, REGION = (
    "AKIDEXAMPLE",
    "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    "session=token",
    "eu-north-1",
)
SECRET = "unguessable"


def signature(method: str, target: str, signed: Mapping[str, str], body: bytes) -> str:
    """Work the signature out by AWS's own description of Signature Version 4."""
    url = urlsplit(target)
    names, moment = "host;x-amz-date;x-amz-security-token", signed["x-amz-date"]
    headers = "".join(f"{name}:{signed[name]}\n" for name in names.split(";"))
    query = "&".join(sorted(url.query.split("&")))
    content = hashlib.sha256(body).hexdigest()
    canonical = "\n".join((method, quote(url.path, safe="/-_.~"), query, headers, names, content))
    scope = f"{moment[:8]}/{REGION}/execute-api/aws4_request"
    to_sign = "\n".join(("AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = f"AWS4{KEY_SECRET}".encode()
    for part in (*scope.split("/")[:3], "aws4_request", to_sign):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key.hex()


class Api(BaseHTTPRequestHandler):
    """Answers what it was asked, if it was asked with a right signature."""

    def do_GET(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        signed = {name.lower(): value for name, value in self.headers.items()}
        expected = signature(self.command, self.path, signed, sent)
        right = re.search(r"Signature=(\w+)", self.headers["Authorization"] or "")
        told = f"{self.path} {self.headers['Content-Type']} {sent.decode()}" if sent else self.path
        body = told.encode() if right and right[1] == expected else b"wrong"
        self.send_response(200 if body != b"wrong" else 403)
        self.send_header("ETag", '"tag"')
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        return


class Stacks(BaseHTTPRequestHandler):
    """As much of CloudFormation as is asked."""

    def do_POST(self) -> None:
        asked = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        output = {"ours": "ApiUrl", "other": "Other"}.get(asked["StackName"])
        about = "<StackName>s</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>OK</StackStatus>"
        member = f"<member><OutputKey>{output}</OutputKey><OutputValue>https://api.example/</OutputValue></member>"
        stack = f"<Stacks><member>{about}<Outputs>{member}</Outputs></member></Stacks>"
        body = f"<R><DescribeStacksResult>{stack}</DescribeStacksResult></R>"
        if output is None:
            body = "<R><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></R>"
        self.send_response(200 if output else 400)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer((HOST, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def page() -> Iterator[httpx2.Client]:
    with answering(Api) as api:
        signer = Signer(api, REGION, Credentials(KEY, KEY_SECRET, SESSION))
        with serving(page_app(signer, SECRET)) as port, httpx2.Client(base_url=f"http://{HOST}:{port}") as client:
            yield client


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/", "/"),
        ("/collections/a%20b%2Fc/timeline?from=2024&q=two+words&limit=200", None),
        ("/collections/Kyjiw%20%2B%20M%C3%BCnchen%20100%25/timeline?who=Zo%C3%AB&place=a%2Bb", None),
    ],
)
def test_requests_are_signed(page: httpx2.Client, asked: str, reached: str | None) -> None:
    answer = page.get(f"/{SECRET}{asked}")

    assert answer.status_code == 200
    assert answer.text == (reached or asked.replace("+", "%20"))


def test_what_the_api_says_of_an_answer_is_handed_on_but_not_to_other_pages(page: httpx2.Client) -> None:
    answer = page.get(f"/{SECRET}/")

    assert answer.headers["etag"] == '"tag"'
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/collections", "/wrong/collections", f"/{SECRET}x/collections"])
def test_nothing_is_signed_for_who_does_not_know_the_address(page: httpx2.Client, path: str) -> None:
    assert page.get(path).status_code == 404


def test_other_names_for_this_machine_are_refused(page: httpx2.Client) -> None:
    assert page.get(f"/{SECRET}/", headers={"Host": "evil.example"}).status_code == 400


def test_decisions_are_signed_with_their_bodies(page: httpx2.Client) -> None:
    made = page.post(f"/{SECRET}/collections/a%20b/decisions", json={"kind": "note"})
    undone = page.delete(f"/{SECRET}/collections/a%20b/decisions/note-1")

    assert (made.status_code, made.text) == (200, '/collections/a%20b/decisions application/json {"kind":"note"}')
    assert (undone.status_code, undone.text) == (200, "/collections/a%20b/decisions/note-1")


def test_uploads_are_signed_with_their_bodies(page: httpx2.Client) -> None:
    made = page.post(f"/{SECRET}/collections/a%20b/uploads", json={"path": "a.txt"})
    deleted = page.delete(f"/{SECRET}/documents/doc_a")

    assert (made.status_code, made.text) == (200, '/collections/a%20b/uploads application/json {"path":"a.txt"}')
    assert (deleted.status_code, deleted.text) == (200, "/documents/doc_a")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/"),
        ("POST", "/documents"),
        ("DELETE", "/collections/a/decisions"),
        ("PUT", "/collections/a/decisions"),
        ("PUT", "/documents/doc_a"),
        ("DELETE", "/documents/doc_a/text"),
    ],
)
def test_nothing_but_reading_deciding_and_uploading_is_handed_on(page: httpx2.Client, method: str, path: str) -> None:
    assert page.request(method, f"/{SECRET}{path}").status_code == 405


def test_the_api_is_the_stack_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY_SECRET)
    with answering(Stacks) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFORMATION", url)

        assert signer_of_stack("ours", REGION, None).api == "https://api.example"
        with pytest.raises(NotFound, match="no output ApiUrl"):
            signer_of_stack("other", REGION, None)
        with pytest.raises(NotFound, match="does not exist"):
            signer_of_stack("missing", REGION, None)


def test_without_keys_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    assert main(["page", "--stack", "x", "--region", REGION]) == 2
    assert "there are no AWS credentials: sign in, or name a --profile" in capsys.readouterr().err


def test_the_command_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["page", "--stack", "x", "--profile", "there-is-none"]) == 2
    assert "there-is-none" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["page", "reprocess"])
def test_a_configuration_without_a_region_is_told_the_option(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))

    assert main([command, "--stack", "x"]) == 2
    assert "name the stack's with --region" in capsys.readouterr().err
