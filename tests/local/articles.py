"""Small articles in several languages, as many as are wanted, no two alike, each with two dated events."""

from __future__ import annotations

from datetime import date, timedelta

_FIRST_DAY = date(2015, 1, 5)
_DAYS_APART = 11
_PLACES = ("Aldern", "Brevensee", "Carnholt", "Dornach", "Elverum", "Falkau", "Grevin")
_MONTHS = {
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
_TEXTS = {
    "de": "Das Werk {number} in {place} wurde am {day}. {month} {year} eröffnet.\n\nDie Brücke daneben wurde "
    "{later} geschlossen, weil ihre Pfeiler nicht mehr trugen.\n",
    "en": "Plant {number} in {place} was opened on {day} {month} {year}.\n\nThe bridge beside it was closed in "
    "{later} because its piers no longer held.\n",
    "fr": "L'usine {number} de {place} a été ouverte le {day} {month} {year}.\n\nLe pont voisin a été fermé en "
    "{later} parce que ses piliers ne tenaient plus.\n",
}


def article(number: int) -> str:
    """Write the article of a number."""
    language = tuple(_TEXTS)[number % len(_TEXTS)]
    opened = _FIRST_DAY + timedelta(days=number * _DAYS_APART)
    return _TEXTS[language].format(
        number=number,
        place=_PLACES[number % len(_PLACES)],
        day=opened.day,
        month=_MONTHS[language][opened.month - 1],
        year=opened.year,
        later=opened.year + 2,
    )
