"""The page for people: its files as they are shipped, and the security policy that they are served under."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.http.refusals import NotFound
from dateline.records import Record
from read.replies import Answer
from read.settings import SignIn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from read.settings import Settings

_FOLDER = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class PageConfig(Record):
    """What may be written here, and how readers of the page are known: the last three are empty unless by `jwt`."""

    editing: bool
    uploading: bool
    sign_in: SignIn
    issuer: str
    client_id: str
    scope: str


def index(settings: Settings) -> Answer:
    """Serve the page itself. Its files are named with their version, so that browsers ask for each only once."""
    page = _files()["index.html"].replace(b'"assets/', f'"assets/{_version()}/'.encode())
    return Answer(page, _TYPES[".html"], headers={**_security(settings), "Cache-Control": "no-cache"})


def asset(version: str, name: str, settings: Settings) -> Answer:
    """Serve one of the page's files. NotFound: there is none of that name, or the page has been replaced since."""
    if version != _version() or name not in _files():
        raise NotFound("The page has no such file; load it anew.")
    headers = {**_security(settings), "Cache-Control": "public, max-age=31536000, immutable"}
    return Answer(_files()[name], _TYPES[Path(name).suffix], headers=headers)


def config(settings: Settings) -> Answer:
    """Tell the page what is offered and how its readers are known. Nothing of it is secret, as the client is public."""
    said = PageConfig(
        editing=settings.editing == "on",
        uploading=settings.uploads_to != "",
        sign_in=settings.sign_in,
        issuer=settings.sign_in_issuer,
        client_id=settings.sign_in_client,
        scope=settings.sign_in_scope,
    )
    headers = {**_security(settings), "Cache-Control": "no-cache"}
    return Answer(said.model_dump_json().encode(), "application/json", headers=headers)


@cache
def _files() -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}


@cache
def _version() -> str:
    digest = hashlib.sha256()
    for name, content in _files().items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]


def _security(settings: Settings) -> dict[str, str]:
    """Let the page run its own files and nothing else, and reach this API, its sign-in and its bucket alone.

    No inline script or style, no eval, and no place where a text could become markup (Trusted Types without a policy).
    """
    hosts = [f"{url.scheme}://{url.netloc}" for url in map(urlsplit, _reached(settings))]
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": " ".join(["'self'", *dict.fromkeys(hosts)]),
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _reached(settings: Settings) -> list[str]:
    signs_in = [settings.sign_in_issuer, settings.sign_in_token_url] if settings.sign_in == "jwt" else []
    return [url for url in (*signs_in, settings.uploads_to) if url]
