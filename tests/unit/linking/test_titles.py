from fractions import Fraction

import pytest

from dateline.linking.titles import ParsedTitle, read_title


def read(title: str, *names: str, language: str = "en") -> ParsedTitle:
    return read_title(title, language, names, [f"so {name} said" for name in names])


def happens(title: str) -> set[str]:
    return {act.name for head in read(title).heads for act in head}


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("The ferry went down off Tarn", "sink"),
        ("Judge Lund stepped down", "resign"),
        ("Second inspection of the pumps", "inspect"),
        ("Committee holds its first meeting", "meet"),
        ("Fire breaks out in the mill", "burn"),
        ("Lund was acquitted", "acquit"),
        ("Inspection report reaches Acme", "transfer"),
    ],
)
def test_what_happens_is_known_by_any_of_its_words(title: str, act: str) -> None:
    assert act in happens(title)


def test_what_a_title_only_names_is_not_what_happens() -> None:
    title = read("The minister resigns after the explosion at the mine")

    assert {act.name for head in title.heads for act in head} == {"resign"}
    assert {act.name for mention in title.mentions for act in mention} == {"explode"}


@pytest.mark.parametrize(
    ("title", "counts"),
    [
        ("17 of the 221 people on board the Orla die", {("dead", 17), ("on board", 221)}),
        ("Fourteen miners are killed", {("dead", 14)}),
        ("Blast kills nine miners", {("dead", 9)}),
        ("Pumps are inspected; two of four fail", {("fail", 2)}),
        ("Acme offers 25,000 crowns for each victim", {("crowns", 25000)}),
        ("Three thousand people attend a memorial service", {("people", 3000)}),
        ("Second meeting on 3 March 2031", set()),
        ("Acme launches the Vado 4", set()),
    ],
)
def test_numbers_are_read_with_what_they_count(title: str, counts: set[tuple[str, int]]) -> None:
    found = {(one.subject, min(one.values)) for one in read(title).quantities}

    assert found == {(subject, Fraction(value)) for subject, value in counts}


def test_names_are_words_with_capitals_wherever_they_stand() -> None:
    names = {" ".join(name.words) for name in read("Orla owner Bo Grahn flies to St Malo", "Orla").names}

    assert names == {"orla", "bo grahn", "st malo"}


def test_a_headline_in_capitals_has_only_the_names_that_are_declared() -> None:
    title = read("Minister Opens New Bridge Near Tarn Today", "Tarn")

    assert [name.words for name in title.names] == [("tarn",)]


def test_german_nouns_are_no_names() -> None:
    title = read("Die Fähre sinkt vor Tarn", "Tarn", language="de")

    assert [name.words for name in title.names] == [("tarn",)]
