import pytest

from dateline.exports.write import NAMES, write
from tests.factories import finding
from tests.unit.exports.entries import exported


@pytest.mark.parametrize("name", NAMES)
def test_the_same_timeline_makes_the_same_bytes(name: str) -> None:
    made = exported(finding("A"), finding("B", None, None))

    assert write(name, made) == write(name, made)


def test_there_is_no_other_format() -> None:
    with pytest.raises(ValueError, match="no format 'exe'"):
        write("exe", exported())
