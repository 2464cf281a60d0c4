"""Who reads the page: by a token of the configured issuer, or through the proxy that signs."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from botocore.credentials import Credentials
from playwright.sync_api import expect

from infra.page_proxy import HOST, Signer, page_app
from tests.local import page_documents
from tests.local.page_site import looking, served, window
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CLIENT = "the-page"


@dataclass
class Issuer:
    """An OpenID issuer that signs everybody in at once, and gives a token for what it was asked with PKCE."""

    url: str = ""
    refusal: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    def authorise(self, query: dict[str, str]) -> str:
        self.asked.append(query)
        answer = {"error": "access_denied", "error_description": self.refusal} if self.refusal else {"code": "the-code"}
        return f"{query['redirect_uri']}?{urlencode({**answer, 'state': query['state']})}"

    def exchange(self, form: dict[str, str]) -> dict[str, object] | None:
        self.exchanged.append(form)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        begun = self.asked[-1]
        right = (begun["code_challenge"], begun["client_id"], "the-code") == (
            challenge,
            form["client_id"],
            form["code"],
        )
        return {"access_token": "the-token", "expires_in": 3600, "token_type": "Bearer"} if right else None


@contextmanager
def issuing() -> Iterator[Issuer]:
    issuer = Issuer()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if url.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", issuer.authorise(dict(parse_qsl(url.query))))
                self.end_headers()
                return
            endpoints = {"authorization_endpoint": f"{issuer.url}/authorize", "token_endpoint": f"{issuer.url}/token"}
            self.say({"issuer": issuer.url, **endpoints})

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.say(issuer.exchange(dict(parse_qsl(form))))

        def say(self, answer: dict[str, object] | None) -> None:
            body = json.dumps(answer or {"error": "invalid_grant"}).encode()
            self.send_response(200 if answer else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        issuer.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()


def test_a_reader_signs_in_at_the_issuer_and_comes_back_to_the_view(browser: Browser) -> None:
    with (
        issuing() as issuer,
        served(
            SIGN_IN="jwt", SIGN_IN_ISSUER=issuer.url, SIGN_IN_CLIENT=CLIENT, SIGN_IN_SCOPE="openid dateline/read"
        ) as site,
        looking(browser) as page,
    ):
        site.publish(page_documents.article())
        page.goto(f"{site.url}#in=sarn&view=events&status=disputed")

        expect(page.locator("#count")).to_have_text("1 event of 15")
        assert page.url == f"{site.url}#in=sarn&view=events&status=disputed"
        (asked,) = issuer.asked
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["scope"] == "openid dateline/read"
        assert len(issuer.exchanged) == 1
        assert set(site.tokens) == {"Bearer the-token"}

        page.reload()
        expect(page.locator("#count")).to_have_text("1 event of 15")
        assert len(issuer.asked) == 1

        page.get_by_text("Export", exact=True).click()
        with page.expect_download() as download:
            page.locator("#exports a", has_text="CSV").click()
        assert "Intermediaries meet" in download.value.path().read_text()


def test_a_refused_sign_in_is_told(browser: Browser) -> None:
    with (
        issuing() as issuer,
        served(SIGN_IN="jwt", SIGN_IN_ISSUER=issuer.url, SIGN_IN_CLIENT=CLIENT) as site,
        looking(browser) as page,
    ):
        issuer.refusal = "You are not on the list."
        page.goto(site.url)
        expect(page.locator("#problem")).to_have_text("You are not on the list.")
        assert site.tokens == []


def test_an_answer_that_was_not_asked_for_is_not_taken(browser: Browser) -> None:
    with (
        issuing() as issuer,
        served(SIGN_IN="jwt", SIGN_IN_ISSUER=issuer.url, SIGN_IN_CLIENT=CLIENT) as site,
        looking(browser) as page,
    ):
        page.goto(f"{site.url}?code=planted&state=planted")
        expect(page.locator("#problem")).to_contain_text("was not begun here")
        assert issuer.exchanged == []


def test_a_stack_that_does_not_know_the_page_is_told_apart_from_a_refusal(browser: Browser) -> None:
    with (
        issuing() as issuer,
        served(SIGN_IN="jwt", SIGN_IN_ISSUER=issuer.url) as site,
        looking(browser) as page,
    ):
        page.goto(site.url)
        expect(page.locator("#problem")).to_contain_text("the stack’s parameter PageClient is empty")
        assert issuer.asked == []


def test_where_requests_must_be_signed_the_page_says_what_signs_them(browser: Browser) -> None:
    # Not `looking`: the browser itself complains of an answer that is an error.
    with served(SIGN_IN="iam") as site, window(browser) as context:
        page = context.new_page()
        page.route(f"{site.url}collections?**", lambda route: route.fulfill(status=403, json={"message": "Forbidden"}))
        page.goto(site.url)
        expect(page.locator("#problem")).to_contain_text("Run `dateline page --stack NAME`")


def test_through_the_proxy_the_page_works_and_every_request_is_signed(browser: Browser) -> None:
    with served(SIGN_IN="iam") as site:
        site.publish(page_documents.article())
        signer = Signer(site.url.rstrip("/"), "eu-north-1", Credentials("key", "secret"))
        with serving(page_app(signer, "unguessable")) as port, looking(browser) as page:
            page.goto(f"http://{HOST}:{port}/unguessable/#in=sarn&view=events")
            page.locator("#list a", has_text="Intermediaries").click()
            page.locator("#panel a.quote").first.click()
            expect(page.locator("#source .lit")).to_contain_text("Intermediaries met")
    assert len(site.tokens) > 20
    assert all(token.startswith("AWS4-HMAC-SHA256 ") for token in site.tokens)
