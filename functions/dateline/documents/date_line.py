"""A text's own date line: agency dateline ("VIGO, 3 abr."), "Published on", "Stand:", byline, a date by itself."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Literal

from dateline.dates import Resolution, resolve
from dateline.documents.model import Published
from dateline.documents.written_days import WrittenDay, calendar_day, places, single_day, written_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST_LINES, _LAST_LINES = 8, 5
_LONGEST_HEAD = 160  # code points at the beginning of a line in which its date stands, if it is a date line
# A text with more lines that are nothing but a date is a chronicle, and none of them dates the text.
_MOST_ALONE = 2
_LONGEST_ALONE = 60
_MOST_LOOKED_AT = 300  # lines that are looked through for signs of a chronicle
_BEGINNING = 60  # code points of such a line in which its date begins
_HEADED_WITHIN = 4  # lines; "16 May 2023 – The board met." dates a text where it opens it
_OPENERS = " \t([|·•–—-"

_PUBLISHED = (
    # English
    "published", "first published", "originally published", "date published", "published date", "posted",
    "first posted", "posted date", "date posted", "date of publication", "publication date", "date of issue",
    "release date", "released", "date", "dated", "issued", "filed", "written", "created", "date created", "added",
    "submitted", "online since", "press release", "news release", "media release", "for immediate release",
    "for release", "embargoed until", "statement",
    # German
    "veröffentlicht", "erstveröffentlicht", "erschienen", "publiziert", "erstellt", "eingestellt", "geschrieben",
    "verfasst", "gepostet", "gespeichert", "eingetragen", "online seit", "datum", "erstelldatum",
    "erscheinungsdatum", "veröffentlichungsdatum",
    "pressemitteilung", "pressemeldung", "presseinformation", "presseerklärung", "medienmitteilung", "mitteilung vom",
    "meldung vom", "artikel vom", "beitrag vom", "nachricht vom", "freigegeben", "sperrfrist",
    # French, Italian, Spanish
    "publié", "publiée", "paru", "parue", "mis en ligne", "mise en ligne", "posté", "rédigé", "écrit", "créé", "soumis",
    "date de publication", "date de parution", "communiqué de presse", "communiqué", "pubblicato", "pubblicata",
    "scritto", "inserito", "creato", "data di pubblicazione", "comunicato stampa", "publicado", "publicada", "escrito",
    "creado", "fecha", "fecha de publicación", "nota de prensa", "comunicado de prensa", "comunicado",
    # Portuguese, Dutch
    "postado", "criado", "data de publicação", "data", "data da publicação", "nota à imprensa", "comunicado à imprensa",
    "gepubliceerd", "geplaatst", "geschreven", "aangemaakt", "datum van publicatie", "publicatiedatum", "persbericht",
    # Polish, Czech, Slovak, Hungarian, Romanian
    "opublikowano", "opublikowany", "opublikowane", "data publikacji", "data dodania", "dodano", "utworzono",
    "napisano", "komunikat prasowy", "publikováno", "zveřejněno", "vydáno", "datum zveřejnění", "tisková zpráva",
    "publikované", "zverejnené", "megjelent", "közzétéve", "publikálva", "dátum", "sajtóközlemény", "publicat",
    "data publicării",
    # Swedish, Danish, Norwegian, Finnish
    "publicerad", "publicerat", "publiceringsdatum", "pressmeddelande", "udgivet", "offentliggjort", "dato",
    "pressemeddelelse", "publisert", "pressemelding", "julkaistu", "julkaisupäivä", "tiedote",
    # Turkish
    "yayınlanma tarihi", "yayımlanma tarihi", "yayınlanma", "yayımlanma", "yayınlandı", "yayımlandı", "yayın tarihi",
    "giriş tarihi", "giriş", "oluşturulma tarihi", "oluşturulma", "eklenme tarihi", "eklenme", "tarih",
    "haber tarihi", "basın açıklaması", "basın bülteni",
    # Russian, Ukrainian, Greek
    "опубликовано", "опубликована", "дата публикации", "дата", "размещено", "создано", "добавлено", "написано",
    "пресс-релиз", "опубліковано", "дата публікації", "розміщено", "створено", "додано", "написано", "пресреліз",
    "прес-реліз", "δημοσιεύτηκε", "δημοσιεύθηκε", "ημερομηνία",
    # Chinese, Japanese, Korean, Arabic, Persian, Hebrew, Hindi, Indonesian, Vietnamese
    "发布时间", "发布于", "发布日期", "发表于", "发表时间", "發布時間", "發佈時間", "發布日期", "公開日", "発行日",
    "掲載日", "配信日", "投稿日", "公開", "게시일", "입력", "등록", "발행일", "نشر", "نُشر", "نشر في", "تاريخ النشر",
    "تاریخ انتشار", "פורסם", "תאריך", "प्रकाशित", "diterbitkan", "dipublikasikan", "tanggal", "đăng", "ngày đăng",
)  # fmt: skip
_UPDATED = (
    "stand", "aktualisiert", "zuletzt aktualisiert", "letzte aktualisierung", "letzte änderung", "geändert",
    "zuletzt geändert", "zuletzt bearbeitet", "bearbeitet", "letztes update", "update", "updated", "last updated",
    "last update", "latest update", "modified", "last modified", "edited", "last edited", "changed", "last changed",
    "revised", "last revised", "last reviewed", "mis à jour", "mise à jour", "dernière mise à jour", "modifié",
    "modifiée", "dernière modification", "actualisé", "actualizado", "actualizada", "última actualización",
    "modificado", "última modificación", "aggiornato", "aggiornata", "ultimo aggiornamento", "modificato",
    "ultima modifica", "atualizado", "atualizada", "última atualização", "última modificação", "bijgewerkt",
    "laatst bijgewerkt", "laatste update", "gewijzigd", "laatst gewijzigd", "zaktualizowano", "aktualizacja",
    "ostatnia aktualizacja", "ostatnia zmiana", "ostatnia modyfikacja", "zmodyfikowano", "aktualizováno",
    "aktualizované", "frissítve", "utolsó frissítés", "actualizat", "uppdaterad", "senast uppdaterad", "opdateret",
    "sidst opdateret", "oppdatert", "sist oppdatert", "päivitetty", "güncelleme", "güncelleme tarihi",
    "son güncelleme", "son güncelleme tarihi", "güncellendi", "güncellenme tarihi", "обновлено", "изменено",
    "последнее обновление", "дата обновления", "оновлено", "змінено", "востаннє оновлено", "останнє оновлення",
    "ενημερώθηκε", "更新时间", "更新日", "更新日時", "更新于", "更新", "更新時間", "最終更新", "最終更新日", "수정",
    "업데이트", "تحديث", "آخر تحديث", "עודכן", "diperbarui", "cập nhật",
)  # fmt: skip
_PREPOSITION = (
    r"(?:\s*(?:on|of|at|am|vom|den|seit|dem|le|du|el|del|il|em|op|van|w dniu|dnia|z dnia|dne|den|på|d\.|"
    r"от|від|в|у|на|في|بتاريخ))?"
)
_APART = r"[|·•–—,;(/]"
_ARTICLE = (
    r"(?:(?:(?:this|the|dieser|diese|dieses|der|die|das|cet|cette|cet|l['’]|este|esta|questo|questa|dit|deze|ten|ta|to|"
    r"эта|этот|ця|цей|bu)\s*)?(?:article|story|post|page|entry|piece|item|report|release|artikel|beitrag|text|seite|"
    r"billet|page|artículo|nota|entrada|noticia|articolo|notizia|pagina|artigo|matéria|notícia|bericht|artykuł|wpis|"
    r"статья|материал|новость|запись|стаття|матеріал|новина|haber|yazı)\s+"
    r"(?:(?:was|is|has been|wurde|ist|a été|fue|è stato|è stata|foi|werd|został|была?|було|была)\s+)?)?"
    r"(?:(?:first|originally|initially|zuerst|ursprünglich|initialement)\s+)?"
)
_NUMBER = r"(?:\s*(?:nr|no|n[º°]|núm|numer|№)\.?\s*[\d./-]{1,12}(?:\s*[|·•–—,:-])?)?"


def _label(names: Sequence[str]) -> re.Pattern[str]:
    """Make the pattern of what stands before a labelled date; a label begins a line or a part of it."""
    one_of = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    author = r"(?:\s+(?:by|von|par|por|da|di|door|przez|av|af)\s+[^.!?\d]{2,50})?"
    weekday = r"(?:[\w-]{3,15},\s*)?"
    return re.compile(
        rf"(?:.*{_APART}\s*|\W*){_ARTICLE}(?:{one_of}){author}{_NUMBER}\s*[:：|–—-]?{_PREPOSITION}\s*{weekday}",
        re.IGNORECASE,
    )


_IS_PUBLISHED, _IS_UPDATED = _label(_PUBLISHED), _label(_UPDATED)
# What ends a labelled date, where the line goes on: a full stop, a bar, or the label of another date.
_NEXT_PART = re.compile(
    rf"\s*(?:[.|·•)(](?!\d)|[,;/–—-]?\s*(?:{'|'.join(re.escape(name) for name in (*_PUBLISHED, *_UPDATED))})\b)",
    re.IGNORECASE,
)

# "Dieser Artikel wurde am … veröffentlicht": German and Dutch put the participle last.
_PASSIVE_BEGINS = re.compile(
    r"\W*(?:(?:dieser|diese|dieses|der|die|das|dit|deze|het|de)\s+)?"
    r"(?:artikel|beitrag|text|seite|meldung|bericht|stuk|pagina)\s+"
    r"(?:wurde|ist|werd|is)\s+(?:zuerst|erstmals|zuletzt|eerst|laatst)?\s*(?:am|vom|op)?\s*",
    re.IGNORECASE,
)
_PASSIVE_ENDS = re.compile(
    r".{0,30}?\b(?:(?P<published>veröffentlicht|publiziert|erschienen|gepubliceerd|geplaatst)|"
    r"aktualisiert|geändert|überarbeitet|bijgewerkt|gewijzigd)\b",
    re.IGNORECASE,
)

# PLACE[, PLACE] [(AGENCY)] [–] DATE [(AGENCY)] – …
_PLACE = r"[^\W\d_][\w'’.\- ]{0,40}(?:[,/] ?[^\W\d_][\w'’.\- ]{0,30}){0,2}"
_AGENCY = r"[(\[/][^)\]/\n]{2,40}[)\]/]"
_PLACED = re.compile(
    rf"\W*(?P<place>{_PLACE}?)\s*(?P<agency>{_AGENCY})?\s*(?P<comma>,)?\s*(?P<dash>[–—-])?{_PREPOSITION}\s*",
    re.IGNORECASE,
)
_DATELINE_ENDS = re.compile(
    rf"\s*[.,]?\s*(?:{_AGENCY}\s*)?(?:\s*[.,]?\s*[–—:|]|\s*\.?-{{1,2}}\s|$)|\s*[.,]?\s*{_AGENCY}"
)
_TEXT_FOLLOWS = re.compile(r"\s*\.\s+\S")
_DASH_FOLLOWS = re.compile(r"\s*(?:[–—]|-{1,2}\s)\s*(?=\S)")

_BY = r"(?:by|von|par|por|di|de|da|door|przez|av|af|от|від|автор|author|autor|autore|auteur|text|yazan)"
_BYLINE = re.compile(
    rf"(?:\W*{_BY}:?\s[^.!?\d]{{2,80}}|[^\W\d_][^.!?\d:()–—]{{1,50}})\s*(?:[|·•–—,]|\s[-/]\s){_PREPOSITION}\s*",
    re.IGNORECASE,
)
_BY_NAME = re.compile(rf"\W*{_BY}:?\s+(?P<name>[^.!?\d:()|]{{2,80}}?){_PREPOSITION}\s*", re.IGNORECASE)
_AGENCIES = (
    "dpa", "afp", "ap", "reuters", "apa", "sda", "epd", "kna", "sid", "dapd", "ansa", "efe", "lusa", "pap", "tass",
    "interfax", "belga", "anp", "ntb", "stt", "ritzau", "aa", "dha", "iha", "xinhua", "kyodo",
)  # fmt: skip
_BY_AGENCY = re.compile(rf"\W*(?:{'|'.join(_AGENCIES)})\W*{_PREPOSITION}\s*", re.IGNORECASE)
_MOST_NAMES = 8  # words; two reporters with their middle names and the word between them
_PARTICLES = frozenset(
    {"and", "und", "et", "y", "e", "i", "en", "og", "och", "ve", "и", "та", "й", "&", "van", "von", "der", "den", "de",
     "da", "di", "del", "la", "le", "el", "al", "bin", "du", "dos"}
)  # fmt: skip

# What may follow a date that is alone on its line: the time of day, its zone, how long reading takes, an author.
_AFTER_ALONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\s.,;|·•/@–—-]+",
        r"(?:at|um|à|a las|alle|às|as|о|об|в|kl|godz|saat|ore|om|klo|ob|v)\b\.?",
        r"\d{1,2}(?:[:.h]\d{2}){1,2}(?:[.,]\d{1,6})?(?!\d)\s*(?:uhr|hrs?|h|[ap]\.?\s?m\b\.?|o'clock|น\.)?",
        r"\d{1,2}\s*(?:uhr|h\b|[ap]\.?m\b\.?)",
        r"[ap]\.?\s?m\b\.?",
        r"\(?\d{4}\s*(?:gmt|utc|hkt)\)?",
        r"\(?(?:utc|gmt|[cmew]es?t|[ecmp][sd]?t|m[es]z|mesz|bst|ist|jst|hkt|msk|trt|мск)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?\b\)?",
        r"[+-]\d{2}:?\d{2}(?!\d)",
        r"[\s,|·•(–—-]*(?:lesezeit|lesedauer|reading time|read time|temps de lecture|tempo di lettura|"
        r"tiempo de lectura|tempo de leitura|leestijd|czas czytania|okuma süresi|время чтения|час читання)"
        r"\W{0,3}\d{1,3}[\w. ]{0,12}\)?",
        r"\d{1,3}[ -]?(?:min\w*\.?|мин\w*\.?|хв\w*\.?|dk\.?)"
        r"(?:\s+(?:read|lesezeit|(?:de|di) (?:lecture|lettura|lectura|leitura)|lezen|czytania|okuma|чтения|читання))?",
        r"(?:午前|午後|上午|下午|오전|오후)?\s*\d{1,2}(?:[:：]\d\d|\s*[時点时시](?:\s*\d{1,2}\s*[分분])?)",
    )
)
_KIND_OF_TEXT = re.compile(
    r"\W*(?:aktuelle\s+)?(?:(?:presse|medien)?(?:mitteilung|meldung|information)|nachrichten?|news|aktuelles|artikel|"
    r"(?:press|news|media)\s+release|article|statement|communiqué(?:\s+de\s+presse)?|actualités?|comunicato(?:\s+stampa)?|"
    r"nota\s+de\s+prensa|noticias?|notizie|persbericht|nieuws(?:bericht)?|haber|новости|новини)\W*",
    re.IGNORECASE,
)
_LONGEST_REST = 60  # code points after a bar, such as the paper's name
_REST = re.compile(r"[^.!?]*(?:\.[^.!?\s]+)*\.?")

_Kind = Literal["published", "dateline", "alone", "headed", "updated"]
_ORDER: tuple[_Kind, ...] = ("published", "dateline", "alone", "headed", "updated")


def own_dates(text: str, language: str, hints: Sequence[date]) -> tuple[Published, ...]:
    """Find the days that a text gives for itself, the surest first.

    A line without a year is completed only by `hints`: days that the file's name, address or programs say, the surest
    first. With none, it stays unknown.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    looked_at = [*lines[:_FIRST_LINES], *lines[_FIRST_LINES:][-_LAST_LINES:]]
    found: dict[_Kind, list[date]] = {kind: [] for kind in _ORDER}
    for index, line in enumerate(looked_at):
        for dated, kind in _date_lines(line[:_LONGEST_HEAD], language):
            if kind == "headed" and index >= _HEADED_WITHIN:
                continue
            if day := dated.day or _completed(dated.words, language, hints):
                found[kind].append(day)
    if found["alone"] and _days_of(lines, "alone", _LONGEST_ALONE, language) > _MOST_ALONE:
        found["alone"] = []
    if found["headed"] and _days_of(lines, "headed", None, language) > 1:
        found["headed"] = []
    return tuple(
        Published(day, "text_updated" if kind == "updated" else "text") for kind in _ORDER for day in found[kind]
    )


