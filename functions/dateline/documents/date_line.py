"""A text's own date line: agency dateline ("VIGO, 3 abr."), "Published on", "Stand:", byline, a date by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from dateline.dates import Resolution, find, resolve
from dateline.documents.model import Published

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST_LINES, _LAST_LINES = 8, 5
_LONGEST_HEAD = 160  # code points at the beginning of a line in which its date stands, if it is a date line
# A text with more lines that are nothing but a date is a chronicle, and none of them dates the text.
_MOST_ALONE = 2
_LONGEST_ALONE = 60
_MOST_LOOKED_AT = 300  # lines that are looked through for signs of a chronicle

_PUBLISHED = (
    # English, German
    "published", "first published", "posted", "date of publication", "publication date", "release date", "date",
    "issued", "filed", "veröffentlicht", "erschienen", "publiziert", "erstellt", "datum", "veröffentlichungsdatum",
    # French, Italian, Spanish, Portuguese
    "publié", "publiée", "paru", "mis en ligne", "date de publication", "pubblicato", "publicado", "fecha",
    "fecha de publicación", "data de publicação", "data",
    # Dutch, Polish, Turkish
    "gepubliceerd", "opublikowano", "data publikacji", "yayınlanma tarihi", "yayın tarihi", "yayınlanma",
    "giriş tarihi", "tarih",
    # Russian, Ukrainian
    "опубликовано", "дата публикации", "дата", "опубліковано", "дата публікації",
    # Chinese, Japanese, Arabic
    "发布时间", "发布于", "发布日期", "发表于", "公開日", "発行日", "掲載日", "نشر", "نُشر", "تاريخ النشر",
)  # fmt: skip
_UPDATED = (
    "stand", "aktualisiert", "zuletzt aktualisiert", "letzte aktualisierung", "updated", "last updated",
    "last modified", "mis à jour", "mise à jour", "dernière mise à jour", "actualizado", "última actualización",
    "aggiornato", "ultimo aggiornamento", "atualizado", "bijgewerkt", "zaktualizowano", "aktualizacja",
    "güncelleme", "güncelleme tarihi", "son güncelleme", "обновлено", "оновлено", "更新时间", "更新日", "更新",
    "最終更新", "تحديث", "آخر تحديث",
)  # fmt: skip
_PREPOSITION = r"(?:\s*(?:on|am|vom|den|le|el|il|em|op|في))?"
_APART = r"[|·•–—,;(]"


def _label(names: Sequence[str]) -> re.Pattern[str]:
    """Make the pattern of what stands before a labelled date; a label begins a line or a part of it."""
    one_of = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    author = r"(?:\s+(?:by|von|par|por|da)\s+[^.!?\d]{2,50})?"
    return re.compile(rf"(?:.*{_APART}\s*|\W*)(?:{one_of}){author}\s*[:：]?{_PREPOSITION}\s*", re.IGNORECASE)


_IS_PUBLISHED, _IS_UPDATED = _label(_PUBLISHED), _label(_UPDATED)

# PLACE[, PLACE] [(AGENCY)] [–] DATE [(AGENCY)] – …
_PLACE = r"[^\W\d_][\w'’.\- ]{0,40}(?:[,/] ?[^\W\d_][\w'’.\- ]{0,30}){0,2}"
_AGENCY = r"[(\[/][^)\]/\n]{2,40}[)\]/]"
_PLACED = re.compile(rf"\W*(?P<place>{_PLACE}?)\s*(?P<agency>{_AGENCY})?\s*(?P<comma>,)?\s*[–—-]?{_PREPOSITION}\s*")
_DATELINE_ENDS = re.compile(
    rf"\s*[.,]?\s*(?:{_AGENCY}\s*)?(?:\s*[.,]?\s*[–—:|]|\s*\.?-{{1,2}}\s|$)|\s*[.,]?\s*{_AGENCY}"
)

_BYLINE = re.compile(
    rf"(?:\W*(?:by|von|par|por|di|от|від|door)\s[^.!?\d]{{2,80}}|[^\W\d_][^.!?\d:()–—]{{1,50}})\s*[|·•–—,]{_PREPOSITION}\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\W*(?:(?:at|um|à|a las|alle|в|о|saat)?\W*\d{1,2}(?:[:.h]\d{2}){1,2}\s*(?:uhr|h|[ap]\.?m\.?)?)?"
    r"\W*(?:utc|gmt|[cmew]es?t|[ecmp][sd]t|bst|msk)?\W*(?:[|·•].{0,40})?",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")

_Kind = Literal["published", "dateline", "alone", "updated"]
_ORDER: tuple[_Kind, ...] = ("published", "dateline", "alone", "updated")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date expression; `day` is None where the year is missing."""

    words: str
    day: date | None


