"""What is given mutations: the readers of files, the dates, the answers. Each checks what must hold of any input."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest

from dateline.answer import Completion
from dateline.dates import Abstention, find, resolve
from dateline.documents import Document
from dateline.documents.formats.detect import Format, detect_format
from dateline.documents.formats.reader import read_content
from dateline.documents.read import read
from dateline.errors import Rejected
from dateline.judge.edtf import read_edtf
from dateline.judge.judge import judge
from dateline.judge.parse import parse
from dateline.records import Usage
from tests.fuzzing.mutations import mutations
from tests.unit.dates.examples import ALL
from tests.unit.documents.formats.made_msg import MESSAGE, msg
from tests.unit.documents.formats.made_odt import odt, p
from tests.unit.documents.formats.made_sheet import number, row, text, xlsx
from tests.unit.documents.making import docx
from tests.unit.judge.answers import stored

_SEEDS = Path(__file__).parent / "seeds"
_PUBLISHED = date(2024, 5, 24)
_NUMBER = 20_240_524
_LONGEST_SECONDS = 10.0  # for one input of at most 100 KB, on a busy machine; readers have 30 s for 10 MB
_LANGUAGES = ("en", "de", "ru", "tr", "el", "und")
_SHOWN = 3_000  # bytes of an input that are shown where it fails


class Target(NamedTuple):
    """What is given mutations of which seeds."""

    seeds: Sequence[bytes]
    check: Callable[[bytes], None]


def fuzz(target: Target, seconds: float) -> int:
    """Give a target mutations for so many seconds, and return how many; what fails is shown, to be kept as a seed."""
    ends = time.monotonic() + seconds
    for count, data in enumerate(mutations(target.seeds, _NUMBER)):
        began = time.monotonic()
        if began > ends and count > len(target.seeds):
            return count
        try:
            target.check(data)
            assert time.monotonic() - began < _LONGEST_SECONDS
        except Exception as error:
            error.add_note(f"input {count}, which begins: {data[:_SHOWN]!r}")
            raise
    raise AssertionError("there is no end of mutations")


def _read(data: bytes, name: str) -> Document:
    """Read in this process what is else read apart: there a reader that stumbles is no news."""

    def read_here(data: bytes, form: Format, limits: object) -> object:
        return read_content(data, form, limits)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dateline.documents.sandbox.read_apart", read_here)
        return read(data, name=name)


def _check_reader(name: str, data: bytes) -> None:
    """Check that a file is read or rejected, and that its sentences lie in its text, in order."""
    try:
        if detect_format(data, name) == "pdf":
            return  # its library is no code of ours, and is never run in the same process
        document = _read(data, name)
    except Rejected:
        return
    document.text.encode()
    end = 0
    for place, sentence in enumerate(document.sentences, 1):
        assert sentence.number == place
        assert end <= sentence.start < sentence.end <= len(document.text)
        end = sentence.end


def _check_dates(data: bytes) -> None:
    """Check that what is found stands where it is said to stand, and that no resolution ends before it begins."""
    words = data.decode(errors="replace")
    assert read_edtf(words) is None or words.strip()
    for language in _LANGUAGES:
        resolve(words, words, language, _PUBLISHED, [])
        for found in find(words, language):
            assert words[found.start : found.end] == found.words
            resolved = resolve(found.words, words, language, _PUBLISHED, [])
            if not isinstance(resolved, Abstention) and resolved.earliest and resolved.latest:
                assert resolved.earliest <= resolved.latest


@cache
def _document() -> Document:
    return _read((_SEEDS / "plain.txt").read_bytes(), "plain.txt")


def _check_answer(data: bytes) -> None:
    """Check that every quote of what is published stands in the text, whatever the model said."""
    said = data.decode(errors="replace")
    for finish in ("stop", "length", "refused"):
        parse(Completion(text=said, finish=finish, usage=Usage()))
    document = _document()
    try:
        judged = judge(document, stored(document, said))
    except Rejected:
        return
    summed = judged.summary.sentences if judged.summary else ()
    cited = [*(one.evidence for one in judged.findings), *(one.evidence for one in judged.statements)]
    for evidence in chain.from_iterable([*cited, *(one.evidence for one in summed)]):
        assert document.text[evidence.start : evidence.end] == evidence.quote


def _files() -> dict[str, bytes]:
    written = {path.name: path.read_bytes() for path in sorted(_SEEDS.iterdir()) if path.name != "answer.json"}
    made = {
        "letter.docx": docx(["On 3 May 2024 the council met.", "It voted on 5 May."], hidden="No.", title="Lock"),
        "letter.odt": odt(p("On 3 May 2024 the council met.") + p("It voted on 5 May.")),
        "table.xlsx": xlsx(row(text("The council met"), number("45415", 1)) + row(text("It voted"), number("9"))),
        "letter.msg": msg(MESSAGE),
    }
    return written | made


READERS = {name: Target([data], partial(_check_reader, name)) for name, data in _files().items()}
TARGETS = {
    **READERS,
    "dates": Target([example.sentence.encode() for example in ALL[::7]], _check_dates),
    "answers": Target([(_SEEDS / "answer.json").read_bytes()], _check_answer),
}


def is_read(name: str) -> bool:
    """Return whether a reader's seed is a file that can be read: others would try nothing."""
    return bool(_read(READERS[name].seeds[0], name).sentences)
