import json
from datetime import date

import pytest

from dateline.documents.formats.record import read_record
from dateline.documents.limits import Limits
from dateline.errors import Rejected


def test_a_record_gives_its_text_and_what_is_known_of_it() -> None:
    record = {
        "title": "Plan",
        "text": "The council met.\r\nIt voted.",
        "published": "2024-05-24T23:30:00-05:00",
        "source": "The Moor Post",
        "url": "https://moorpost.example/a",
        "id": 7,
    }

    content = read_record(json.dumps(record).encode(), Limits())

    assert content.text == "The council met.\nIt voted."
    assert (content.title, content.source, content.url) == ("Plan", "The Moor Post", "https://moorpost.example/a")
    assert [(one.day, one.source) for one in content.published] == [(date(2024, 5, 24), "record")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"text": "cut o', "damaged"),
        (b'{"title": "no text"}', "no_record"),
        (b'["text"]', "no_record"),
        (b'{"text": " "}', "empty"),
        (b'{"text": "x", "published": "yesterday"}', "bad_metadata"),
        (b"[" * 200_000, "nested_too_deep"),
    ],
)
def test_what_is_no_record_has_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_record(data, Limits())

    assert refused.value.code == code


def test_half_a_surrogate_pair_can_be_stored() -> None:
    content = read_record(b'{"text": "a \\ud800 b", "title": "\\udfff"}', Limits())

    assert (content.text, content.title) == ("a \ufffd b", "\ufffd")
