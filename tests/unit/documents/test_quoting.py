import pytest

from dateline.documents.quoting import is_field, says_who_is_quoted


@pytest.mark.parametrize(
    "line",
    [
        "On Wed, 26 Feb 2025 at 18:02, Ada Holm wrote:",
        "> > On 26/02/2025 18:02, Ada Holm wrote:",
        "26.02.2025 18:02, Ada Holm <ada@moor.example>:",
        "Am Mi., 26. Feb. 2025 um 18:02 Uhr schrieb Ada Holm <ada@moor.example>:",
        "Op wo 26 feb 2025 om 18:02 schreef Ada Holm:",
        "Em qua., 26 de fev. de 2025 às 18:02, Ada Holm escreveu:",
        "Den ons 26 feb. 2025 kl 18:02 skrev Ada Holm:",
        "W dniu 26.02.2025 o 18:02, Ada Holm napisał(a):",
    ],
)
def test_a_line_that_says_who_wrote_what_is_quoted_is_known(line: str) -> None:
    assert says_who_is_quoted(line)


@pytest.mark.parametrize(
    "line",
    [
        "On 26 February 2025 the mayor wrote to the board.",
        "The 3 offices that she wrote to:",
        "Write to ada@moor.example before 3 May:" + " x" * 200 + ":",
        "Date: Wed, 26 Feb 2025 18:02:00 +0100",
    ],
)
def test_other_lines_are_not(line: str) -> None:
    assert not says_who_is_quoted(line)


def test_the_fields_of_a_head_are_known() -> None:
    assert is_field("*Gesendet:* Mittwoch, 26. Februar 2025 18:02")
    assert not is_field("Sent to the board: nothing.")
