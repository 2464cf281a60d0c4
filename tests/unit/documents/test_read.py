import os
import subprocess
import sys
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


def test_what_the_caller_knows_goes_before_what_the_file_says() -> None:
    record = b'{"text": "The council met.", "title": "Its own", "source": "Its own", "published": "2024-05-01"}'
    published = Published(date(2024, 5, 24), "metadata")

    document = read(record, name="a.json", title="Given", source="Given", url="https://a.example/", published=published)

    assert (document.title, document.source, document.url) == ("Given", "Given", "https://a.example/")
    assert document.published == published


def test_a_declared_language_is_believed_where_the_text_agrees() -> None:
    record = '{"text": "The council met on Friday to talk about the plan.", "language": "%s"}'

    assert read((record % "en-GB").encode(), name="a").language == "en-GB"
    assert read((record % "de-DE").encode(), name="a").language == "en"


def test_the_file_name_may_date_a_text() -> None:
    assert read(TEXT.encode(), name="inbox/2024-05-24-rat.txt").published == Published(date(2024, 5, 24), "file_name")
    assert read(TEXT.encode(), name="inbox/rat.txt").published is None


def test_what_could_not_be_read_is_counted() -> None:
    document = read(b"The council \xef\xbf\xbd met \xef\xbf\xbd.", name="a.txt")

    assert [(one.code, one.message[0]) for one in document.remarks] == [("replaced_characters", "2")]


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(Rejected, match=r"a\.txt: its text has 12 characters") as refused:
        read(b"Twelve words", name="a.txt", limits=Limits(max_characters=10))

    assert refused.value.code == "too_many_characters"


def test_plain_text_imports_no_formats_library() -> None:
    libraries = ["lxml", "tinycss2", "pypdfium2", "docx", "markdown_it", "subprocess", "dateparser"]
    code = (
        "import sys; from dateline.documents.read import read; read(b'The council met.', name='a.txt'); "
        f"sys.exit(str([name for name in {libraries} if name in sys.modules]))"
    )

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)

    assert done.stderr.strip() == "[]"
