"""Document text made safe to embed: control and direction characters in it cannot affect the text around it."""

from __future__ import annotations

import re

# No XML may hold these, and nobody can read them.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"
_FIRST_STRONG = "\u2068"
_DIRECTIONS = re.compile(f"[{_EMBEDDINGS}{_ISOLATES}{_POP_EMBEDDING}{_POP_ISOLATE}]")
# A headline beyond this is no headline; calendars and slides break over it.
_LONGEST_HEADLINE = 300


def readable(text: str) -> str:
    """Take characters out that XML forbids and that show nothing."""
    return _UNREADABLE.sub("\ufffd", text)


def line(text: str) -> str:
    """Make one line of a text, readable and with its direction characters kept to itself."""
    return isolated(readable(" ".join(text.split())))


def headline(text: str) -> str:
    """Make one line of at most 300 characters."""
    folded = " ".join(text.split())
    return line(folded if len(folded) <= _LONGEST_HEADLINE else f"{folded[: _LONGEST_HEADLINE - 1]}…")


def isolated(text: str) -> str:
    """Close what direction characters of a text leave open, so that they turn nothing round but itself.

    Closing characters that close nothing are dropped: they would end an isolation of ours.
    """
    if not _DIRECTIONS.search(text):
        return text
    kept: list[str] = []
    open_: list[str] = []
    for character in text:
        if character in _EMBEDDINGS:
            open_.append(_POP_EMBEDDING)
        elif character in _ISOLATES:
            open_.append(_POP_ISOLATE)
        elif character in {_POP_EMBEDDING, _POP_ISOLATE} and not _close(character, open_):
            continue
        kept.append(character)
    return "".join([_FIRST_STRONG, *kept, *reversed(open_), _POP_ISOLATE])


def _close(character: str, open_: list[str]) -> bool:
    """Close what a closing character closes; return whether there is such a thing.

    The end of an isolate ends the embeddings within it; the end of an embedding reaches out of no isolate.
    """
    if character == _POP_EMBEDDING:
        closes = open_[-1:] == [_POP_EMBEDDING]
        del open_[len(open_) - closes :]
        return closes
    if _POP_ISOLATE not in open_:
        return False
    while open_.pop() != _POP_ISOLATE:
        pass
    return True