def date_line_day(before: str, after: str) -> bool | None:
    """Return whether what stands around a date makes it the day of publication; False for an update, None for neither.

    For a date that is marked as one, as by HTML's `time`: its own words need not be read.
    """
    kind = _kind(before, after)
    return None if kind is None else kind != "updated"


def _date_lines(head: str, language: str) -> Iterator[tuple[WrittenDay, _Kind]]:
    """Yield the days that a line names for its text. Most lines tell of dates, and theirs need not be resolved."""
    if not re.search(r"\d", head):
        return
    if not any(_kind(head[:start], head[end:]) for start, end in places(head, language)):
        return
    for found in written_days(head, language):
        kind = _kind(head[: found.start], head[found.end :])
        if kind is not None:
            yield found, kind


def _kind(before: str, after: str) -> _Kind | None:
    """Return what a date is to its text by what stands around it; None for a date that a sentence tells of."""
    if labelled := _labelled(before, after):
        return labelled
    if _is_dateline(before, after):
        return "dateline"
    if not before.strip(_OPENERS) or _is_byline(before):
        if _is_tail(after):
            return "alone"
        dash = _DASH_FOLLOWS.match(after)
        if not before.strip(_OPENERS) and dash and not after[dash.end()].islower():
            return "headed"
    return None


