"""A token's claim that limits its reader to collections."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from dateline.http.access import Access, caller, read_access
from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import ask, publish, remove


@pytest.fixture
def two(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Publish a document in each of two collections, with the limit on."""
    monkeypatch.setenv("DATELINE_COLLECTIONS_CLAIM", "collections")
    return publish(cloud, "drop/my news/a.txt", finding("Mine")), publish(cloud, "drop/court/a.txt", finding("Theirs"))


MINE = {"collections": "my%20news empty"}


def test_a_reader_reads_the_collections_of_the_claim(two: tuple[str, str]) -> None:
    mine, _ = two

    assert [one["name"] for one in ask("/collections", claims=MINE).json["collections"]] == ["my news"]
    timeline = ask("/collections/{name}/{view}", {"name": "my news", "view": "timeline"}, claims=MINE)
    assert [one["title"] for one in timeline.json["events"]] == ["Mine"]
    assert ask("/documents/{id}", {"id": mine}, claims=MINE).status == 200
    assert ask("/events/{id}", {"id": f"evt_{mine[4:]}_00001"}, claims=MINE).status == 200


@pytest.mark.parametrize("claims", [MINE, None])
def test_another_collections_things_are_as_if_there_were_none(
    cloud: Cloud, two: tuple[str, str], claims: dict[str, str] | None
) -> None:
    _, theirs = two
    nobodys = "doc_aaaaaaaaaaaaaaaaaaaa"

    def answers(name: str, document_id: str) -> list[tuple[int, str]]:
        asked = [
            *(
                ask("/collections/{name}/{view}", {"name": name, "view": view}, claims=claims)
                for view in ("timeline", "timeline.csv")
            ),
            ask("/documents", query={"collection": name}, claims=claims),
            ask("/documents/{id}", {"id": document_id}, claims=claims),
            *(
                ask("/documents/{id}/{view}", {"id": document_id, "view": view}, claims=claims)
                for view in ("timeline", "text", "runs", "difference", "timeline.ics")
            ),
            ask("/events/{id}", {"id": f"evt_{document_id[4:]}_00001"}, claims=claims),
        ]
        return [(one.status, one.json["detail"]) for one in asked]

    found = answers("court", theirs)

    assert {status for status, _ in found} == {404}
    assert found == answers("no such collection", nobodys)
    remove(cloud, "drop/court/a.txt")
    assert found == answers("court", theirs)


def test_by_path_another_collections_document_is_not_found(two: tuple[str, str]) -> None:
    theirs, mine = (
        ask("/documents", query={"collection": name, "path": "a.txt"}, claims=MINE) for name in ("court", "my news")
    )

    assert (theirs.status, len(mine.json["documents"])) == (404, 1)


def test_without_the_limit_every_reader_reads_everything() -> None:
    assert read_access({"requestContext": {}}, None) == Access(None)


@pytest.mark.parametrize(
    ("claim", "collections"),
    [
        ("a b", {"a", "b"}),
        ("[a b]", {"a", "b"}),
        ("[]", set()),
        ("", set()),
        (None, set()),
        ("%5Ba b%5D", {"[a", "b]"}),
        ("K%C3%B6ln%20%2B", {"Köln +"}),
    ],
)
def test_a_claim_names_collections_percent_encoded_also_as_an_array(claim: str | None, collections: set[str]) -> None:
    claims = {} if claim is None else {"c": claim}
    event = {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}

    assert read_access(event, "c").collections == frozenset(collections)


# What a token would say if anybody believed it. The gateway lets none of them through; a request that comes without
# what the gateway has checked, by whatever way, has no claims.
NEVER_CHECKED: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    "unsigned": ({"alg": "none"}, {}),
    "expired": ({"alg": "RS256"}, {"exp": 1}),
    "of a foreign issuer": ({"alg": "RS256"}, {"iss": "https://issuer.example"}),
    "of another scope": ({"alg": "RS256"}, {"scope": "other/read"}),
}


@pytest.mark.parametrize("token", NEVER_CHECKED)
def test_a_token_that_the_gateway_has_not_checked_opens_nothing(two: tuple[str, str], token: str) -> None:
    mine, _ = two
    header, claims = NEVER_CHECKED[token]
    parts: tuple[dict[str, Any], ...] = (header, {**MINE, "sub": "somebody", **claims})
    written = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    headers = {"authorization": f"Bearer {'.'.join(written)}."}

    assert ask("/collections", headers=headers).json["collections"] == []
    assert ask("/documents/{id}", {"id": mine}, headers=headers).status == 404


@pytest.mark.parametrize(
    "authorizer",
    [
        None,
        {},
        {"jwt": None},
        {"jwt": {}},
        {"jwt": {"claims": None, "scopes": None}},
        {"jwt": {"claims": {}, "scopes": ["dateline/read"]}},
        {"claims": {"c": "a"}},
        {"lambda": {"c": "a"}},
        {"iam": {"userArn": "arn:aws:iam::111122223333:user/a", "c": "a"}},
    ],
)
def test_without_the_claims_of_a_checked_token_nothing_is_read(authorizer: dict[str, Any] | None) -> None:
    assert read_access({"requestContext": {"authorizer": authorizer}}, "c").collections == frozenset()


@pytest.mark.parametrize("claim", [None, True, 7, ["a"], {"a": "a"}])
def test_a_claim_that_is_no_text_names_no_collection(claim: object) -> None:
    assert read_access(claiming(c=claim), "c").collections == frozenset()


@pytest.mark.parametrize("claim", ["*", "%", "%2", "A", "a*", "a/../a", "a,b", '["a"]', "[a", "a]", "%00a", "a%20"])
def test_a_malformed_claim_opens_no_collection_that_it_does_not_name(claim: str) -> None:
    assert not read_access(claiming(c=claim), "c").allows("a")


def test_another_claim_of_the_same_token_opens_nothing() -> None:
    assert read_access(claiming(C="a", scope="a", collections="a"), "c").collections == frozenset()


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({}, None),
        ({"email": "", "sub": "123"}, "123"),
        ({"email": None, "username": "ilka"}, "ilka"),
        ({"sub": "x" * 1_000}, "x" * 200),
        ({"name": "Not a claim that names"}, None),
    ],
)
def test_a_caller_is_named_by_what_the_gateway_has_checked_or_not_at_all(
    claims: dict[str, object], name: str | None
) -> None:
    assert caller(claiming(**claims)) == name


def claiming(**claims: object) -> dict[str, Any]:
    return {"requestContext": {"authorizer": {"jwt": {"claims": claims, "scopes": None}}}}
