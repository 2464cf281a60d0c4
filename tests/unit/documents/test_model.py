from dataclasses import replace
from datetime import date

import pytest

from dateline.documents import Document, Published
from dateline.documents.read import read


@pytest.fixture
def document() -> Document:
    return read(b"Der Rat tagte am 3. Mai.", name="x", language="de")


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Der Rat tagte am 4. Mai."},
        {"language": "en"},
        {"title": "Rat"},
        {"published": Published(date(2024, 5, 24), "caller")},
    ],
)
def test_whatever_decides_the_request_names_the_content(document: Document, change: dict[str, object]) -> None:
    assert replace(document, **change).content != document.content  # type: ignore[arg-type]


def test_the_bytes_encoding_does_not_name_the_content(document: Document) -> None:
    assert read(document.text.encode("utf-16"), name="y", language="de").content == document.content
