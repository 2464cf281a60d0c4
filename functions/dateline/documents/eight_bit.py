"""Which encoding of one byte a letter a text is in: its letters are a language's common ones, and no signs in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dateline.documents.language import UNKNOWN, detect

if TYPE_CHECKING:
    from collections.abc import Mapping

# The letters beyond ASCII that a language is written with, small ones, the common ones first.
_ALPHABETS: Final[Mapping[str, str]] = {
    "af": "êëéèôîïúûá", "ar": "اليمونترةبعدسفهكقحجأشصطخىضذغثزئءظؤإآ", "az": "ıöşüçğ", "ca": "àéóèíçòïúü",
    "be": "аінеросядкылтувьзпмгбцчўжйшюхёфэ", "bg": "аиоетнрсвдлкпмзъгбучяжщцхюшфйь", "bs": "čšžćđ",
    "cs": "íáéěřýčšžůúóňťď", "da": "åæøéü", "de": "äüößéà", "en": "éïçèüöñâôæœêëî", "es": "óáíéñúü",
    "el": "αοιετσνηυρπκμλςωγίάδβόέχθφήύώξζψϊϋΐΰ", "et": "äõüöšž", "eu": "ñçü", "fi": "äöåšž", "fr": "éèàêçùôâîûœëïæüÿ",
    "gl": "óéíáñúüï", "he": "יוהלאתרבמשנעדקחפכםצגטזסןץךף", "hr": "čšžćđ", "hu": "áéöőíóüúű", "id": "é",
    "is": "íðáóúéþæöý", "it": "àèéùìòóíîú", "kk": "аеінтырлдсмкоуғбжшзқпөйгяхүвчңцәюиһфэщіъьё", "lt": "ėšįųžčųąęū",
    "lv": "āīēšņūļķģžč", "mk": "аоиетнврскдлпмугзјбшчжќцњхѓфљџѕ", "nl": "ëéïèöóüêáúí", "no": "åøæéèòóô",
    "pl": "ąłęóżśćńź", "pt": "ãçéáíóêõâàúôü", "ro": "ăîâșțşţ", "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "sk": "áíéúýžčšľťňôäóďŕĺ", "sl": "čšžćđ", "sq": "ëç", "sr": "аиоенрстдкјупвмлгзбшчцхжњћфђљџč", "sv": "äåöéüá",
    "th": "".join(map(chr, (*range(0xE01, 0xE3B), *range(0xE40, 0xE5C)))), "tr": "ıüşçğöâîû\u0307",
    "uk": "оаинітевсркдлупмязьбгйчхжцюєїшщфґ",
}  # fmt: skip
_RANKS: Final = {
    language: {letter: place / len(letters) for place, letter in enumerate(letters)}
    for language, letters in _ALPHABETS.items()
}
_WEST = ("de", "en", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "is", "ca", "eu", "gl", "af", "id")
_EAST = ("pl", "cs", "sk", "hu", "hr", "sl", "bs", "ro", "sq")
_RUSSIAN = ("ru", "uk", "bg", "be")
# Encodings with the languages they were made for. Of two that read a text alike the first is taken.
_KIN: Final[Mapping[str, tuple[str, ...]]] = {
    "cp1252": _WEST, "cp1250": _EAST, "iso8859_2": _EAST, "cp1254": ("tr", "az"), "cp1257": ("lt", "lv", "et"),
    "iso8859_15": _WEST, "iso8859_16": ("ro", "hu"), "cp1251": (*_RUSSIAN, "sr", "mk", "kk"), "koi8_u": _RUSSIAN,
    "iso8859_5": ("ru", "uk", "bg"), "cp866": ("ru", "uk", "bg"), "mac_cyrillic": ("ru", "uk", "bg"),
    "cp1253": ("el",), "iso8859_7": ("el",),
    "cp1255": ("he",), "cp1256": ("ar",), "iso8859_6": ("ar",), "cp874": ("th",),
}  # fmt: skip
_LATIN: Final = frozenset(
    encoding for encoding, languages in _KIN.items() if {"de", "pl", "tr", "lt", "ro"} & {*languages}
)
_ENOUGH = 4_000  # characters that tell one kind of text from another
_OUTSIDE = 1.0  # what a letter costs that a language does not have; one that it has costs less, by its place
_UNLISTED = 0.5  # what a rare encoding costs: it must read something better than the common ones
_RARE = 1.0  # and an East Asian one of the rarer half of its standard

_SIGN = r"[\x80-\x9f¢-©¬-´¶-¹¼-¾×÷˘˙˛˝\u2100-\u25ff]"
_LETTER = r"[^\W\d_]"
# Signs and capitals in words, letters of two scripts in one word, vowel signs without a letter, controls: what comes
# of letters of another encoding.
_STRANGE = re.compile(
    rf"{_SIGN}(?={_LETTER})|(?<={_LETTER}){_SIGN}|[\x80-\x84\x86-\x9f¤\u2100-\u25ff]"
    r"|(?<=[a-zß-ÿ])[À-ÞĄŁĽŚŠŞŤŹŽŻ](?=[a-zß-ÿ])|(?<=[а-яёєіїґ])[А-ЯЁЄІЇҐ]|(?<=[α-ωά-ώ])[Α-ΩΆ-Ώ]"
    r"|σ(?!\w)"  # no Greek word ends with it
    r"|[A-Za-z](?=[\u0370-\u0e7f])|[\u0370-\u0e7f](?=[A-Za-z])|(?<![ก-๎])[ัิ-ฺ็-๎]"
)
_EAST_ASIAN = "\u3000"  # the first of their characters
_MIXED = re.compile(r"[a-z][\u3000-\uffdc]|[\u3000-\uffdc][a-z]")  # East Asian letters in a Latin text's words
_HALF_WIDTH = re.compile(r"[ｦ-ﾟ]")  # the narrow kana of old terminals, which Cyrillic bytes look like
# Where the common half of each East Asian standard lies: the first bytes of its characters.
_COMMON: Final = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("euc_kr", 0xB0, 0xC8), ("euc_jp", 0xA4, 0xCF))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that its bytes were read in, by its Python name."""

    text: str
    encoding: str


