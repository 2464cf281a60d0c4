"""The check that a title names nobody and nothing that is neither declared nor in the document.

Only languages that write nothing but names with capitals can be checked, so German cannot. A title whose words mostly
begin with capitals is a headline in title case and says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.dates import find
from dateline.dates.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.extraction.words import Mentions

_CHECKED = frozenset(
    {"en", "fr", "es", "it", "pt", "ca", "nl", "pl", "cs", "sk", "tr", "ru", "uk", "sv", "da", "nb", "fi", "ro", "hu"}
)
_PART = re.compile(r"[^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLE_CASE = 0.6
_LONG = 4  # letters; shorter words are articles and prepositions even in title case
_STEM = 4  # letters; inflected and derived forms of a name mostly share as many: "Britain", "British"
_ENDING = 2  # letters that an inflected form of a name has more or fewer
# Peoples, languages and beliefs, which English writes with capitals and nobody declares.
_ADJECTIVE = re.compile(
    r"(?:an|ans|ian|ians|ean|ish|ese|i|is|ic|arab|czech|dutch|french|greek|swiss|scot|scots|welsh|turk|turks|"
    r"kurd|kurds|serb|serbs|croat|croats|pole|poles|dane|danes|swede|swedes|finn|finns|briton|britons|thai|jew|jews|slovak|uzbek|"
    r"god|internet|bible|quran|president|parliament|minister|ministry|prime|foreign|state|king|queen|prince|pope|court|house|"
    r"senate|government|police|army|union|world|war|east|west|north|south|central|northern|southern|eastern|western)$"
)


def undeclared(title: str, language: str, names: Iterable[str], mentions: Mentions) -> str:
    """Return the first capitalised word of a title that no name and no sentence holds; empty where there is none.

    `names` are the declared ones, as titles write them and as the document does.
    """
    primary = language.split("-", maxsplit=1)[0].lower()
    if primary not in _CHECKED or _is_title_case(title):
        return ""
    dates = [(found.start, found.end) for found in find(title, language)]
    declared = stems_of(" ".join(names))
    for match in list(_WORD.finditer(title))[1:]:
        if not match[0][0].isupper() or _opens(title, match.start()) or _is_no_name(match[0], primary):
            continue
        if any(start <= match.start() < end for start, end in dates):
            continue
        if not stems_of(match[0]) <= declared | mentions.stems:
            return match[0]
    return ""


def stands_in(name: str, title: str) -> bool:
    """Tell whether a title holds a name, inflected perhaps: words that begin alike, in the same case."""
    parts, words = re.findall(r"\w+", name), re.findall(r"\w+", title)
    return bool(parts) and (name in title or all(any(_is_form(part, word) for word in words) for part in parts))


def _is_form(name: str, word: str) -> bool:
    alike = fold(name)[:_STEM] == fold(word)[:_STEM] and name[0].isupper() == word[0].isupper()
    return alike and abs(len(name) - len(word)) <= _ENDING


def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words, folded, to compare names by."""
    return frozenset(fold(word)[:_STEM] for word in _PART.findall(text))


def _is_title_case(title: str) -> bool:
    words = [word for word in _WORD.findall(title) if len(word) >= _LONG][1:]
    return bool(words) and sum(word[0].isupper() for word in words) > _TITLE_CASE * len(words)


def _opens(title: str, start: int) -> bool:
    """Tell whether a sentence or a quote begins here."""
    return title[:start].rstrip(" \"'“”«»„‘’(")[-1:] in {".", "!", "?", ":", ";", "–", "—", "…", ""}


def _is_no_name(word: str, language: str) -> bool:
    """Let pass abbreviations, which other languages write otherwise (EU, ЕС), and what is no name in English."""
    if word.isupper() and len(word) <= _LONG:
        return True
    return language == "en" and _ADJECTIVE.search(word.lower()) is not None
