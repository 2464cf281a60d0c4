"""What a reader looks for: words that must all occur, "phrases", and beginnings of words, as in coun*."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.search.folding import fold

# Each term is looked for once in every text; nobody remembers more.
_TERMS_AT_MOST = 10
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"'))
_PIECE = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')


class NoQuery(ValueError):
    """Words that nothing can be looked for by; the message says why."""


@dataclass(frozen=True, slots=True)
class Term:
    """Folded tokens that follow each other; of a `prefix` the last one only begins so."""

    tokens: str
    prefix: bool

    @property
    def pattern(self) -> str:
        """What stands in folded text, with a space around each token, where the term occurs."""
        return f" {self.tokens}" if self.prefix else f" {self.tokens} "


def read_query(text: str) -> tuple[Term, ...]:
    """Read a query into its terms, the longest first. NoQuery: it holds none, or too many.

    What folds into several tokens (`3.5`, a word of Chinese) is a phrase, with quotes or without.
    """
    terms = dict.fromkeys(_terms(text))
    if not terms:
        raise NoQuery("write a word, at least: there is no letter and no digit in it")
    if len(terms) > _TERMS_AT_MOST:
        raise NoQuery(f"write {_TERMS_AT_MOST} words or phrases at most")
    return tuple(sorted(terms, key=lambda term: -len(term.pattern.encode())))


def _terms(text: str) -> list[Term]:
    found = []
    for match in _PIECE.finditer(text.translate(_QUOTES)):
        words = match[1] if match[1] is not None else match[3]
        if tokens := fold(words):
            found.append(Term(tokens, words.rstrip().endswith("*") or bool(match[2])))
    return found
