"""A long document in parts that a model can answer whole: cut between sentences, with an overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import Document, Sentence

# Code points of one request's sentences: some 10,000 tokens and, in a dense report, 150 events, which take a model
# about a minute to write and stay below every provider's limit for an answer.
PART_CHARACTERS = 40_000
# What is shown twice, so that no event is cut in two and speakers and years carry over.
_OVERLAP_SENTENCES, _OVERLAP_CHARACTERS = 8, 1_500
_LEAST_SENTENCES = 4  # of a part that can be halved

SUMMARY = "summary"  # the name of the request for the summary of a document in several parts


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Some sentences of a document that one request shows.

    `name` tells the parts of an answer apart: "2" is the second, "2.1" the first half of it. `about` is what the
    request says of the part, in our own words.
    """

    name: str
    sentences: tuple[Sentence, ...]
    about: str | None = None

    @property
    def place(self) -> tuple[float, ...]:
        """Where the part stands among the others; the summary stands last."""
        return (float("inf"),) if self.name == SUMMARY else tuple(float(number) for number in self.name.split("."))


def shown(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences that requests show: all but boilerplate."""
    return tuple(sentence for sentence in document.sentences if sentence.role != "boilerplate")


def parts(document: Document, most_characters: int) -> list[DocumentPart]:
    """Cut a document into parts of about the same length, at most `most_characters` code points and the overlap."""
    sentences = shown(document)
    total = sum(_length(sentence) for sentence in sentences)
    if total <= most_characters:
        return [DocumentPart("1", sentences)]
    count = -(-total // most_characters)
    pieces = _cut(sentences, total / count)
    names = [str(number) for number in range(1, len(pieces) + 1)]
    return [DocumentPart(name, piece, _about(name, len(pieces))) for name, piece in zip(names, pieces, strict=True)]


def halves(part: DocumentPart) -> list[DocumentPart]:
    """Cut a part whose answer would be too long in two; nothing where it is too short for that."""
    if len(part.sentences) < _LEAST_SENTENCES:
        return []
    half = sum(_length(sentence) for sentence in part.sentences) / 2
    first, *rest = _cut(part.sentences, half)
    number = len(part.sentences) - len(first)
    second = part.sentences[-number - _overlap(first) :] if number else ()
    if not rest or len(second) >= len(part.sentences) or len(first) >= len(part.sentences):
        middle = len(part.sentences) // 2
        first, second = part.sentences[:middle], part.sentences[middle:]
    return [
        DocumentPart(
            f"{part.name}.{place}", piece, "This is a part of a longer document; the sentences around it are elsewhere."
        )
        for place, piece in enumerate((first, second), 1)
    ]


def for_summary(sentences: Sequence[Sentence], count: int) -> DocumentPart:
    """Return the request for a summary from the sentences that the parts' own summaries rest on."""
    about = (
        f"These are the main sentences of a long document that was read in {count} parts. "
        "Give only `head`, `sum` and the `names` in them; leave all other lists empty."
    )
    return DocumentPart(SUMMARY, tuple(sentences), about)


def _about(name: str, count: int) -> str:
    return f"This is part {name} of {count} of a long document; the sentences around it are elsewhere."


def _cut(sentences: Sequence[Sentence], target: float) -> list[tuple[Sentence, ...]]:
    pieces: list[tuple[Sentence, ...]] = []
    start, length, goal = 0, 0, target
    for place, sentence in enumerate(sentences):
        length += _length(sentence)
        if length >= goal and place + 1 < len(sentences):
            pieces.append(tuple(sentences[start : place + 1]))
            start = place + 1 - _overlap(pieces[-1])
            goal += target
    return [*pieces, tuple(sentences[start:])]


def _overlap(piece: Sequence[Sentence]) -> int:
    """Count the last sentences of a piece that the next one shows again."""
    count = length = 0
    for sentence in reversed(piece[len(piece) // 2 :]):
        length += _length(sentence)
        if count == _OVERLAP_SENTENCES or length > _OVERLAP_CHARACTERS:
            break
        count += 1
    return count


def _length(sentence: Sentence) -> int:
    return sentence.end - sentence.start
