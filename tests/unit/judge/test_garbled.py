"""Broken letters are found, and what is only unusual is not."""

import pytest

from dateline.documents.read import read
from dateline.judge.garbled import garbled
from dateline.judge.judge import judge
from tests.unit.judge.answers import answer, event, stored


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Die Brücke über die Alme ist für Busse gesperrt.", "cp1252"),
        ("Le maire a été réélu à Besançon.", "latin-1"),
        ("The mayor “resigned” – at last.", "cp1252"),
        ("Dimitió el señor Muñoz.", "latin-1"),
        ("Мэр города подал в отставку.", "latin-1"),
        ("Şehir meclisi değişikliği onayladı; karar için oylama yapıldı.", "latin-1"),
    ],
)
def test_text_read_under_a_wrong_encoding_is_garbled(text: str, encoding: str) -> None:
    assert garbled(text.encode().decode(encoding, errors="replace"))
    assert not garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "Die Br\ufffdcke ist gesperrt.",
        "The (cid:12)(cid:7) vote",
        "It \ue012\ue013 fell.",
        "Der Rat sghtrkwpqzx gestern.",
    ],
)
def test_unknown_letters_are_garbled(text: str) -> None:
    assert garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "„Das macht keinen Spaß“, sagte er.",
        "AMANHÃ… NÃO, IRMÃ”",
        "Angstschweiß, Rechtsschutz, čtvrthrst, zmrzl, scvrnkl",
        "Ça ira à l’été, dit-il : « Noël »",
        "ΑΒΓ, 東京, القاهرة, हिन्दी, ไทย",
        "Über 5 °C, ½ Liter, § 3, ©, 10 €",
        "ÂGE, PÂQUES, Âlem",
        "Ñandú, ESPAÑA, Ðorđe",
    ],
)
def test_what_is_only_unusual_is_not_garbled(text: str) -> None:
    assert not garbled(text)


def test_garbled_sentences_are_listed_and_are_evidence_but_no_title() -> None:
    document = read("Der Rat tagte.\nDie Br\ufffdcke brach.\n".encode(), name="x", language="de")
    said = answer(event("Bridge collapses", 2), event("Br\ufffdcke collapses", 2))

    extraction = judge(document, stored(document, said))

    assert [finding.title for finding in extraction.findings] == ["Bridge collapses"]
    assert [(note.code, note.message) for note in extraction.notes if note.code == "garbled"] == [
        ("garbled", 'event: "Br\ufffdcke collapse" is broken: use intact words only'),
        ("garbled", "sentence 2 is garbled"),
    ]
