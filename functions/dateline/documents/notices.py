"""Sentences that a publisher addresses to subscribers, and footers: they report nothing, and no date of theirs is news.

A notice speaks to its reader, so it is told by how it begins. What is quoted or told as somebody's words is news.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FRAGMENTS = {
    "mail": r"(?:e-?mails?|mails?|messages?|newsletters?|alerts?|bulletins?|notifications?|updates?|digests?)",
    "address": r"\S{1,60}@\S",
    "day": r":?\s+(?:[^\W\d]+,? )?\d.{0,25}$",  # "Last updated: 3 May 2020, 14:30."
}
# Somebody's words, told: ", the letter read", ", heißt es in dem Brief".
_TOLD = re.compile(
    r"[,\"“”»«] ?(?:\w+ ){0,6}(?:said|says|told|wrote|writes|read|reads|sagte|schrieb|heißt|hieß|stand|dit|écrit|lit|"
    r"dijo|escribió|dice|disse|scrisse|legge|zei|schreef|staat|dedi|yazdı|сказал\w*|написал\w*|говорится|сказав\w*|написав\w*|"
    r"йдеться)\b",
    re.IGNORECASE,
)
_LONGEST = 400  # code points; a longer sentence is no notice that patterns can tell


def is_notice(sentence: str) -> bool:
    """Return whether a sentence is a notice to subscribers or a footer; the rules of all languages are tried."""
    if len(sentence) > _LONGEST:
        return False
    said = " ".join(sentence.split())
    return not said.endswith("?") and _notice().match(said) is not None and _TOLD.search(said) is None


@cache
def _notice() -> re.Pattern[str]:
    table = tomllib.loads((Path(__file__).parent / "tables" / "notices.toml").read_text("utf-8"))
    patterns = "|".join(pattern for patterns in table.values() for pattern in patterns)
    for name, fragment in _FRAGMENTS.items():
        patterns = patterns.replace(f"{{{name}}}", fragment)
    return re.compile(rf"[^\w\"“”„«»‘'©(]{{0,4}}(?:{patterns})", re.IGNORECASE)
