"""Uploading and deleting over HTTP: what is signed, for whom, and what is refused."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta
from email.header import decode_header, make_header
from typing import Any

import boto3
import pytest
from botocore.config import Config

from dateline.documents.limits import MAX_BYTES
from dateline.lane.intake import open_dropped
from dateline.store import keys
from dateline.store.bucket import StoredObject
from tests.factories import finding
from tests.functions.press import COLLECTION, Press
from tests.functions.reading import Answered, ask, started
from upload.signing import Signer

UPLOADS, DOCUMENT = "/collections/{name}/uploads", "/documents/{id}"
JSON = {"content-type": "application/json"}
BUCKET_URL = "https://bucket.s3.eu-central-1.amazonaws.com"
TEXT = {"path": "letters/a b.txt", "size": 12, "content_type": "text/plain; charset=utf-8"}
KEY = f"drop/{COLLECTION}/letters/a b.txt"


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    for name, value in {"TABLE": "table", "BUCKET": "bucket", "UPLOADS_TO": BUCKET_URL}.items():
        monkeypatch.setenv(f"DATELINE_{name}", value)
    return Press()


def signer() -> Signer:
    client = boto3.client(
        "s3",
        region_name="eu-central-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        aws_session_token="session",
        config=Config(signature_version="s3v4"),
    )
    return Signer(client, "bucket", BUCKET_URL)


def start_over(press: Press) -> None:
    app: Any = started("upload")
    app.store = lambda: press.store
    app.signer = signer


def post(press: Press, body: object, collection: str = COLLECTION, **given: Any) -> Answered:
    text = body if isinstance(body, str) else json.dumps(body)
    headers = given.pop("headers", JSON)
    start_over(press)
    return ask(UPLOADS, {"name": collection}, method="POST", headers=headers, body=text, function="upload", **given)


def delete(press: Press, document: str, **given: Any) -> Answered:
    start_over(press)
    return ask(DOCUMENT, {"id": document}, method="DELETE", function="upload", **given)


def conditions(answered: Answered) -> list[Any]:
    policy = json.loads(base64.b64decode(answered.json["form"]["fields"]["policy"]))
    found: list[Any] = policy["conditions"]
    return found


def document_id(key: str) -> str:
    place = keys.place(key)
    assert place is not None
    return place.document_id


def dropped(press: Press, name: str) -> str:
    """Publish a document whose file lies in the bucket; return its id."""
    key = f"drop/{COLLECTION}/{name}"
    press.publish(name, [finding("Hall burns", "2024-05-03", "2024-05-03")])
    press.bucket.drop(key, "Text.")
    return document_id(key)


def test_a_form_is_signed_for_one_key_size_and_type_and_names_the_document(press: Press) -> None:
    answered = post(press, TEXT)

    assert answered.status == 201
    document, form = document_id(KEY), answered.json["form"]
    assert answered.headers["Location"] == answered.json["address"] == f"../../documents/{document}"
    assert {name: answered.json[name] for name in ("document_id", "collection", "path")} == {
        "document_id": document,
        "collection": COLLECTION,
        "path": TEXT["path"],
    }
    assert form["url"] == BUCKET_URL
    assert (form["fields"]["key"], form["fields"]["Content-Type"]) == (KEY, TEXT["content_type"])
    signed = conditions(answered)
    for condition in ({"key": KEY}, {"Content-Type": TEXT["content_type"]}, ["content-length-range", 12, 12]):
        assert condition in signed
    assert {"bucket": "bucket"} in signed
    # The role's keys are lent ones: without their token S3 does not know them.
    assert form["fields"]["x-amz-security-token"] == "session"


def test_a_form_is_good_for_minutes(press: Press) -> None:
    form = post(press, TEXT).json["form"]

    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    expires = datetime.fromisoformat(form["expires"])
    assert expires == datetime.fromisoformat(policy["expiration"])
    assert timedelta(minutes=1) < expires - datetime.now(UTC) < timedelta(minutes=20)


@pytest.mark.parametrize("source", ["Kelm Courier", "L’Économie", "日本経済新聞", "=?x?=", "${filename}", "a  b"])
def test_day_and_medium_are_signed_as_metadata_that_the_drop_reads(press: Press, source: str) -> None:
    answered = post(press, {**TEXT, "published": "2024-05-24", "source": source})

    fields = answered.json["form"]["fields"]
    metadata = {name: fields[f"x-amz-meta-{name}"] for name in ("published", "source")}
    assert all({f"x-amz-meta-{name}": value} in conditions(answered) for name, value in metadata.items())
    assert all(value.isascii() and "${" not in value and "\n" not in value for value in metadata.values())
    assert str(make_header(decode_header(metadata["source"]))) == source
    place = keys.place(KEY)
    assert place is not None
    read = open_dropped(place, StoredObject(b"Some text of it.", "1", datetime.now(UTC), metadata))
    assert read.published is not None
    assert (read.published.day, read.source) == (date(2024, 5, 24), " ".join(source.split()))


def test_what_is_not_said_is_not_signed(press: Press) -> None:
    assert not [name for name in post(press, TEXT).json["form"]["fields"] if name.startswith("x-amz-meta-")]


@pytest.mark.parametrize("path", ["größe.pdf", "a/b/c.txt", ".hidden", "100 %.txt", "what?.txt", "a..b", "x" * 1000])
def test_names_are_taken_as_they_are(press: Press, path: str) -> None:
    answered = post(press, {**TEXT, "path": path})

    assert answered.json["form"]["fields"]["key"] == f"drop/{COLLECTION}/{path}"


BAD_PATHS = {
    "nothing": "",
    "a folder": "letters/",
    "from the root": "/etc/passwd",
    "traversal": "../links/news/join.json",
    "traversal within": "a/../../b.txt",
    "here": "./a.txt",
    "an empty folder": "a//b.txt",
    "a backslash": "..\\a.txt",
    "a line end": "a\nb.txt",
    "a control character": "a\x00.txt",
    "no character": "a\ufffe.txt",
    "a variable of S3": "${filename}",
    "a variable within": "a/${filename}.txt",
    "a long one": "x" * 1020,
    "a long one in bytes": "ä" * 510,
}


@pytest.mark.parametrize("path", BAD_PATHS.values(), ids=BAD_PATHS)
def test_a_path_that_is_none_is_refused_by_name(press: Press, path: str) -> None:
    answered = post(press, {**TEXT, "path": path})

    assert (answered.status, answered.headers["Content-Type"]) == (400, "application/problem+json")
    assert answered.json["detail"].startswith("path: ")


def test_half_a_pair_of_surrogates_is_refused(press: Press) -> None:
    assert post(press, json.dumps(TEXT).replace("letters", "\\ud800")).status == 400


@pytest.mark.parametrize("collection", ["..", ".", "a/b", "a/../b", "a\x00b"])
def test_a_collection_is_no_path(press: Press, collection: str) -> None:
    assert post(press, TEXT, collection).status == 400


WRONG: dict[str, str | dict[str, Any]] = {
    "no JSON": "{",
    "no object": "[]",
    "nothing in it": {"size": 0},
    "more than is read": {"size": MAX_BYTES + 1},
    "a size in words": {"size": "12"},
    "half a byte": {"size": 1.5},
    "no type": {"content_type": "text"},
    "a type with a line end": {"content_type": "text/plain\r\nx-amz-acl: public-read"},
    "no day": {"published": "last spring"},
    "a day that is none": {"published": "2024-02-30"},
    "an instant": {"published": 1716508800},
    "a medium of control characters": {"source": "a\nb"},
    "a long medium": {"source": "x" * 201},
    "an unknown field": {"acl": "public-read"},
    "too large": {"source": "x" * 100_001},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_uploaded_is_refused_with_a_reason(press: Press, wrong: str) -> None:
    body = WRONG[wrong]

    answered = post(press, body if isinstance(body, str) else {**TEXT, **body})

    assert (answered.status, answered.headers["Content-Type"]) == (400, "application/problem+json")
    assert answered.json["detail"]


def test_a_file_that_is_too_large_is_told_how_much_is_read(press: Press) -> None:
    assert "10,000,000 bytes" in post(press, {**TEXT, "size": MAX_BYTES + 1}).json["detail"]
    assert post(press, {**TEXT, "size": MAX_BYTES}).status == 201


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", None])
def test_a_body_that_any_page_could_send_unasked_is_refused(press: Press, kind: str | None) -> None:
    assert post(press, TEXT, headers={"content-type": kind} if kind else {}).status == 415


def test_a_document_is_deleted_by_its_id_and_no_other(press: Press) -> None:
    first, _ = dropped(press, "a"), dropped(press, "b")

    answered = delete(press, first)

    assert (answered.status, answered.body) == (204, b"")
    assert press.bucket.keys("drop/") == [f"drop/{COLLECTION}/b"]


@pytest.mark.parametrize("name", ["doc_aaaaaaaaaaaaaaaaaaaa", "../links/x", "", "drop/news/a"])
def test_what_is_no_document_is_not_deleted(press: Press, name: str) -> None:
    dropped(press, "a")

    assert delete(press, name).status == 404
    assert press.bucket.keys("drop/") == [f"drop/{COLLECTION}/a"]


def test_a_deleted_document_is_not_there_to_be_deleted(press: Press) -> None:
    document = dropped(press, "a")
    press.delete("a")

    assert delete(press, document).status == 404


def test_who_may_not_read_a_collection_writes_nothing_in_it(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_COLLECTIONS_CLAIM", "collections")
    document = dropped(press, "a")

    assert post(press, TEXT, claims={"collections": "court"}).status == 404
    assert post(press, TEXT).status == 404
    assert delete(press, document, claims={"collections": "court"}).status == 404
    assert press.bucket.keys("drop/") == [f"drop/{COLLECTION}/a"]
    assert post(press, TEXT, claims={"collections": COLLECTION}).status == 201
    assert delete(press, document, claims={"collections": COLLECTION}).status == 204
