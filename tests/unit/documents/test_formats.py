"""What holds for every format: known by its content, exact sentences, and a reason for hostile bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from itertools import pairwise
from time import thread_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.documents.formats.detect import Format, detect_format
from dateline.documents.formats.reader import read_content
from dateline.documents.limits import Limits
from dateline.documents.read import read
from dateline.documents.sentences import split
from dateline.errors import Rejected
from tests.unit.documents.formats.made_msg import MESSAGE, msg
from tests.unit.documents.formats.made_odt import odt
from tests.unit.documents.formats.made_odt import p as paragraph
from tests.unit.documents.formats.made_rtf import rtf
from tests.unit.documents.formats.made_sheet import row, xlsx
from tests.unit.documents.formats.made_sheet import text as cell
from tests.unit.documents.formats.made_subtitles import cues
from tests.unit.documents.making import FACTS, article, docx, mail, page, pdf

MAKERS: dict[Format, Callable[[list[str]], bytes]] = {
    "text": lambda facts: "\n".join(facts).encode(),
    "markdown": lambda facts: ("---\ntitle: T\n---\n# H\n\n" + "\n\n".join(facts)).encode(),
    "html": lambda facts: page("<article>" + "".join(f"<p>{fact}</p>" for fact in facts) + "</article>"),
    "email": lambda facts: mail("\r\n".join(facts)),
    "pdf": lambda facts: pdf([facts]),
    "docx": docx,
    "json": lambda facts: json.dumps({"text": "\n".join(facts)}).encode(),
    "msg": lambda facts: msg({**MESSAGE, "1000001F": "\r\n".join(facts).encode("utf-16-le")}),
    "odt": lambda facts: odt("".join(paragraph(fact) for fact in facts)),
    "rtf": lambda facts: rtf("\\par ".join(facts)),
    "xlsx": lambda facts: xlsx("".join(row(cell(fact)) for fact in facts)),
    "subtitles": lambda facts: cues(*facts).encode(),
}
TWISTED = {
    "odt": odt("".join(paragraph(fact) for fact in FACTS)),
    "rtf": rtf("\\par ".join(FACTS)),
    "xlsx": xlsx("".join(row(cell(fact)) for fact in FACTS)),
    "subtitles": cues(*FACTS).encode(),
    "pdf": pdf([FACTS]),
    "docx": docx(FACTS),
    "email": mail("\n".join(FACTS)),
    "html": page(article()),
    "json": json.dumps({"text": FACTS[0]}).encode(),
}


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize("form", MAKERS)
def test_a_format_is_known_by_what_stands_in_the_file_whatever_its_name(form: Format) -> None:
    assert detect_format(MAKERS[form](list(FACTS)), "dropped") == form


@pytest.mark.parametrize("form", MAKERS)
def test_each_format_gives_the_facts_as_sentences_with_exact_offsets(form: Format) -> None:
    document = read(MAKERS[form](list(FACTS)), name="dropped")

    words = [document.words(sentence) for sentence in document.sentences]
    assert words[-len(FACTS) :] == list(FACTS)
    assert [document.text[one.start : one.end] for one in document.sentences] == words
    assert document.language == "en"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["markdown", "html", "email", "pdf", "docx", "json"]),
    st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), min_size=1, max_size=4),
)
def test_sentences_of_any_words_in_any_format_stand_at_their_offsets(form: Format, words: list[str]) -> None:
    try:
        content = read_content(MAKERS[form](_settable(form, words)), form, Limits())
    except Rejected as refused:
        assert refused.code in {"no_text", "empty", "scanned", "binary"}  # noqa: PT017
        return

    sentences = split(content.text, "en")
    held = "".join(content.text[one.start : one.end] for one in sentences)
    assert "".join(held.split()) == "".join(content.text.split())
    assert all(one.end <= other.start for one, other in pairwise(sentences))
    assert "\r" not in content.text
    assert content.text.encode()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(TWISTED)), st.data())
def test_a_damaged_file_comes_to_a_text_or_to_a_reason(form: Format, data: st.DataObject) -> None:
    whole = bytearray(TWISTED[form])
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(len(whole) // 2, len(whole)))

    try:
        content = read_content(bytes(whole[:end]), form, Limits())
    except Rejected as refused:
        assert refused.reason  # noqa: PT017
        return

    assert content.text.strip()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old Office"),
        (archive("a.txt"), "unpack it"),
        (archive("ppt/presentation.xml", "[Content_Types].xml"), "save it as PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "image"),
        (b"\x1f\x8b\x08\x00" + b"\0" * 100, "gzip"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(Rejected, match=says) as refused:
        read(data, name="report.pdf")

    assert refused.value.code == "unsupported"


def test_a_memo_that_begins_like_a_message_is_a_text() -> None:
    assert detect_format(b"From: Ann\nTo: Ben\nSubject: Plan\n\nOn 3 May we met.", "memo.txt") == "text"


def _settable(form: Format, words: list[str]) -> list[str]:
    """Word documents and PDFs cannot be made from control characters, nor messages from line ends in headers."""
    if form not in ("docx", "pdf"):
        return words
    return ["".join(letter for letter in one if letter.isprintable()) or "x" for one in words]


@pytest.mark.parametrize("piece", [b"<!---->", b"key: value\r\n", b"<?xml?>", b"\r\n", b" \r"], ids=ascii)
@pytest.mark.parametrize("head", [b"", b"---\r\n", b"<!-- "], ids=ascii)
def test_a_format_is_told_at_once_however_a_file_begins(head: bytes, piece: bytes) -> None:
    began = thread_time()

    detect_format(head + piece * 200, "dropped")

    assert thread_time() - began < 1
