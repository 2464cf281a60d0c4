"""The hashes that name what made a run, so that a change of any of it is noticed and nobody can forget to say so."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path

from dateline.documents import Document, Published, Sentence
from dateline.documents.read import READER
from dateline.documents.sentences import SPLITTER
from dateline.extraction.parts import PART_CHARACTERS
from dateline.extraction.request import repair, request
from dateline.records import Recipe

_DIGITS = 16  # 64 bits: a deployment meets some dozens of recipes in its life

# What a request looks like is shown by one: a probe with everything that can stand in it.
_PROBE = Document(
    text="One. Two.",
    sentences=(Sentence(1, 0, 4), Sentence(2, 5, 9, "boilerplate")),
    encoding="utf-8",
    title="Probe",
    published=Published(date(2000, 1, 1), "caller"),
)

_PACKAGE = Path(__file__).parents[1]
_ASKING = {
    "batches.py",
    "chat.py",
    "client.py",
    "extract.py",
    "parts.py",
    "prompt.py",
    "recipe.py",
    "request.py",
    "rows.py",
    "strict.py",
}  # they judge nothing


def recipe(model: str, output_language: str, part_characters: int = PART_CHARACTERS) -> Recipe:
    """Return today's recipe for a model's name, output language (BCP 47), and length of parts in code points."""
    return Recipe(ask=ask_hash(model, output_language, part_characters), judge=judge_hash(), model=model)


@cache
def ask_hash(model: str, output_language: str, part_characters: int = PART_CHARACTERS) -> str:
    """Name what decides a model's answer: reader, splitter, the bytes of requests and their cut, schema, model."""
    first = request(_PROBE, "probe", output_language)
    again = repair(first, "{}", ["probe"], ["probe"])
    asked = [message.content for message in again.messages]
    files = [_PACKAGE / "extraction" / name for name in ("parts.py", "neutral.py", "orders.py", "tables/orders.toml")]
    cut = [part_characters, *(_hashed(file.read_bytes()) for file in files)]
    parts = [READER, SPLITTER, model, asked, first.schema, again.schema, cut]
    return _hashed(json.dumps(parts).encode())


@cache
def judge_hash() -> str:
    """Name what turns an answer into records: the source of dates, their tables, checks and records."""
    sources = [_PACKAGE / "records.py"]
    sources += (_PACKAGE / "dates").rglob("*.py")
    sources += (_PACKAGE / "dates").rglob("*.toml")
    sources += (_PACKAGE / "extraction" / "tables").glob("*.toml")
    sources += (path for path in (_PACKAGE / "extraction").glob("*.py") if path.name not in _ASKING)
    named = sorted((path.relative_to(_PACKAGE).as_posix(), path) for path in sources)
    return _hashed(b"".join(name.encode() + b"\0" + path.read_bytes() + b"\0" for name, path in named))


def _hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_DIGITS]
