"""A token's claim that limits its reader to collections."""

from __future__ import annotations

import pytest

from dateline.http.access import Access, read_access
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
