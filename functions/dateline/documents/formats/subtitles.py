"""The words of subtitles (WebVTT and SubRip): sentences go on from one to the next, and who speaks is named."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from dateline.documents.decode import decode
from dateline.documents.formats.content import Content
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.documents.limits import Limits

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMED = re.compile(rf"\s*({_CLOCK})\s*-->\s*({_CLOCK})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,100})>")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_SPEAKER = re.compile(r"(?:>>+\s*|-\s+)?([A-ZÀ-ÞА-ЯЁЄІЇҐ][\w .'’-]{1,40}):\s+(?=\S)")
_NEXT_SPEAKER = re.compile(r"\s*(?:>>+|[-–—]\s)\s*")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।][\"'”“»«’›‹)\]♪]*$")
_PAUSE = 4.0  # seconds of silence; after them somebody begins anew


def read_subtitles(data: bytes, limits: Limits) -> Content:
    """Read subtitles. Rejected: `no_text`, and what decoding rejects."""
    decoded = decode(data, max_bytes=limits.max_bytes)
    lines = list(_lines(decoded.text))
    if not lines:
        raise Rejected("no_text", "its subtitles hold no words: drop the text of what is said")
    return Content(text="\n".join(lines), encoding=decoded.encoding, wrapped=False)


def _lines(text: str) -> Iterator[str]:
    """Yield what is said, a line for each stretch that ends with a sentence, a pause, or another speaker."""
    spoken, ended, voice = "", 0.0, ""
    for start, end, words in _cues(text):
        speaker, said = _said(words)
        goes_on = spoken and not _SENTENCE_END.search(spoken) and start - ended <= _PAUSE and speaker in ("", voice)
        if not goes_on:
            yield from filter(None, [spoken])
            voice = speaker if speaker != "-" else ""
            spoken = f"{voice}: {said}" if voice else said
        elif not spoken.endswith(said):
            spoken = f"{spoken} {said}"
        ended = end
    yield from filter(None, [spoken])


def _cues(text: str) -> Iterator[tuple[float, float, str]]:
    """Yield each subtitle's times in seconds and its words, a line that only stays on the screen left out."""
    before: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.split("\n")
        place = next((at for at, line in enumerate(lines) if _TIMED.match(line)), None)
        if place is None:  # the head of the file, notes and styles
            continue
        match = _TIMED.match(lines[place])
        shown = [line.strip() for line in lines[place + 1 :] if _TAG.sub("", line).strip()]
        fresh = [line for line in shown if line not in before]
        before = shown
        if match and fresh:
            yield _seconds(match[1]), _seconds(match[2]), "\n".join(fresh)


def _said(words: str) -> tuple[str, str]:
    """Return who speaks, `-` for somebody else who is not named, and the words on one line."""
    voice = _VOICE.search(words)
    plain = " ".join(html.unescape(_TAG.sub("", words)).split())
    named = _SPEAKER.match(plain)
    if named:
        return named[1], plain[named.end() :]
    other = _NEXT_SPEAKER.match(plain)
    speaker = " ".join(voice[1].split()) if voice else "-" if other else ""
    return speaker, plain[other.end() :] if other else plain


def _seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = 60 * seconds + float(part)
    return seconds
