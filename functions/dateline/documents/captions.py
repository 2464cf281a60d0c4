"""Lines about a text, not of it: who wrote it, when it was put out, who took the picture."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 200  # code points; a longer line is a paragraph, whatever it begins or ends with
_NAME = (
    r"(?-i:(?:[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯЁЄІЇҐ][\w'’.-]*\s+)(?:(?:de|van|von|der|den|la|del|di|da|dos|el|al|bin|ter|"
    r"zu)\s+){0,2}"
    r"[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯЁЄІЇҐ][\w'’-]+(?:\s+[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯЁЄІЇҐ][\w'’-]+)?)"
)
_AND = r"\s*(?:,|&|/|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bi\b|\bи\b|\bта\b|\bve\b)\s*"
# What follows a byline's names: an office, a paper, a day, an hour. A sentence would have a small word in it.
_AFTER_NAMES = (
    r"(?:\s*[,|·•–—(-]\s*(?-i:(?:[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯЁЄІЇҐ\d(][\w'’.:/&-]*|at|on|in|of|for|the|um|uhr|am|pm|a\.m\.|"
    r"p\.m\.|im|der|des|"
    r"le|à|de|la|el|del|di|alle|van|het|и|в|для|для)[\s,|·•–—()-]*)*)?"
)
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b"
)
_BYLINE = re.compile(
    rf"\W*(?:by|von|par|por|di|da|door|od|autor(?:in|a)?:|author:|текст:|автор:|av|af|przez)\s+(?!{_DAYS})"
    rf"{_NAME}(?:{_AND}{_NAME}){{0,4}}{_AFTER_NAMES}\W*",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"\W*(?:(?:first\s+|last\s+)?(?:published|updated|posted|modified)(?:\s+(?:on|at))?|"
    r"(?:zuletzt\s+)?(?:veröffentlicht|aktualisiert|"
    r"erschienen)(?:\s+am)?|stand|publiée?(?:\s+le)?|mis(?:e)?\s+(?:à\s+jour|en\s+ligne)(?:\s+le)?|(?:publicado|"
    r"actualizado)(?:\s+el|\s+em)?|"
    r"atualizado(?:\s+em)?|pubblicato(?:\s+il)?|aggiornato(?:\s+il)?|gepubliceerd(?:\s+op)?|bijgewerkt(?:\s+op)?|"
    r"opublikowano|"
    r"aktualizacja|yayınlanma|güncelleme|опубликовано|обновлено|опубліковано|оновлено)\b\s*:?\s*(?=\S{0,20}\s?\d|"
    r"[^\W\d_]+\s+\d)"
    r".{0,60}",
    re.IGNORECASE,
)
_PICTURE = (
    r"(?:photo(?:graph|\s+credit)?s?|pictures?|images?|crédits?(?:\s+photo)?|fotos?|fotograf(?:ia|ía|ie|ii)?|"
    r"bild(?:er)?|bildquelle|"
    r"imagen|immagine|zdj(?:ęcie|\.)|fot\.|fotoğraf|фото|kép|kuva)"
)
_CREDITED = re.compile(
    rf"(?:^|.*[.!?…\"”’)]\s*|.*[(\[|–—-]\s*){_PICTURE}\s*(?:by\s+|von\s+|par\s+|de\s+|"
    rf"[:©/]\s*)(?-i:[A-ZÀ-ÞĀ-ŽА-ЯЁЄІЇҐ©]).{{0,60}}",
    re.IGNORECASE,
)
_SIGNED_OFF = re.compile(
    r"\(?\s*(?:(?:additional\s+)?reporting|writing|editing|edited|compiled|"
    r"translated)\s+by\s+(?-i:[A-Z]).{0,150}\)?\W*",
    re.IGNORECASE,
)


def is_about_the_text(line: str) -> bool:
    """Return whether a line is a byline, a time of publication, a picture's caption with its credit, or a sign-off."""
    said = " ".join(line.split()) if len(line) <= _LONGEST else ""
    return any(pattern.fullmatch(said) for pattern in (_BYLINE, _STAMPED, _CREDITED, _SIGNED_OFF) if said)
