"""Amazon Textract as its service model has it, Tesseract as it is installed, and what is kept of both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from dateline.documents.read import read
from dateline.errors import Rejected, Retryable
from dateline.lane.recognisers import Remembering, Tesseract, Textract, make_recogniser
from tests.newer import with_unknown_fields
from tests.unit.documents.recognising import image, scanned


@pytest.fixture
def stubbed() -> Iterator[tuple[Textract, Stubber]]:
    client = boto3.client("textract", "eu-central-1", aws_access_key_id="a", aws_secret_access_key="b")
    with Stubber(client) as stubber:
        yield Textract(client), stubber


def _answer(*lines: tuple[str, float]) -> dict[str, Any]:
    """Make an answer of lines, each 0.02 of the page high, at their places from its top."""
    blocks: list[dict[str, Any]] = [{"BlockType": "PAGE"}]
    for words, top in lines:
        box = {"Left": 0.1, "Top": top, "Width": 0.8, "Height": 0.02}
        blocks.append({"BlockType": "LINE", "Text": words, "Geometry": {"BoundingBox": box}})
        blocks.append({"BlockType": "WORD", "Text": words.split()[0]})
    return {"DocumentMetadata": {"Pages": 1}, "Blocks": blocks}


def test_textract_is_asked_for_each_page_and_gaps_part_paragraphs(stubbed: tuple[Textract, Stubber]) -> None:
    textract, stubber = stubbed
    answer = _answer(("The sluice", 0.1), ("broke.", 0.125), ("It is old.", 0.2), ("Beside it.", 0.1))
    stubber.add_response("detect_document_text", answer, {"Document": {"Bytes": b"one"}})

    assert textract(lambda: [b"one"]) == ["The sluice\nbroke.\n\nIt is old.\n\nBeside it."]


def test_a_scan_becomes_a_document_by_textract(stubbed: tuple[Textract, Stubber]) -> None:
    textract, stubber = stubbed
    stubber.add_response("detect_document_text", _answer(("The sluice broke.", 0.1)), {"Document": {"Bytes": ANY}})

    document = read(scanned(["The sluice broke."]), name="a.pdf", language="en", recogniser=textract)

    assert document.text == "The sluice broke."
    assert all(one.recognised for one in document.sentences)


@pytest.mark.parametrize("code", ["UnsupportedDocumentException", "BadDocumentException", "DocumentTooLargeException"])
def test_what_textract_will_never_read_is_rejected(stubbed: tuple[Textract, Stubber], code: str) -> None:
    textract, stubber = stubbed
    stubber.add_client_error("detect_document_text", code)

    with pytest.raises(Rejected, match="save it as") as caught:
        textract(lambda: [b"one"])

    assert caught.value.code == "unrecognisable"


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "ProvisionedThroughputExceededException", "AccessDeniedException"]
)
def test_what_textract_may_read_later_waits(stubbed: tuple[Textract, Stubber], code: str) -> None:
    textract, stubber = stubbed
    stubber.add_client_error("detect_document_text", code)

    with pytest.raises(Retryable, match=code):
        textract(lambda: [b"one"])


@pytest.mark.parametrize("form", ["png", "jpeg", "tiff"])
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")
def test_tesseract_reads_an_image(form: str) -> None:
    document = read(
        image(form, "The sluice broke on 3 May 2023.", "Nobody was hurt."), name="a", recogniser=Tesseract()
    )

    assert [document.words(one) for one in document.sentences] == [
        "The sluice broke on 3 May 2023.",
        "Nobody was hurt.",
    ]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")
def test_tesseract_reads_a_scan_page_by_page() -> None:
    data = scanned(["The sluice broke on 3 May 2023."], ["Nobody was hurt."])

    document = read(data, name="a.pdf", language="en", recogniser=Tesseract())

    assert [(document.words(one), one.page) for one in document.sentences] == [
        ("The sluice broke on 3 May 2023.", 1),
        ("Nobody was hurt.", 2),
    ]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")
def test_what_tesseract_cannot_open_is_rejected() -> None:
    with pytest.raises(Rejected) as caught:
        Tesseract()(lambda: [b"\x89PNG\r\n\x1a\nno image"])

    assert caught.value.code == "unrecognisable"


def test_where_tesseract_is_missing_documents_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(Retryable, match="not installed"):
        Tesseract()(lambda: [b""])


class _Kept:
    """The part of the store that keeps what was recognised."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def recognised(self, document_id: str) -> str | None:
        return self.kept.get(document_id)

    def keep_recognised(self, document_id: str, pages: str) -> None:
        self.kept[document_id] = pages


def test_an_upload_is_recognised_once_and_another_anew(stubbed: tuple[Textract, Stubber]) -> None:
    textract, stubber = stubbed
    blobs: Any = _Kept()
    for words in ("First.", "Second."):
        stubber.add_response("detect_document_text", _answer((words, 0.1)), {"Document": {"Bytes": ANY}})

    def said(data: bytes) -> list[str]:
        return list(Remembering(textract, blobs, "doc_1", data)(lambda: [data]))

    assert [said(b"a"), said(b"a"), said(b"b"), said(b"b")] == [["First."], ["First."], ["Second."], ["Second."]]


def test_what_a_newer_version_kept_is_not_recognised_again(stubbed: tuple[Textract, Stubber]) -> None:
    textract, stubber = stubbed
    blobs: Any = _Kept()
    stubber.add_response("detect_document_text", _answer(("First.", 0.1)), {"Document": {"Bytes": ANY}})
    Remembering(textract, blobs, "doc_1", b"a")(lambda: [b"a"])
    blobs.kept["doc_1"] = with_unknown_fields(blobs.kept["doc_1"])

    assert list(Remembering(textract, blobs, "doc_1", b"a")(lambda: [b"a"])) == ["First."]


def test_a_deployment_names_its_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")

    assert make_recogniser(None) is None
    assert isinstance(make_recogniser("tesseract"), Tesseract)
    assert isinstance(make_recogniser("textract"), Textract)
