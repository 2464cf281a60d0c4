"""The page over the read function's own handler, behind HTTP as the gateway is, and a browser to look at it with."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import threading
import time
from base64 import b64decode
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from cfnlint.decode import cfn_yaml

from dateline.linking.summary import sum_up
from dateline.records import Cost, Event, PublishedOn, Recipe
from dateline.search.segment import Piece
from dateline.search.words import RunWords
from dateline.store import keys
from dateline.store.bucket import Bucket
from dateline.store.heads import Rejection
from dateline.store.links import Changes, LinkedReport, OccurrenceHead, row_places
from dateline.store.store import Store, store_over
from infra.local.paths import ROOT
from infra.template_routes import TEMPLATE
from summarize.editing import follow
from summarize.telling import read_told
from tests.aws import BUCKET, TABLE, simulated_aws
from tests.factories import run
from tests.functions.conftest import Context
from tests.local.page_documents import Written
from tests.memory_table import MemoryTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_AXE = ROOT / ".local" / "page" / "node_modules" / "axe-core" / "axe.min.js"
_HELD_SECONDS = 30
# Without these it asks hosts of its maker, and under root it would not start.
_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Site:
    """An API with its page.

    `tokens` holds what it was sent as Authorization, `statuses` what it answered. What begins with one of `failing` is
    answered with 503; a route of `held` waits until it is released. Decisions of editors are followed at once, or
    where it `delays` them when `follow` is called.
    """

    url: str
    store: Store
    bucket: Bucket
    tokens: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    held: dict[str, threading.Event] = field(default_factory=dict)
    delays: bool = False
    _decided: list[keys.EditPlace] = field(default_factory=list)

    def wait(self, path: str) -> None:
        """Wait until a route that is held is released."""
        for start, released in list(self.held.items()):
            if path.startswith(start):
                released.wait(_HELD_SECONDS)

    def decided(self, answer: Mapping[str, Any], request: Mapping[str, Any]) -> None:
        """Note what decision the edit function wrote or deleted, if it did."""
        done = answer["statusCode"] in {HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}
        if not done or "/decisions" not in request["rawPath"]:
            return
        parameters = request["pathParameters"]
        self.note_decision(parameters["name"], parameters.get("id") or json.loads(answer["body"])["id"])
        if not self.delays:
            self.follow()

    def note_decision(self, collection: str, name: str) -> None:
        """Have a decision followed with the next that are."""
        place = keys.edit_place(keys.edit_key(collection, name))
        assert place is not None
        self._decided.append(place)

    def follow(self) -> None:
        """Follow the decisions that wait, as their notifications ask."""
        while self._decided:
            follow(self._decided.pop(0), "AWS:the-function", self.store, time.monotonic() + 60)

    def reject(self, key: str, reason: str) -> str:
        """Write a document that was dropped and cannot be processed; return its id."""
        place = keys.place(key)
        assert place is not None
        self.store.listing.register(place.collection)
        held = self.store.heads.take(place, 60)
        rejection = Rejection(code="no_text", reason=reason)
        self.store.heads.write(held, held.head.model_copy(update={"state": "rejected", "rejection": rejection}))
        return place.document_id

    def publish(self, written: Written) -> str:
        """Write a document as if it had been dropped and worked on; return its id."""
        place = keys.place(written.key)
        assert place is not None
        self.store.listing.register(place.collection)
        held = self.store.heads.take(place, 60)
        made = run(place.document_id, held.fence).model_copy(
            update={
                "title": written.title,
                "language": written.language,
                "source": written.medium or written.about.medium,
                **written.about.model_dump(include={"author", "recipients", "url"}),
                "published": PublishedOn(day=written.published, source="caller") if written.published else None,
                "recipe": Recipe(ask="ask", judge="judge", model=written.model),
                "cost": Cost(usd=Decimal("0.00123"), prices=date(2026, 11, 23)),
                "summary": written.summary,
                "notes": written.notes,
                "statements": written.statements,
                "events": len(written.findings),
            }
        )
        events = [
            Event(
                **finding.model_dump(),
                id=keys.event_id(place.document_id, number),
                document_id=place.document_id,
                model=written.model,
            )
            for number, finding in enumerate(written.findings, 1)
        ]
        words = RunWords.of(made, events, written.text.text, held.head.dropped.date())
        self.store.runs.write(place.collection, made, events, written.text, Piece.of(words))
        change = {
            "state": "done",
            "current": held.fence,
            "previous": held.head.current,
            "about": made.about,
            "read_version": self.put_file(written.key, written.text.text),
        }
        self.store.heads.write(held, held.head.model_copy(update=change))
        return place.document_id

    def put_file(self, key: str, text: str) -> str:
        """Put a file into the bucket; return its version."""
        self.bucket.put(key, text.encode())
        found = self.bucket.get(key)
        assert found is not None
        return found.version

    def link(self, collection: str, occurrences: Sequence[Sequence[str]]) -> list[str]:
        """Write occurrences, each of the events with these ids, as if they had been linked; return their ids."""
        documents = {f"doc_{event.split('_')[1]}" for events in occurrences for event in events}
        told = [read_told(one, collection, self.store) for one in documents]
        reports = {report.id: report for one in told for report in one.reports}
        turn, now = self.store.links.take_turn(collection, 60), datetime.now(UTC)
        rows = [
            sum_up(
                keys.occurrence_id(collection, turn.version, place), collection, [reports[one] for one in events], now
            )
            for place, events in enumerate(occurrences)
        ]
        heads = [
            OccurrenceHead(
                id=row.id,
                collection=collection,
                born=place,
                shown=turn.version,
                switched_at=now,
                rows=row_places(row, turn.version),
            )
            for place, row in enumerate(rows)
        ]
        linked = {
            row.id: [LinkedReport(report=reports[one]) for one in events]
            for row, events in zip(rows, occurrences, strict=True)
        }
        self.store.links.write(turn, Changes(reports=linked, rows=rows, grown=heads))
        self.store.links.give_back(turn)
        for one in told:
            assert one.held is not None
            self.store.heads.note_folded(one.held, is_open=False)
        return [row.id for row in rows]


@contextmanager
def served(**settings: str) -> Iterator[Site]:
    """Serve the handlers of the functions behind the API over HTTP on loopback, as the template's routes say.

    Files are uploaded and deleted only where it is set where they go to (`UPLOADS_TO`).
    """
    with pytest.MonkeyPatch.context() as patch, simulated_aws(patch) as (_, s3):
        for name, value in {"TABLE": TABLE, "BUCKET": BUCKET, **settings}.items():
            patch.setenv(f"DATELINE_{name}", value)
        patch.setenv("POWERTOOLS_TRACE_DISABLED", "true")
        # Disabled metrics pile up until there are too many of them; written ones do not.
        patch.delenv("POWERTOOLS_METRICS_DISABLED", raising=False)
        patch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Dateline")
        # moto would take most of the time that a page waits for; what this table promises is tested beside it.
        store = store_over(MemoryTable(), Bucket(s3, BUCKET))
        patch.setattr("dateline.lane.runtime.make_store", lambda *_: store)
        read = _handler("read")
        edit = _handler("edit")
        upload = _handler("upload") if "UPLOADS_TO" in settings else read
        site = Site("", store, Bucket(s3, BUCKET))
        server = ThreadingHTTPServer(("127.0.0.1", 0), _door(read, _writing(edit, upload), site))
        site.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _handler(function: str) -> Any:
    return importlib.reload(importlib.import_module(f"{function}.app")).handler


def _writing(edit: Any, upload: Any) -> Callable[..., Any]:
    return lambda request, context: (edit if "/decisions" in request["rawPath"] else upload)(request, context)


def _door(read: Any, writing: Any, site: Site) -> type[BaseHTTPRequestHandler]:
    # A function works on one request at a time; so does this.
    turn = threading.Lock()

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body leave together: otherwise each answer waits 40 ms for an acknowledgement.
        wbufsize = -1

        def do_GET(self) -> None:
            if token := self.headers.get("Authorization"):
                site.tokens.append(token)
            site.wait(self.path)
            if any(self.path.startswith(start) for start in site.failing):
                self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
                return
            self.answer(read)

        def do_POST(self) -> None:
            self.answer(writing, site.decided)

        def do_DELETE(self) -> None:
            self.do_POST()

        def answer(self, handler: Any, note: Callable[..., None] = lambda *_: None) -> None:
            given = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            request = _request(self.command, self.path, dict(self.headers.items()), given)
            with turn:
                answer = handler(request, Context())
            site.statuses.append(answer["statusCode"])
            # Noted before anybody can have read of it: a test follows a decision as soon as the page tells.
            note(answer, request)
            # As strict as the local emulator: it takes no null for a body.
            body = answer["body"].encode()
            if answer["isBase64Encoded"]:
                body = b64decode(body)
            self.send_response(answer["statusCode"])
            for name, value in answer["headers"].items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            return

    return Door


def _request(method: str, target: str, headers: Mapping[str, str], body: str) -> dict[str, Any]:
    url = urlsplit(target)
    route, parameters = next(
        ((key, match.groupdict()) for key, pattern in _routes(method) if (match := pattern.fullmatch(url.path))),
        ("$default", {}),
    )
    return {
        "version": "2.0",
        "routeKey": route,
        "rawPath": url.path,
        "rawQueryString": url.query,
        "headers": {name.lower(): value for name, value in headers.items()},
        "queryStringParameters": _joined(parse_qsl(url.query, keep_blank_values=True)),
        "pathParameters": {name: unquote(value) for name, value in parameters.items()},
        "requestContext": {"http": {"method": method, "path": url.path}, "requestId": "request", "stage": "$default"},
        "body": body,
        "isBase64Encoded": False,
    }


def _joined(parameters: list[tuple[str, str]]) -> dict[str, str]:
    """Put what is given twice together, with commas, as the gateway does."""
    together: dict[str, str] = {}
    for name, value in parameters:
        together[name] = f"{together[name]},{value}" if name in together else value
    return together


@cache
def _routes(method: str) -> list[tuple[str, re.Pattern[str]]]:
    resources = cfn_yaml.load(str(TEMPLATE))["Resources"].values()
    found = [one["Properties"]["RouteKey"] for one in resources if one["Type"] == "AWS::ApiGatewayV2::Route"]
    return [(key, _pattern(key.removeprefix(f"{method} "))) for key in found if key.startswith(f"{method} ")]


def _pattern(path: str) -> re.Pattern[str]:
    greedy = re.sub(r"{(\w+)\+}", r"(?P<\1>.+)", path.replace(".", r"\."))
    return re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", greedy))


def row(page: Page, title: str) -> Locator:
    """Find what the list shows of a title."""
    return page.locator("#list a", has_text=title)


def drawn(page: Page, title: str) -> Locator:
    """Find what is drawn of a title."""
    return page.locator("#drawing g.event", has_text=title)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start the browser. Skips where there is none: a laptop or a build machine need not have one."""
    chromium = next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine; on Debian: apt-get install chromium")
    from playwright.sync_api import expect, sync_playwright

    # A busy machine needs longer than the five seconds that are usual.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_SWITCHES)
        yield browser
        browser.close()


def serious_faults(page: Page) -> list[tuple[str, str, list[str]]]:
    """Ask axe what a reader with special needs would stumble over, with all menus open. Skips where there is no axe."""
    if not _AXE.exists():
        pytest.skip("axe-core is not installed: `make .local/page/made` (needs npm)")
    for menu in page.locator("details").all():
        menu.evaluate("menu => menu.open = true")
    page.evaluate(_AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (fault["id"], fault["impact"], [node["html"][:200] for node in fault["nodes"][:3]])
        for fault in found["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]


@contextmanager
def window(browser: Browser, width: int = 1280, height: int = 800, **options: Any) -> Iterator[BrowserContext]:
    """Open a browser's window, which keeps the page's files from one tab to the next."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(20_000)
    yield context
    context.close()


@contextmanager
def tab(context: BrowserContext) -> Iterator[Page]:
    """Open a tab; at the end nothing may have been complained of, least of all by the security policy."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == [], complaints


@contextmanager
def looking(browser: Browser, width: int = 1280, height: int = 800, **options: Any) -> Iterator[Page]:
    """Open a tab in a window of its own."""
    with window(browser, width, height, **options) as context, tab(context) as page:
        yield page
