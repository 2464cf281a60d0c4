"""The check that a title names nobody and nothing that is neither declared nor in the document.

Only languages that write nothing but names with capitals can be checked, so German cannot. A title whose words mostly
begin with capitals is a headline in title case and says nothing. What is no name in English stands in a table.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.dates import find
from dateline.dates.language.folding import fold
from dateline.text import NAME_STEM, name_stems, primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.judge.mentions import Mentions

_CHECKED = frozenset(
    {"en", "fr", "es", "it", "pt", "ca", "nl", "pl", "cs", "sk", "tr", "ru", "uk", "sv", "da", "nb", "fi", "ro", "hu"}
)
# Of them those that write peoples with capitals, and have no table here: titles about another language's document name
# peoples that the document writes otherwise.
_UNLISTED = frozenset({"fr", "pl", "cs", "sk", "nl", "tr"})
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLE_CASE, _LEAST_WORDS = 0.7, 3  # share of the words that tell, and so many at least: "Meeting in Lowmere" is none
_LONG = 4  # letters; shorter words are articles and prepositions even in title case
_ENDING = 2  # letters that an inflected form of a name has more or fewer
# How English makes more of a word that the table holds.
_PLURAL = re.compile(r"(?:['’]s?|(?<=[^\W\d_])e?s['’]?)$")
_POSSESSIVE = re.compile(r"['’]s?$")
_ENGLISH_ENDING = re.compile(r"(?:(?:wo)?m[ae]n|s)$")


def undeclared(title: str, language: str, names: Iterable[str], mentions: Mentions) -> str:
    """Return the first capitalised word of a title that no name and no sentence holds; empty where there is none.

    `names` are the declared ones, as titles write them and as the document does.
    """
    tongue = primary(language)
    if tongue not in _CHECKED:
        return ""
    words = [match for match in list(_WORD.finditer(title))[1:] if not _is_of_designation(match, title)]
    unknown = [match for match in words if _is_unknown(match, title, tongue, mentions)]
    if not unknown:
        return ""
    dates = [(found.start, found.end) for found in find(title, language)]
    undated = [match for match in words if not any(start <= match.start() < end for start, end in dates)]
    if _is_title_case([match[0] for match in undated]):
        return ""
    known = name_stems(" ".join(names)) | mentions.stems
    return next((match[0] for match in undated if match in unknown and not _is_known(match[0], known)), "")


def _is_unknown(match: re.Match[str], title: str, language: str, mentions: Mentions) -> bool:
    """Return whether a word of a title looks like a name that no sentence holds."""
    if not match[0][0].isupper() or _opens(title, match.start()) or _is_no_name(match[0], language):
        return False
    return not _is_known(match[0], mentions.stems)


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Return whether a word, or that of which it is the plural or genitive, begins as a known one does."""
    return any(name_stems(form) <= known for form in (word, _PLURAL.sub("", word)))


def _is_of_designation(match: re.Match[str], title: str) -> bool:
    """Return whether letters are the end of a type number: the "Es" of "A330-300Es"."""
    return title[match.start() - 1].isdigit()


def tells(language: str, own: str) -> bool:
    """Return whether an undeclared name of a title is an invention; `own` is the document's language (BCP 47).

    In a document of the titles' own language a name stands as it is written. In one of another language it may be
    written otherwise, and must be declared; where peoples have capitals too, code cannot tell.
    """
    return primary(language) == primary(own) or primary(language) not in _UNLISTED


class Title:
    """A title, to look up in it which of many names it holds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._forms: dict[tuple[str, bool], list[int]] = {}
        for beginning, length in _forms(text):
            self._forms.setdefault(beginning, []).append(length)

    def holds(self, name: str) -> bool:
        """Return whether a name stands here, inflected perhaps: words that begin alike, in the same case."""
        forms = _forms(name)
        return bool(forms) and (self._has(name) or all(self._has_form(*form) for form in forms))

    def without_contained(self, names: Sequence[str]) -> list[str]:
        """Leave out names that stand in the title only as a part of a longer one of these: "Kelm" in "Kelm Court"."""
        kept = []
        for name in names:
            rest = self._text
            for other in names:
                if len(other) > len(name) and _whole(name).search(other):
                    rest = rest.replace(other, " ")
            if rest == self._text or Title(rest).holds(name):
                kept.append(name)
        return kept

    def _has(self, name: str) -> bool:
        return _whole(name).search(self._text) is not None

    def _has_form(self, beginning: tuple[str, bool], length: int) -> bool:
        return any(abs(length - other) <= _ENDING for other in self._forms.get(beginning, ()))


@lru_cache(maxsize=2048)
def _whole(name: str) -> re.Pattern[str]:
    """Write a name as a pattern of whole words."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


@lru_cache(maxsize=2048)
def _forms(text: str) -> tuple[tuple[tuple[str, bool], int], ...]:
    """Return of each word its beginning with whether that is a capital, and its length."""
    return tuple(((fold(word)[:NAME_STEM], word[0].isupper()), len(word)) for word in re.findall(r"\w+", text))


def _is_title_case(words: Sequence[str]) -> bool:
    long = [word for word in words if len(word) >= _LONG]
    return len(long) >= _LEAST_WORDS and sum(word[0].isupper() for word in long) > _TITLE_CASE * len(long)


def _opens(title: str, start: int) -> bool:
    """Return whether a sentence or a quote begins here."""
    return title[:start].rstrip(" \"'“”«»„‘’(")[-1:] in {".", "!", "?", ":", ";", "–", "—", "…", ""}


def _is_no_name(word: str, language: str) -> bool:
    """Let pass abbreviations, which other languages write otherwise (EU, ЕС), and what is no name in English."""
    if word.isupper() and len(word) <= _LONG:
        return True
    return language == "en" and all(_is_common(part) for part in _POSSESSIVE.sub("", word).split("-"))


def _is_common(word: str) -> bool:
    """Return whether an English word with a capital is in the table, or a part of one without: "pro-Russian"."""
    folded = fold(word)
    return not word[:1].isupper() or folded in _common() or _ENGLISH_ENDING.sub("", folded) in _common()


@cache
def _common() -> frozenset[str]:
    data = tomllib.loads((Path(__file__).parent / "tables" / "capitals.toml").read_text(encoding="utf-8"))
    return frozenset(fold(word) for words in data.values() for word in words.split())