def own_dates(text: str, language: str, hints: Sequence[date]) -> tuple[Published, ...]:
    """Find the days that a text gives for itself, the surest first.

    A line without a year is completed only by `hints`: days that the file's name, address or programs say, the surest
    first. With none, it stays unknown.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    looked_at = [*lines[:_FIRST_LINES], *lines[_FIRST_LINES:][-_LAST_LINES:]]
    found: dict[_Kind, list[date]] = {kind: [] for kind in _ORDER}
    for line in looked_at:
        for dated, kind in _date_lines(line[:_LONGEST_HEAD], language):
            if day := dated.day or _completed(dated.words, language, hints):
                found[kind].append(day)
    if found["alone"] and _is_chronicle(lines, language):
        found["alone"] = []
    return tuple(
        Published(day, "text_updated" if kind == "updated" else "text") for kind in _ORDER for day in found[kind]
    )


def _date_lines(head: str, language: str) -> Iterator[tuple[_Dated, _Kind]]:
    """Yield the days that a line names for its text. What stands around them is looked at first: it costs little."""
    for match in _EAST_ASIAN.finditer(head):
        kind = _kind(head[: match.start()], head[match.end() :])
        day = _calendar(*(int(part) for part in match.groups()))
        if kind is not None and day:
            yield _Dated(match[0], day), kind
    for found in find(head, language):
        kind = _kind(head[: found.start], head[found.end :])
        if kind is not None and (dated := _dated(found.words, head, language)):
            yield dated, kind


def _kind(before: str, after: str) -> _Kind | None:
    """Tell by what stands around it what a date is to its text; None for a date that a sentence tells of."""
    if _IS_UPDATED.fullmatch(before):
        return "updated"
    if _IS_PUBLISHED.fullmatch(before):
        return "published"
    if _is_dateline(before, after):
        return "dateline"
    if _CLOCK.fullmatch(after) and (not before.strip() or _BYLINE.fullmatch(before)):
        return "alone"
    return None


def _is_dateline(before: str, after: str) -> bool:
    """Tell the head of a report: a place in capitals, or with its agency, or apart by a comma, and the date ends it."""
    match = _PLACED.fullmatch(before)
    if not match or not match["place"][:1].isalpha() or match["place"][:1].islower():
        return False
    marked = match["place"].split(",")[0].isupper() or match["agency"] or match["comma"]
    return bool(marked) and _DATELINE_ENDS.match(after) is not None


def _dated(words: str, head: str, language: str) -> _Dated | None:
    """Read a day, with a year or without one; None for words that mean something else."""
    resolution = resolve(words, head, language, None, [])
    if isinstance(resolution, Resolution):
        is_day = resolution.precision == "day" and resolution.basis == "explicit"
        return _Dated(words, day) if is_day and (day := _day(resolution)) else None
    return _Dated(words, None) if re.search(r"\d", words) else None


def _completed(words: str, language: str, hints: Sequence[date]) -> date | None:
    """Give a day and month the year that brings it closest to the surest hint; None where the words name no day."""
    if not hints:
        return None
    year = hints[0].year
    # What a day and month mean does not depend on the day on which it is asked; "three days ago" does.
    asked = [resolve(words, words, language, date(year, 7, day), []) for day in (1, 2)]
    days = [_day(one) for one in asked if isinstance(one, Resolution) and one.precision == "day"]
    named = {(day.month, day.day) for day in days if day}
    if len(days) != len(asked) or len(named) != 1:
        return None
    month, day = named.pop()
    near = [one for other in (year - 1, year, year + 1) if (one := _calendar(other, month, day))]
    return min(near, key=lambda one: abs(one - hints[0]), default=None)


def _is_chronicle(lines: Sequence[str], language: str) -> bool:
    """Tell whether a text has several lines that are nothing but a date."""
    short = [line for line in lines if len(line) <= _LONGEST_ALONE and re.search(r"\d", line)][:_MOST_LOOKED_AT]
    days = {dated.words for line in short for dated, kind in _date_lines(line, language) if kind == "alone"}
    return len(days) > _MOST_ALONE


def _day(resolution: Resolution) -> date | None:
    """Take a resolution's one day over; None where it lies outside what the standard library counts."""
    day = resolution.earliest
    return _calendar(day.year, day.month, day.day) if day is not None and day == resolution.latest else None


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
