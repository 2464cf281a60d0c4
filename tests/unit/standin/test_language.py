import pytest

from infra.standin.language import language_of


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Die Vermittler trafen sich Ende des Jahres in der Hauptstadt und sprachen über den Damm.", "de"),
        ("The mediators met in the capital at the end of the year and spoke about the dam.", "en"),
        ("Les médiateurs se sont rencontrés dans la capitale à la fin de l'année et ont parlé du barrage.", "fr"),
        ("Välittäjät tapasivat pääkaupungissa vuoden lopussa ja puhuivat padosta.", "fi"),
        ("The mediators met at Lake Breven. Velmark denied it.", "en"),
        ("2023 4711 !!!", "und"),
    ],
)
def test_the_language_is_the_texts_own(sentence: str, name: str) -> None:
    assert language_of(sentence).name == name


def test_a_language_without_a_table_has_no_voices_and_no_acts() -> None:
    finnish = language_of("Välittäjät tapasivat pääkaupungissa vuoden lopussa ja puhuivat padosta.")

    assert finnish.acts == {}
    assert finnish.voices.asserts == ()
