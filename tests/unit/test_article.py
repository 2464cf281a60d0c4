"""A machine-translated news report without a publication date, judged with an answer written by hand."""

from pathlib import Path

import pytest

from dateline.documents.read import read
from dateline.judge.judge import judge
from tests.unit.judge.answers import answer, by, event, stored, who

ARTICLE = Path(__file__).parents[3] / "shared" / "articles" / "000_89a789b5965c4451.txt"

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the real articles are not part of the project")


def test_the_article_comes_to_its_timeline() -> None:
    document = read(ARTICLE.read_bytes(), name=ARTICLE.name)
    said = answer(
        event("US rejects the proposal", 3, 1, x=[by(0, via=1)]),
        event("Sullivan calls Ushakov", 9, d="Januar", e="2024-01", x=[by(2)]),
        event("Intermediaries meet in Turkey", 5, d="Ende 2023", e="2023-09~/2023-12~", x=[by(3), by(4, "declines")]),
        event("Signals are sent to Washington", 2, d="2023", e="2023", x=[by(0)]),
        event("Contacts are built", 19, d="zwei Monate", e="2023-11/2023-12", x=[by(0)]),
        event("More news", 30),
        who=[
            who("Russischen Quellen", "Russian sources"),
            who("Reuters", named=True),
            who("eine russische Quelle", "a Russian source"),
            who("Drei russischen Beamten", "three Russian officials"),
            who("ein Beamter in der Die USA", "a US official"),
        ],
    )

    extraction = judge(document, stored(document, said))

    shown = [
        (event.title, event.when.words, event.when.edtf, event.when.basis, event.when.extent, event.status)
        for event in extraction.findings
    ]
    assert shown == [
        ("Signals are sent to Washington", "2023", "2023", "explicit", "within", "claimed"),
        ("Intermediaries meet in Turkey", "Ende 2023", "2023-09~/2023-12~", "explicit", "within", "claimed"),
        ("Sullivan calls Ushakov", "im Januar", "2024-01", "context", "within", "claimed"),
        ("US rejects the proposal", None, None, "undated", None, "claimed"),
        ("Contacts are built", None, None, "undated", None, "claimed"),
    ]
    anchor = extraction.findings[2].when.anchor
    assert anchor is not None
    assert (anchor.sentence, anchor.words) == (5, "Ende 2023")
    assert [note.code for note in extraction.notes] == ["date_unresolved", "sentence_unknown", "date_unused"]
    assert all(
        document.text[part.start : part.end] == part.quote for event in extraction.findings for part in event.evidence
    )
