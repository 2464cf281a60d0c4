"""The examples of each language: `examples/<language>.txt`, which say of themselves how they are read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "examples"


class Example(NamedTuple):
    """Words in their sentence with what they must come to; `edtf` is "-" where they are no date.

    `rule` is the rule's name without the language, or the reason of the abstention.
    """

    line: str
    edtf: str
    rule: str
    context: tuple[str, ...]
    sentence: str
    words: str
    language: str


def examples(language: str) -> list[Example]:
    """Read the examples of a language."""
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [_example(language, line) for line in lines if line and not line.startswith("#")]


def _example(language: str, line: str) -> Example:
    edtf, rule, text, *tag = line.split(" | ")
    *context, marked = text.split(" // ")
    words = marked[marked.index("[") + 1 : marked.index("]")]
    sentence = marked.replace("[", "").replace("]", "")
    return Example(line, edtf, rule, tuple(context), sentence, words, tag[0] if tag else language)


LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))
ALL = [example for language in LANGUAGES for example in examples(language)]
