import pytest

from infra.standin.language import language_of, languages


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Die Vermittler trafen sich Ende des Jahres in der Hauptstadt und sprachen über den Damm.", "de"),
        ("The mediators met in the capital at the end of the year and spoke about the dam.", "en"),
        ("Les médiateurs se sont rencontrés dans la capitale à la fin de l'année et ont parlé du barrage.", "fr"),
        ("Välittäjät tapasivat pääkaupungissa vuoden lopussa ja puhuivat padosta.", "und"),
        ("2023 4711 !!!", "und"),
    ],
)
def test_the_language_is_told_by_its_function_words(sentence: str, name: str) -> None:
    assert language_of([sentence]).name == name


def test_every_table_is_complete_and_its_patterns_compile() -> None:
    assert {language.name for language in languages()} == {"de", "en", "fr", "und"}