def _labelled(before: str, after: str) -> _Kind | None:
    if _ends_label(before, after):
        if _IS_UPDATED.fullmatch(before):
            return "updated"
        if _IS_PUBLISHED.fullmatch(before):
            return "published"
    if _PASSIVE_BEGINS.fullmatch(before) and (passive := _PASSIVE_ENDS.match(after)):
        return "published" if passive["published"] else "updated"
    return None


def _ends_label(before: str, after: str) -> bool:
    """Return whether a labelled date is a part of its own, and no beginning of a sentence."""
    return before.rstrip().endswith((":", "：")) or _is_tail(after) or _NEXT_PART.match(after) is not None


def _is_dateline(before: str, after: str) -> bool:
    """Return whether a report begins here: a place in capitals, with its agency, or apart from the date after it."""
    match = _PLACED.fullmatch(before)
    if not match or not match["place"][:1].isalpha() or match["place"][:1].islower():
        return False
    is_upper = match["place"].split(",")[0].isupper()
    if not (is_upper or match["agency"] or match["comma"] or match["dash"]):
        return False
    if _DATELINE_ENDS.match(after):
        return True
    return _TEXT_FOLLOWS.match(after) is not None and (is_upper or _is_name(match["place"]))


def _is_byline(before: str) -> bool:
    if _BYLINE.fullmatch(before) or _BY_AGENCY.fullmatch(before):
        return True
    match = _BY_NAME.fullmatch(before)
    return match is not None and _is_name(match["name"])


