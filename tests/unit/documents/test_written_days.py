from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.written_days import places, written_days

PIECES = st.sampled_from(
    ["3 May 2024", "3. Mai", "le 15 mars 1998", "16 de maio de 2023", "2023. május 16.", "mei 16, 2023", "3 мая 2024",
     "2024年5月3日", "ngày 3 tháng 5 năm 2024", "05/06/2024", "12", "1999", "Monday", "last year", " г.", "року ",
     " – ", ", ", " ", "Published: ", "VIGO", "(AP)", "on ", "the council met", "."]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(["en", "de", "fr", "ru", "hu", "und"]))
def test_every_day_that_a_line_names_stands_at_one_of_its_places(line: str, language: str) -> None:
    days = {(one.start, one.end) for one in written_days(line, language)}

    assert days <= set(places(line, language))
