"""What a reader has already is not sent again: conditional requests through the emulator's sockets."""

from __future__ import annotations

import pytest

from tests.local.running import Running


@pytest.fixture(scope="module")
def document_id(stack: Running) -> str:
    stack.drop("cached/a.txt", b"The meeting took place on 3 May 2023.")
    found: str = stack.settled("cached/a.txt")["id"]
    return found


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize(
    "route",
    [
        "/",
        "/assets/config.json",
        "/openapi.json",
        "/docs",
        "/health",
        "/collections",
        "/collections/cached/timeline",
        "/collections/cached/timeline.ics",
        "/documents?collection=cached",
        "/documents/{id}",
        "/documents/{id}/text",
        "/documents/{id}/runs",
    ],
)
def test_what_still_holds_is_answered_without_a_body(
    stack: Running, document_id: str, route: str, encoding: str
) -> None:
    address, accepted = route.format(id=document_id), {"Accept-Encoding": encoding}
    first = stack.api.get(address, headers=accepted)

    again = stack.api.get(address, headers={**accepted, "If-None-Match": first.headers["ETag"]})
    other = stack.api.get(address, headers={**accepted, "If-None-Match": '"other"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert (other.status_code, other.content) == (200, first.content)


def test_headers_alone_are_conditional_too(stack: Running) -> None:
    etag = stack.api.head("/collections").headers["ETag"]

    assert stack.api.head("/collections", headers={"If-None-Match": etag}).status_code == 304