def likeliest(data: bytes, guess: Decoded) -> Decoded:
    """Choose the reading that looks most like a language; `guess` is what the statistics of a library say."""
    return min([*_readings(data), guess], key=_strangeness)


def _readings(data: bytes) -> list[Decoded]:
    readings = []
    for encoding in _KIN:
        try:
            readings.append(Decoded(data.decode(encoding), encoding))
        except UnicodeDecodeError:
            continue
    return readings


def _strangeness(reading: Decoded) -> tuple[bool, float, bool, float]:
    """Rank a reading: a Latin text's letters are mostly ASCII, signs stand outside words, and letters are common."""
    beginning = reading.text[:_ENOUGH]
    letters = [character for character in beginning.lower() if character.isalpha() or character == "\u0307"]
    foreign = [letter for letter in letters if not letter.isascii()]
    is_latin = 2 * len(foreign) <= len(letters)
    strange = len(_STRANGE.findall(beginning)) + abs(beginning.count("«") - beginning.count("»"))
    if reading.encoding not in _KIN and any(letter >= _EAST_ASIAN for letter in foreign):
        mixed = len(_MIXED.findall(beginning)) if is_latin else 0
        return False, strange + mixed, False, sum(map(_rarity, foreign))
    languages = _KIN.get(reading.encoding, tuple(_RANKS))
    language = detect(beginning)
    outside, cost = min(_cost(foreign, _RANKS[one]) for one in languages)
    misread = reading.encoding in _LATIN and not is_latin
    unlisted = 0 if reading.encoding in _KIN else _UNLISTED
    return misread, strange + outside + unlisted, language not in (UNKNOWN, *languages), cost


def _cost(letters: list[str], ranks: Mapping[str, float]) -> tuple[int, float]:
    """Return how many letters a language does not have, and how rare the others are together."""
    found = [ranks.get(letter, _OUTSIDE) for letter in letters]
    return found.count(_OUTSIDE), sum(found)


def _rarity(letter: str) -> float:
    """Return how rare an East Asian letter is; others count as common ones."""
    if _HALF_WIDTH.match(letter):
        return _RARE
    for encoding, first, last in _COMMON:
        try:
            lead = letter.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if first <= lead <= last:
            return 0.0
    return _RARE if letter >= _EAST_ASIAN else 0.0
