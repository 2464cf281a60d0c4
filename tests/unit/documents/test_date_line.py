import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.documents.date_line import own_dates

MAY = date(2024, 5, 24)
APRIL = date(2024, 4, 3)


def first(text: str, language: str, *hints: date) -> tuple[date, str] | None:
    return next(((one.day, one.source) for one in own_dates(text, language, hints)), None)


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("KYIV, May 24, 2024 — The council met.", "en", MAY),
        ("Aldermoor, 24 May 2024 – The council met.", "en", MAY),
        ("Madrid, 24 de mayo de 2024.- El concejo se reunió.", "es", MAY),
        ("Paris, le 3 avril 2024 – Le maire a parlé.", "fr", APRIL),
        ("Wien, am 24. Mai 2024", "de", MAY),
        ("Published on 24 May 2024", "en", MAY),
        ("Date: 24 May 2024", "en", MAY),
        ("By Ann Moor, May 24, 2024", "en", MAY),
        ("Ann Moor | 24 May 2024, 14:05", "en", MAY),
        ("Freitag, 24. Mai 2024", "de", MAY),
        ("Veröffentlicht am 03.04.2024", "de", APRIL),
        ("Publié le 3 avril 2024 à 10h", "fr", APRIL),
        ("Опубліковано: 3 квітня 2024", "uk", APRIL),
        ("发布时间：2024年5月24日", "zh", MAY),
        ("2024年5月24日", "ja", MAY),
        ("2024-05-24", "en", MAY),
        ("ALDERMOOR, May 24, 2024. The council met.", "en", MAY),
        ("FOR IMMEDIATE RELEASE: May 24, 2024", "en", MAY),
        ("Press release no. 12/2024 – 24 May 2024", "en", MAY),
        ("Written on 24 May 2024 at 9:20", "en", MAY),
        ("By Ann Moor May 24, 2024", "en", MAY),
        ("By Ann Moor and Ben Stone, Moor Post, May 24, 2024 9:20 a.m. EDT", "en", MAY),
        ("May 24, 2024 / 9:20 AM / Moor Post", "en", MAY),
        ("This article was first published on 24 May 2024.", "en", MAY),
        ("Fri, 24 May 2024 14:24:05 +0000", "en", MAY),
        ("Pressemitteilung vom 24.05.2024", "de", MAY),
        ("Von Anna Moor 24.05.2024, 09:20 Uhr", "de", MAY),
        ("24. Mai 2024, 9:20 Uhr Lesezeit: 3 min", "de", MAY),
        ("Dieser Artikel wurde am 24. Mai 2024 veröffentlicht.", "de", MAY),
        ("24.05.2024 Aktuelle Meldung", "de", MAY),
        ("dpa am 24.05.2024", "de", MAY),
        ("vendredi 24 mai 2024, par anne", "fr", MAY),
        ("Par Anne Moor le 24 mai 2024 à 9h20", "fr", MAY),
        ("di Anna Moor 24 maggio 2024", "it", MAY),
        ("Giriş: 24.05.2024 09:20", "tr", MAY),
        ("Oluşturulma Tarihi: Mayıs 24, 2024 09:20", "tr", MAY),
        ("МОРСК, 24 мая 2024 г. /МП/. Совет собрался.", "ru", MAY),
        ("24 de maio de 2024 às 09h20", "pt", MAY),
        ("Publicado em sexta-feira, 24 de maio de 2024", "pt", MAY),
        ("Dodano: 24 maja 2024 r.", "pl", MAY),
        ("Publicerad 24 maj 2024", "sv", MAY),
        ("2024. május 24.", "hu", MAY),
        ("Ngày 24 tháng 5 năm 2024", "vi", MAY),
        ("입력 2024.05.24. 오전 9:20", "ko", MAY),
    ],
)
def test_a_date_line_dates_its_text(line: str, language: str, day: date) -> None:
    assert first(f"A headline\n{line}\nMore words.", language) == (day, "text")
    assert first("Some words of a report.\n" * 20 + line, language) == (day, "text")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("VIGO, 3 abr. (EFE) – El concejo se reunió.", "es"),
        ("Berlin (dpa) – 3. April", "de"),
        ("BERLIN, 3. April (dpa) – Der Rat hat getagt.", "de"),
        ("LONDON, April 3 (Reuters) - The council met.", "en"),
        ("МОСКВА, 3 апр — РИА Новости. Совет собрался.", "ru"),
        ("ANKARA, 3 Nisan (AA) - Meclis toplandı.", "tr"),
    ],
)
def test_an_agencys_date_line_gets_its_year_from_a_hint_and_from_nothing_else(line: str, language: str) -> None:
    assert first(line, language, date(2024, 5, 1)) == (APRIL, "text")
    assert first(line, language) is None


