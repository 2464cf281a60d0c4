import pytest

from dateline.documents.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Rat hat den Vorschlag Ende 2023 abgelehnt, sagten zwei Beamte.", "de"),
        ("The council rejected the plan in late 2023, two officials said.", "en"),
        ("Le conseil s'est réuni au début du mois de mars.", "fr"),
        ("El consejo se reunió a principios de marzo y rechazó el plan.", "es"),
        ("Meclis geçen yıl mart ayının başında toplandı.", "tr"),
        ("Совет собрался в начале марта 2023 года.", "ru"),
        ("Рада зібралася на початку березня 2023 року і відхилила план.", "uk"),
        ("中国国务院总理周二在北京会见了来访的外国代表团。", "zh"),
        ("המועצה התכנסה בתחילת מרץ ודחתה את התוכנית", "he"),
    ],
)
def test_names_the_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "12345 67 89", "2024-05-24 10:15 OK", "Ok."])
def test_says_und_where_there_is_too_little_to_tell(text: str) -> None:
    assert detect(text) == "und"
