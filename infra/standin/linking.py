"""The stand-in's answer about pairs of reports: the same where two languages have one date and words of one root."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from dateline.dates.language.folding import fold
from dateline.documents.language import UNKNOWN
from dateline.linking.question import LinkingAnswer
from infra.standin.language import language_of, words
from infra.standin.request import UnreadableRequestError

_ASKED = re.compile(
    r"^Reports (?P<marker>[0-9a-f]{12,})\n(?P<reports>.*?)^End (?P=marker)\nPairs\n(?P<pairs>.*)",
    re.DOTALL | re.MULTILINE,
)
_REPORT = re.compile(r"^(\d+): (.*)$", re.MULTILINE)
_PAIR = re.compile(r"^(\d+): (\d+) and (\d+)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
_DATE = re.compile(r"(?P<words>.*) \((?P<edtf>[^()]+)\)")
# What the spelling of one language makes of another's: "conférence" and "Konferenz", "telephone" and "Telefon".
_SPELLINGS = (("ph", "f"), ("th", "t"), ("c", "k"), ("y", "i"))
# Words of one root mostly share so many letters: "Ostranan", "ostranischen" and "ostraniens".
_ROOT = 5
_LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class _Report:
    """What a line of the request says: its language, its date as EDTF, its words' roots in their order.

    A root is empty where the word is too short to tell, or stands in the date; with it goes whether it may be a name.
    """

    language: str
    edtf: str
    roots: tuple[tuple[str, bool], ...]


def link(message: str) -> LinkingAnswer:
    """Answer a request about pairs; UnreadableRequestError where it holds no reports.

    Whoever asks has weighed the words of one language already: two reports in it are never the same here.
    """
    asked = _ASKED.search(message)
    if asked is None:
        raise UnreadableRequestError("no pairs follow on reports between 'Reports <marker>' and 'End <marker>'")
    reports = {number: _read(line) for number, line in _REPORT.findall(asked["reports"])}
    pairs = [(int(pair), reports.get(one), reports.get(other)) for pair, one, other in _PAIR.findall(asked["pairs"])]
    return LinkingAnswer(same=tuple(pair for pair, one, other in pairs if one and other and _same(one, other)))


def _read(line: str) -> _Report:
    """Read a report's date and its words: those of its quote, which hold more than the title, or of that."""
    title, *fields = line.split(" | ")
    text = next((field for field in fields if field.startswith("“")), title)
    dated = _DATE.fullmatch(fields[0]) if fields else None
    language = language_of(text)
    silent = language.function_words | set(words(dated["words"]) if dated else ())
    roots = ((_root(word) if word.casefold() not in silent else "", word[0].isupper()) for word in _WORD.findall(text))
    return _Report(language.name, dated["edtf"] if dated else "", tuple(roots))


def _root(word: str) -> str:
    spelt = fold(word)
    for one, other in _SPELLINGS:
        spelt = spelt.replace(one, other)
    return spelt[:_ROOT] if len(spelt) >= _ROOT else ""


def _same(one: _Report, other: _Report) -> bool:
    if one.language == other.language or UNKNOWN in {one.language, other.language}:
        return False
    if not one.edtf or one.edtf != other.edtf:
        return False
    shared = {root for root, _ in one.roots} & {root for root, _ in other.roots} - {""}
    return min(_told(one, shared), _told(other, shared)) >= _LEAST_SHARED


def _told(report: _Report, shared: AbstractSet[str]) -> int:
    """Count the shared roots of a report, each once; words with capitals that stand together are one name."""
    told, seen, before = 0, set[str](), False
    for root, is_name in report.roots:
        if root in shared and root not in seen and not (before and is_name):
            told += 1
        seen.add(root)
        before = root in shared and is_name
    return told
