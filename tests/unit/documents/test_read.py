from datetime import date

import pytest

from dateline.documents import Published
from dateline.documents.limits import Limits
from dateline.documents.read import read
from dateline.errors import Rejected

TEXT = "Der Rat lehnte den Vorschlag Ende 2023 ab. Das sagten zwei Beamte."


def test_reads_plain_text_with_what_the_caller_knows() -> None:
    published = Published(date(2024, 5, 24), "caller")

    document = read(TEXT.encode("utf-8-sig"), name="rat.txt", published=published)

    assert document.text == TEXT
    assert [document.words(sentence) for sentence in document.sentences] == [
        "Der Rat lehnte den Vorschlag Ende 2023 ab.",
        "Das sagten zwei Beamte.",
    ]
    assert (document.language, document.encoding, document.published) == ("de", "utf-8", published)


def test_the_callers_language_wins() -> None:
    assert read(TEXT.encode(), name="rat.txt", language="de-AT").language == "de-AT"


def test_a_refusal_names_the_file() -> None:
    with pytest.raises(Rejected, match=r"inbox/rat\.txt: 66 bytes are more than the limit of 10") as refused:
        read(TEXT.encode(), name="inbox/rat.txt", limits=Limits(max_bytes=10))

    assert refused.value.code == "too_large"