def test_the_year_is_the_one_that_brings_the_day_closest_to_the_hint() -> None:
    assert first("LONDON, Dec 31 (Reuters) - It ended.", "en", date(2024, 1, 2)) == (date(2023, 12, 31), "text")
    assert first("LONDON, Jan 2 (Reuters) - It began.", "en", date(2023, 12, 31)) == (date(2024, 1, 2), "text")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("On 3 May 2024 the council met.", "en"),
        ("The deadline, 3 May 2024, has passed.", "en"),
        ("3 May 2024 was a dark day.", "en"),
        ("Berlin (dpa) – Am 3. April trat der Minister zurück.", "de"),
        ("WASHINGTON (AP) — The president spoke on 3 May", "en"),
        ("Published 3 days ago", "en"),
        ("In May 2024", "en"),
        ("The report, published on 3 May 2024, says that the council met.", "en"),
        ("A letter, dated 3 May 2024, was found.", "en"),
        ("Released on 3 May 2024, the film made millions.", "en"),
        ("Deadline: 3 May 2024", "en"),
        ("Accepted: 3 May 2024", "en"),
        ("Das Urteil vom 3. Mai 2024 ist rechtskräftig.", "de"),
        ("On 3 May 2024 – the day of the vote – it rained.", "en"),
        ("Le conseil, créé le 3 mai 2024, se réunit.", "fr"),
        ("3 May 2024 – The council met.\n9 May 2024 – It met again.", "en"),
        ("1. Januar 2023\nDer Rat tagt.\n2. Februar 2023\nEr tagt wieder.\n3. März 2023\nEr löst sich auf.", "de"),
    ],
)
def test_a_date_that_the_text_only_tells_of_does_not_date_it(line: str, language: str) -> None:
    assert first(line, language, MAY) is None


def test_a_day_before_a_dash_dates_the_text_that_it_opens() -> None:
    assert first("24 May 2024 – The council met.\nIt put off the vote.", "en") == (MAY, "text")
    assert first("A headline.\n" * 4 + "24 May 2024 – The council met.", "en") is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["24 May 2024", "by ", "Published ", "de ", ", ", " – ", "(", "| ", "Nr. 1/2", "A", "9", " "]),
        max_size=60,
    )
)
def test_no_line_takes_long_or_breaks_the_search(parts: list[str]) -> None:
    begin = time.process_time()

    days = own_dates("".join(parts), "en", [])

    assert all(one.day == MAY for one in days)
    assert time.process_time() - begin < 2


def test_the_day_of_an_update_is_known_for_what_it_is_and_comes_last() -> None:
    assert first("Stand: 03.04.2024 14:05 Uhr", "de") == (APRIL, "text_updated")
    assert [one.source for one in own_dates("Updated April 3, 2024 | Published May 24, 2024", "en", [])] == [
        "text",
        "text_updated",
    ]


def test_dates_in_the_middle_of_a_text_are_not_looked_at() -> None:
    text = "Some words of a report.\n" * 10 + "Published on 24 May 2024\n" + "More words of it.\n" * 10

    assert first(text, "en") is None