def _is_name(words: str) -> bool:
    """Return whether words are a name: each with a capital, but for the particles of names."""
    parts = words.replace(",", " ").split()
    return 0 < len(parts) <= _MOST_NAMES and all(
        not part[0].islower() or part.lower().strip(".") in _PARTICLES for part in parts
    )


def _is_tail(after: str) -> bool:
    """Return whether nothing follows a date but what belongs to it: time of day, zone, reading time, author, paper."""
    at = 0
    while at < len(after):
        match = next((found for pattern in _AFTER_ALONE if (found := pattern.match(after, at)) and found[0]), None)
        if match is None:
            break
        at = match.end()
    rest = after[at:].strip()
    if not rest:
        return True
    author = _BY_NAME.fullmatch(rest + " ")
    if _KIND_OF_TEXT.fullmatch(rest) or (author and (_is_name(author["name"]) or " " not in author["name"])):
        return True
    apart = after[:at].rstrip()[-1:] in set("|·•/") or rest[0] == "("
    return apart and len(rest) <= _LONGEST_REST and _REST.fullmatch(rest) is not None


def _completed(words: str, language: str, hints: Sequence[date]) -> date | None:
    """Give a day and month the year that brings it closest to the surest hint; None where the words name no day."""
    if not hints:
        return None
    year = hints[0].year
    # What a day and month mean does not depend on the day on which it is asked; "three days ago" does.
    asked = [resolve(words, words, language, date(year, 7, day), []) for day in (1, 2)]
    days = [single_day(one) for one in asked if isinstance(one, Resolution) and one.precision == "day"]
    named = {(day.month, day.day) for day in days if day}
    if len(days) != len(asked) or len(named) != 1:
        return None
    month, day = named.pop()
    near = [one for other in (year - 1, year, year + 1) if (one := calendar_day(other, month, day))]
    return min(near, key=lambda one: abs(one - hints[0]), default=None)


def _days_of(lines: Sequence[str], kind: _Kind, longest: int | None, language: str) -> int:
    """Count the days that stand in one way on a text's lines: one with several is a chronicle."""
    short = [line for line in lines if longest is None or len(line) <= longest]
    heads = [line[:_LONGEST_HEAD] for line in short if re.search(r"\d", line[:_BEGINNING])][:_MOST_LOOKED_AT]
    return len({found.words for head in heads for found, one in _date_lines(head, language) if one == kind})
