import pytest

from dateline.exports.write import NAMES, write
from tests.factories import finding
from tests.unit.exports.entries import exported


@pytest.mark.parametrize("name", NAMES)
def test_the_same_timeline_makes_the_same_bytes(name: str) -> None:
    made = exported(finding("A"), finding("B", None, None))

    assert write(name, made) == write(name, made)


@pytest.mark.parametrize("name", NAMES)
def test_quotes_that_a_machine_read_on_an_image_are_marked(name: str) -> None:
    plain = finding("A", quotes=("It broke.",))
    misread = plain.model_copy(
        update={"evidence": tuple(one.model_copy(update={"recognised": True}) for one in plain.evidence)}
    )
    mark = '"yes"' if name == "csv" else "read by machine on an image"

    # Calendars fold long lines.
    assert mark in write(name, exported(misread)).decode().replace("\r\n ", "")
    assert mark not in write(name, exported(plain)).decode().replace("\r\n ", "")


def test_there_is_no_other_format() -> None:
    with pytest.raises(ValueError, match="no format 'exe'"):
        write("exe", exported())
