"""Sentences cut to the length of a title; only whole words go, and an ellipsis shows where."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r"[,;:–—] ")
_ELLIPSIS = "…"


def clip(sentence: str, limit: int, keep: tuple[int, int] = (0, 0)) -> str:
    """Cut a sentence to about `limit` code points so that the span `keep` stays in it.

    Where the span begins too far back the cut text begins with the clause that holds it.
    """
    if len(sentence) <= limit:
        return sentence
    start = 0 if keep[1] <= limit else _clause_start(sentence, keep[0])
    end = _end(sentence, max(start, keep[1]), start, limit)
    head = f"{_ELLIPSIS} " if start else ""
    tail = _ELLIPSIS if end < len(sentence) else ""
    return f"{head}{sentence[start:end].rstrip(' ,;:–—')}{tail and ' ' + tail}"


def clause(sentence: str, keep: tuple[int, int]) -> str:
    """Cut out the clause that holds the span `keep`."""
    start = _clause_start(sentence, keep[0])
    after = _BOUNDARY.search(sentence, keep[1])
    end = after.start() if after else len(sentence)
    return f"{_ELLIPSIS + ' ' if start else ''}{sentence[start:end]}{' ' + _ELLIPSIS if after else ''}"


def _clause_start(sentence: str, before: int) -> int:
    return max((match.end() for match in _BOUNDARY.finditer(sentence, 0, before)), default=0)


def _end(sentence: str, after: int, start: int, limit: int) -> int:
    """Return where to stop: at a clause's end in the last third before the limit, else after the last whole word."""
    most = max(start + limit, after)
    if most >= len(sentence):
        return len(sentence)
    clauses = [match.start() for match in _BOUNDARY.finditer(sentence, max(start + 2 * limit // 3, after), most)]
    return clauses[-1] if clauses else max(sentence.rfind(" ", start + 1, most + 1), after)
