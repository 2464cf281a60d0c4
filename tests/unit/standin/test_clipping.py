from hypothesis import given
from hypothesis import strategies as st

from infra.standin.clipping import clause, clip

SENTENCE = "Nach langem Streit, der alle ermüdet hatte, trafen sich die Vermittler Ende 2023 am See, wo es regnete."


def test_a_short_sentence_stays_as_it_is() -> None:
    assert clip(SENTENCE, 200) == SENTENCE


def test_a_long_sentence_ends_with_an_ellipsis_after_a_whole_word() -> None:
    assert clip(SENTENCE, 60) == "Nach langem Streit, der alle ermüdet hatte …"


def test_the_clause_that_holds_the_date_is_kept() -> None:
    at = SENTENCE.index("Ende 2023")

    assert clip(SENTENCE, 50, (at, at + 9)) == "… trafen sich die Vermittler Ende 2023 am See …"
    assert clause(SENTENCE, (at, at + 9)) == "… trafen sich die Vermittler Ende 2023 am See …"


@given(st.text(alphabet="ab ,;", min_size=1), st.integers(5, 40), st.data())
def test_what_is_kept_is_always_in_the_title(text: str, limit: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    assert text[start:end].strip(" ,;") in clip(text, limit, (start, end))
