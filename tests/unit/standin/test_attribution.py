import re
import time

import pytest

from infra.standin.attribution import is_about_the_one_before, is_carried, voices
from infra.standin.language import Language, language_of

DE = language_of("Die Vermittler trafen sich in der Hauptstadt und sprachen über den Damm.")
EN = language_of("The mediators met in the capital and spoke about the dam.")
FR = language_of("Les médiateurs se sont rencontrés dans la capitale et ont parlé du barrage.")


@pytest.mark.parametrize(
    ("language", "sentence", "speaker", "kind"),
    [
        (DE, "Drei Beamten zufolge trafen sich die Vermittler in der Stadt.", "Drei Beamten", "anonymous"),
        (DE, "Der Anruf kam im Januar, sagte eine ostranische Quelle.", "eine ostranische Quelle", "anonymous"),
        (DE, "Das sei geklärt, so einer der Diplomaten.", "einer der Diplomaten", "anonymous"),
        (DE, "Laut Helma Roon war der Brief echt.", "Helma Roon", "named"),
        (DE, "Nach Angaben der Polizei gab es keine Verletzten.", "der Polizei", "named"),
        (DE, "Eine zweite Quelle, die dabei war, sagte, dass es regnete.", "Eine zweite Quelle", "anonymous"),
        (DE, "Wie das Ministerium mitteilte, ist der Damm fertig.", "das Ministerium", "named"),
        (DE, "Das Angebot sei zurückgezogen, teilte die Verwaltung mit.", "die Verwaltung", "named"),
        (DE, "Sie brauche Zeit, sagte Dr. Anna Kehl.", "Dr. Anna Kehl", "named"),
        (DE, "Ein Sprecher Ostranas bestätigte dies.", "Ein Sprecher Ostranas", "office"),
        (EN, "He had misled parliament, his office said.", "his office", "named"),
        (EN, "Intermediaries met at the lake, two Ostranan officials said.", "two Ostranan officials", "anonymous"),
        (EN, "According to the ministry of finance, it cost little.", "the ministry of finance", "named"),
        (EN, "Helma Roon said the letter was real.", "Helma Roon", "named"),
        (EN, "A spokesman familiar with the talks said it rained.", "A spokesman", "office"),
        (
            FR,
            "Selon trois responsables ostraniens, ils dînaient.",
            "trois responsables ostraniens",
            "anonymous",
        ),
        (FR, "Le barrage est fini, a déclaré Odile Merrin.", "Odile Merrin", "named"),
        (FR, "La maire de Port-Sarn a affirmé que rien n'était signé.", "La maire de Port-Sarn", "named"),
    ],
)
def test_who_asserts_is_copied_from_the_sentence(language: Language, sentence: str, speaker: str, kind: str) -> None:
    found = [(voice.speaker.words, voice.speaker.kind, voice.stance) for voice in voices(sentence, language)]

    assert found == [(speaker, kind, "asserts")]


@pytest.mark.parametrize(
    ("language", "sentence", "stance", "speakers"),
    [
        (DE, "Ein Beamter in Velmark sagte, er wisse nichts von Gesprächen.", "declines", ["Ein Beamter in Velmark"]),
        (
            DE,
            "Der Senat, die Polizei und Sarnkraft lehnten eine Stellungnahme ab.",
            "declines",
            ["Der Senat", "die Polizei", "Sarnkraft"],
        ),
        (DE, "Ein Sprecher wollte sich zu den Vorwürfen nicht äußern.", "declines", ["Ein Sprecher"]),
        (DE, "Die Regierung wies den Bericht zurück.", "denies", ["Die Regierung"]),
        (DE, "Sarnkraft räumte den Fehler ein.", "confirms", ["Sarnkraft"]),
        (EN, "Velmark's foreign ministry declined to comment.", "declines", ["Velmark's foreign ministry"]),
        (EN, "The prime minister's office did not respond.", "declines", ["The prime minister's office"]),
        (EN, "An official said she knew nothing about any call.", "declines", ["An official"]),
        (EN, "Sarnkraft denied that there had been any cracks.", "denies", ["Sarnkraft"]),
        (EN, "Oren Vask admitted that they had spoken.", "confirms", ["Oren Vask"]),
        (
            FR,
            "Le ministère de l'eau du Velmark a refusé de commenter.",
            "declines",
            ["Le ministère de l'eau du Velmark"],
        ),
        (FR, "Le gouvernement a démenti cette rencontre.", "denies", ["Le gouvernement"]),
    ],
)
def test_refusals_denials_and_admissions_are_told_apart(
    language: Language, sentence: str, stance: str, speakers: list[str]
) -> None:
    found = voices(sentence, language)

    assert {voice.stance for voice in found} == {stance}
    assert [voice.speaker.words for voice in found] == speakers


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (DE, "Der Minister sagte am Dienstag die Reise ab."),
        (DE, "Die Vermittler trafen sich Ende 2023 am See."),
        (DE, "Die Regierung lehnte den Vorschlag ab."),
        (DE, "Beim Anruf teilte die Ministerin ihrem Kollegen mit, dass nichts daraus werde."),
        (EN, "He said little."),
        (EN, "The dam was finished in May."),
        (FR, "Le barrage est fini depuis mai."),
    ],
)
def test_nobody_speaks_where_nothing_is_said(language: Language, sentence: str) -> None:
    assert voices(sentence, language) == []


def test_the_medium_that_reports_a_speaker_is_kept_beside_them() -> None:
    sentence = "Dies berichtet Reuters unter Berufung auf Quellen in Ostrana."

    [voice] = voices(sentence, DE)

    assert voice.via is not None
    assert (voice.speaker.words, voice.via.words) == ("Quellen in Ostrana", "Reuters")
    assert is_about_the_one_before(sentence, DE)


def test_reported_mood_and_pronouns_carry_a_voice_on() -> None:
    assert is_carried("Das Treffen sei ohne Ergebnis geblieben.", DE)
    assert is_carried("She added that it rained.", EN)
    assert not is_carried("Das Treffen blieb ohne Ergebnis.", DE)


@pytest.mark.parametrize("language", [DE, EN, FR], ids=lambda language: language.name)
@pytest.mark.parametrize(
    "text",
    ["Aa " * 20_000, "a, " * 20_000, "die Die, " * 9_000, "the official of the court said " * 3_000, "„" * 50_000],
)
def test_no_text_makes_the_patterns_slow(language: Language, text: str) -> None:
    began = time.process_time()

    voices(text, language)
    is_carried(text, language)

    assert time.process_time() - began < 1


def test_the_words_of_a_speaker_always_stand_in_the_sentence() -> None:
    sentence = "Mara Kern sagte: „Gut“, sagte ein Beamter, laut Polizei."

    for voice in voices(sentence, DE):
        assert re.search(re.escape(voice.speaker.words), sentence)
