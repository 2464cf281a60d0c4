"""Scans and images are read by the recogniser that the caller brings, and all of their text is marked."""

import pytest

from dateline.documents.limits import Limits
from dateline.documents.read import read
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, pdf
from tests.unit.documents.recognising import Told, image, scanned

_PAGES = (
    "The sluice broke on 3 May 2023.\nIt is old.",
    "The board of the water company meets in the town hall of Lowmere with the mayor\non 9 June 2023.",
)


@pytest.mark.parametrize("form", ["png", "jpeg", "tiff", "webp"])
def test_an_image_is_recognised_as_it_is(form: str) -> None:
    data = image(form, "The sluice broke on 3 May 2023.")
    recogniser = Told("The sluice broke on 3 May 2023.\n\nIt is old.\n")

    document = read(data, name="scan", language="en", recogniser=recogniser)

    assert recogniser.images == [data]
    assert document.encoding == "image"
    assert [(document.words(one), one.page, one.recognised) for one in document.sentences] == [
        ("The sluice broke on 3 May 2023.", 1, True),
        ("It is old.", 1, True),
    ]
    assert [one.code for one in document.remarks] == ["recognised_text"]


def test_the_pages_of_a_scan_are_recognised_each_and_their_lines_go_on() -> None:
    recogniser = Told(*_PAGES)

    document = read(scanned(["one"], ["two"]), name="a.pdf", language="en", recogniser=recogniser)

    assert [one[:8] for one in recogniser.images] == [b"\x89PNG\r\n\x1a\n"] * 2
    assert [(" ".join(document.words(one).split()), one.page, one.recognised) for one in document.sentences] == [
        ("The sluice broke on 3 May 2023.", 1, True),
        ("It is old.", 1, True),
        ("The board of the water company meets in the town hall of Lowmere with the mayor on 9 June 2023.", 2, True),
    ]


def test_a_page_without_text_counts_as_a_page() -> None:
    document = read(
        scanned(["one"], [], ["three"]), name="a.pdf", language="en", recogniser=Told(_PAGES[0], "", _PAGES[1])
    )

    assert [one.page for one in document.sentences] == [1, 1, 3]


@pytest.mark.parametrize("data", [image("png", "A"), image("webp", "A"), scanned(["A"])], ids=["png", "webp", "pdf"])
def test_without_a_recogniser_it_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Rejected, match="run text recognition over it") as caught:
        read(data, name="scan")

    assert caught.value.code in {"unsupported", "scanned"}


def test_what_has_text_is_not_recognised() -> None:
    recogniser = Told("never")

    document = read(pdf([FACTS]), name="a.pdf", recogniser=recogniser)

    assert recogniser.images == []
    assert not any(one.recognised for one in document.sentences)


def test_a_scan_without_words_is_rejected() -> None:
    with pytest.raises(Rejected, match="no text was recognised") as caught:
        read(scanned([]), name="a.pdf", recogniser=Told(" \n"))

    assert caught.value.code == "no_text"


def test_a_scan_of_more_pages_than_are_recognised_is_rejected() -> None:
    with pytest.raises(Rejected, match="split it") as caught:
        read(scanned(["1"], ["2"], ["3"]), name="a.pdf", limits=Limits(max_recognised_pages=2), recogniser=Told())

    assert caught.value.code == "too_many_pages"
