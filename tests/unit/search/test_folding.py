from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search.folding import fold, token_spans

_LETTERS_END = 0x30000  # beyond it are Chinese characters that decompose into nothing, and none
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("L'ÉTÉ à Łódź", "l ete a lodz"),
        ("cafe\u0301s", "cafes"),
        ("Straße STRASSE", "strasse strasse"),
        ("ISPARTA ısı İstanbul", "isparta isi istanbul"),
        ("ὁδός ΟΔΟΣ", "οδοσ οδοσ"),
        ("Ещё ЕЩЕ", "еще еще"),
        ("ﬁne １２ ٣", "fine 12 3"),
        ("مُحَمَّد أحمد إحـمد", "محمد احمد احمد"),
        ("北京大学2024", "北 京 大 学 2024"),
        ("서울에서", "서 울 에 서"),
        ("co\u00adoper\u200bate", "cooperate"),
        ("हिन्दी", "हिन्दी"),
        ("น้ำ ㋀", "น ้ ำ ㋀"),
        ("... —", ""),
    ],
)
def test_what_readers_call_the_same_folds_into_the_same(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(TEXTS)
def test_each_folded_token_has_its_span(text: str) -> None:
    spans = token_spans(text)

    assert [fold(text[start:end]) for start, end in spans] == fold(text).split()
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))


def test_folding_what_is_folded_changes_nothing() -> None:
    characters = (chr(code) for code in range(_LETTERS_END) if not 0xD800 <= code <= 0xDFFF)

    assert [one for one in characters if fold(fold(one)) != fold(one)] == []
