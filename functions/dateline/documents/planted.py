"""Passages that pose as a model's work: JSON that looks like its answer, and the turns of a chat with one.

They are data of some program or made to steer one, and report nothing. Interviews and transcripts have turns as well:
only the roles of a chat with a machine count, and both sides must speak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.documents.lines import LineSpan, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_QUOTE = "[\"'“”„‘’«»]"
_OPENS = re.compile(
    rf"^(?:[^\n{{\[\"“”]{{0,60}}:[ \t]*)?[^\w\n{{\[]{{0,8}}[{{\[]|\{{\s*{_QUOTE}[\w ]{{1,40}}{_QUOTE}\s*:|\[\s*\{{",
    re.MULTILINE,
)
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]]')
# A line of JSON that is written over several: brackets alone, or a member, or what begins or goes on with a bracket.
_DATA = re.compile(
    rf"\s*(?:[{{}}\[\]][\s,;{{}}\[\]]*(?:{_QUOTE}|$)|{_QUOTE}?[\w -]{{1,40}}{_QUOTE}?\s*:|{_QUOTE}[^\n]*,?\s*$)"
)
_MOST_BETWEEN = 3  # lines that do not look so, where long values are wrapped
_EVENTS = re.compile(
    rf"(?:{_QUOTE}|[{{,]\s*)(?:\w{{1,20}}_)?(?:events?|ev|timeline)(?:_\w{{1,20}})?{_QUOTE}?\s*:\s*[\[{{]",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    rf"(?:{_QUOTE}|[{{,]\s*)(titles?|headline|head|summary|sum|date|when|edtf|event|quote|evidence|citations|role|content)"
    rf"{_QUOTE}?\s*:",
    re.IGNORECASE,
)
_LEAST_MEMBERS = 2  # where no list of events is among them
_FENCE_BEFORE, _FENCE_AFTER = (
    re.compile(r"^[ \t]*(?:```|~~~)\w*[ \t]*\n\s*\Z", re.MULTILINE),
    re.compile(r"\s*(?:```|~~~)"),
)
_LONGEST_FENCE = 40  # code points of the line that opens one

_ASKS = (
    "user|human|system|developer|benutzer|benutzerin|nutzer|utilisateur|utilisatrice|usuario|usuaria|utente|gebruiker|"
    "kullanıcı|пользователь|користувач|система|sistema|système|systeem|sistem"
)
_ANSWERS = (
    "assistant|ai|ai assistant|chatbot|chatgpt|llm|language model|assistent|ki|ki-assistent|assistant ia|ia|asistente|"
    "assistente|asistan|yapay zeka|ассистент|помощник|ии|асистент|помічник|ші"
)
_TURN = re.compile(
    rf"(?:^[ \t]{{0,40}}|(?<=[.!?…\"”»)\]]) +)[*_#>•\[ \t-]{{0,6}}(?:(?P<asks>{_ASKS})|(?P<answers>{_ANSWERS}))"
    r"[\]*_]{0,3} ?[:：][*_]{0,2}(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
# What chat templates write around turns, and the role that no publisher's line begins with in small letters.
_SURE = re.compile(
    r"<[|｜][\w ]{1,40}[|｜]>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>"
    r"|^[ \t]{0,40}#{1,4} ?(?:Instructions?|Response|System|Assistant|User):?[ \t]*$"
    r"|^[ \t]{0,40}(?:system|assistant):(?=\s)",
    re.MULTILINE,
)
_LINE_ENDS = re.compile(r"[.!?…。][\"'”»)\]]*[ \t]*$", re.MULTILINE)
_LONGEST_TURN = 2_000  # code points from one role to the next
_LEAST_WORDS_OF_A_TURN = 3  # "AI: 88 %" is a table


@dataclass(frozen=True, slots=True)
class Planted:
    """A stretch of a text, `text[start:end]` in code points, and what it poses as."""

    start: int
    end: int
    kind: Literal["answer", "chat"]


def planted(text: str) -> tuple[Planted, ...]:
    """Return what poses as a model's work, in order; stretches of the two kinds may overlap."""
    found = [*_answers(text), *_chats(text)]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _answers(text: str) -> Iterator[Planted]:
    position = 0
    while opened := _OPENS.search(text, position):
        end = _json_end(text, opened.end() - 1 if opened[0][-1] in "{[" else opened.start())
        if _is_answer(text[opened.start() : end]):
            before = _FENCE_BEFORE.search(text[max(0, opened.start() - _LONGEST_FENCE) : opened.start()])
            after = _FENCE_AFTER.match(text, end)
            start = opened.start() - (len(before[0]) if before else 0)
            yield Planted(start, after.end() if after else end, "answer")
        position = max(end, opened.end())


def _json_end(text: str, start: int) -> int:
    """Return where the brackets that open at `start` close, or where lines that look like JSON end."""
    depth = between = 0
    last = line = start
    while line < len(text):
        stop = text.find("\n", line)
        stop = len(text) if stop < 0 else stop
        for token in _TOKEN.finditer(text, line, stop):
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
            if depth <= 0 and token[0] in "}]":
                return token.end()
        if line == start or _DATA.match(text, line, stop):
            last, between = stop, 0
        else:
            between += 1
            if between > _MOST_BETWEEN:
                break
        line = stop + 1
    return last


def _is_answer(json: str) -> bool:
    if _EVENTS.search(json):
        return True
    return len({match[1].casefold() for match in _MEMBER.finditer(json)}) >= _LEAST_MEMBERS


def _chats(text: str) -> Iterator[Planted]:
    turns = list(_TURN.finditer(text))
    sure = list(_SURE.finditer(text))
    if not turns and not sure:
        return
    blocks = paragraphs(text)
    for group in _near([*turns, *sure]):
        if any(mark.re is _SURE for mark in group) or _is_chat(text, group):
            yield Planted(group[0].start(), _chat_end(text, group[0].start(), group[-1].end(), blocks), "chat")


def _near(marks: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Yield the marks that stand within a turn's length of each other."""
    group: list[re.Match[str]] = []
    for mark in sorted(marks, key=lambda one: one.start()):
        if group and mark.start() - group[-1].end() > _LONGEST_TURN:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _is_chat(text: str, group: Sequence[re.Match[str]]) -> bool:
    """Return whether somebody asks, and after that a machine answers in words."""
    asked = False
    for mark in group:
        if mark["answers"] and asked and len(_first_line(text, mark.end()).split()) >= _LEAST_WORDS_OF_A_TURN:
            return True
        asked = asked or bool(mark["asks"])
    return False


def _first_line(text: str, start: int) -> str:
    return text[start : start + _LONGEST_TURN].lstrip().partition("\n")[0]


def _chat_end(text: str, start: int, last: int, blocks: Sequence[LineSpan]) -> int:
    """Return where the last turn ends: at an empty line where a chat begins after one, else where a line ends it."""
    after = text.find("\n\n", last, last + _LONGEST_TURN)
    if after >= 0 and (start == 0 or text[max(0, start - 2) : start] == "\n\n"):
        return after
    block = next((block.end for block in blocks if block.end >= last), len(text))
    ended = _LINE_ENDS.search(text, last, block)
    return ended.end() if ended else block
