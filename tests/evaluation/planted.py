"""Falsehoods planted into a strong model's recorded answers: what of them is published as right.

`python -m tests.evaluation.planted` prints the figures. Each falsehood stands alone in an answer that is otherwise as
recorded, in place of something that is published, and the model says it again when it is asked again.
"""

from __future__ import annotations

import copy
import json
import random
import re
import sys
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.documents.read import read
from dateline.judge.edtf import read_edtf
from tests.evaluation.recorded import ARTICLES, published

if TYPE_CHECKING:
    from dateline.documents import Document
    from dateline.records import Extraction, Finding

EACH = 40
# Places, among the falsehoods of a kind, whose right thing f114bf3 did not publish: what is caught can only be compared
# where the right thing passes both times.
_LOST = {
    "number from elsewhere": {11, 19, 36, 51, 58, 60, 63, 67, 69, 73, 78, 80, 82},
    "number from nowhere": {15, 18, 23, 34, 38, 42, 43, 56, 66, 77, 85},
    "name": {1, 8, 15, 50},
    "place": {5, 9, 15, 17, 34, 44, 52, 57, 71, 73, 77, 78},
    "date by a day": {0, 15, 21, 23, 39, 59, 78, 82},
    "date by a month": {2, 8, 9, 11, 17, 21, 25, 28, 42, 44, 49, 54, 87, 89},
    "date by a year": {3, 7, 8, 16, 28, 40, 47, 61, 64, 69, 71, 74, 75, 76, 84},
    "date by a unit": {11, 12, 15, 18, 25, 30, 40, 60, 65, 72, 77},
    "date with an open end": {1, 2, 4, 15, 18, 27, 37, 56, 70, 73, 74, 76},
    "speaker": {9, 10, 12, 17, 22, 32, 63, 73, 85, 89},
    "claim made a fact": {18, 29, 34, 39, 51, 62, 66, 74, 88, 89},
}
_SEED = 2026
_NUMBER = re.compile(r"(?<![\w.,/:-])\d+(?:[.,]\d+)*(?![\w/:-])")
_DAY, _MONTH, _YEAR = (re.compile(form) for form in (r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d", r"\d{4}"))

Said = dict[str, Any]
Holds = Callable[["Extraction"], bool]


@dataclass(frozen=True, slots=True)
class Article:
    """A document with what a model said of it, its run, and the names and speakers of other documents."""

    document: Document
    said: Said
    run: Extraction
    strangers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Falsehood:
    """An answer with one thing wrong in it: how a run shows the `right` thing, and how the wrong one as right."""

    article: Article
    said: Said
    right: Holds
    wrong: Holds
    shown: Holds | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Of how many falsehoods a run shows the wrong thing as right.

    Of dates, also how many it shows at all, and how many of their words the resolver reads.
    """

    all: int
    passed: int
    shown: int = 0
    read: int = 0

    @property
    def caught(self) -> float:
        """Return the share that is not shown as right."""
        return 1 - self.passed / self.all

    def __add__(self, other: Count) -> Count:
        return Count(self.all + other.all, self.passed + other.passed, self.shown + other.shown)


def articles() -> list[Article]:
    """Read the articles and what was said of them."""
    files = [file for folder in ARTICLES for file in sorted((folder / "answers").glob("*.txt.json"))]
    read_ones = [(_document(file), json.loads(file.read_text(encoding="utf-8"))["answer"]) for file in files]
    named = [[*map(_words, said["names"]), *(who["w"] for who in said["who"])] for _, said in read_ones]
    everybody = sorted({name for names in named for name in names if name[:1].isupper()})
    return [
        Article(
            document,
            said,
            published(document, said),
            [name for name in everybody if _is_strange(name, document.text)],
        )
        for document, said in read_ones
    ]


def planted(found: Sequence[Article]) -> dict[str, list[Falsehood]]:
    """Plant `EACH` falsehoods of every kind, or as many as there is place for."""
    made: dict[str, list[Falsehood]] = {}
    for kind, plant in _KINDS.items():
        chance = random.Random(f"{_SEED} {kind}")
        every = [one for article in found for one in plant(article, chance)]
        chance.shuffle(every)
        standing = (one for at, one in enumerate(every) if at not in _LOST.get(kind, ()) and one.right(one.article.run))
        made[kind] = list(islice(standing, EACH))
    return made


def count(ones: Sequence[Falsehood]) -> Count:
    """Count what becomes of falsehoods."""
    runs = [(one, published(one.article.document, one.said)) for one in ones]
    return Count(
        all=len(ones),
        passed=sum(one.wrong(run) for one, run in runs),
        shown=sum(one.shown(run) for one, run in runs if one.shown),
    )


def right_dates(found: Sequence[Article]) -> Count:
    """Count, of the recorded dates of published events, those that agree with the resolver's, and that are shown."""
    dates = [(one, event) for one in found for event in one.said["ev"] if event["d"] and event["e"]]
    dates = [(one, event) for one, event in dates if _finding(one.run, event)]
    return Count(
        all=len(dates),
        passed=sum(_agrees(event, one.run) for one, event in dates),
        read=sum(_is_read(event, one.run) for one, event in dates),
        shown=sum(_is_shown(event, one.run) for one, event in dates),
    )


def main() -> int:
    """Print, of each kind, how many of the falsehoods are caught, and what becomes of dates."""
    found = articles()
    counts = {kind: count(ones) for kind, ones in planted(found).items()}
    for kind, one in counts.items():
        sys.stdout.write(f"{kind:30} {one.caught:6.1%} of {one.all} caught, {one.shown} shown\n")
    wrong, right = wrong_dates(counts), right_dates(found)
    sys.stdout.write(f"wrong dates: {wrong.passed} of {wrong.all} stay agreed, {wrong.shown} are shown\n")
    sys.stdout.write(f"right dates: {right.passed} of {right.read} that are read stay agreed\n")
    sys.stdout.write(f"right dates: {right.shown} of {right.all} are shown\n")
    return 0


def wrong_dates(counts: dict[str, Count]) -> Count:
    """Sum up the kinds of wrong dates."""
    return sum((one for kind, one in counts.items() if kind.startswith("date")), Count(0, 0))


def _document(file: Path) -> Document:
    path = file.parent.parent / "docs" / file.stem
    return read(path.read_bytes(), name=path.name)


def _words(name: str | Said) -> str:
    return name if isinstance(name, str) else name["w"]


def _is_strange(name: str, text: str) -> bool:
    return not any(word in text for word in re.findall(r"\w{3,}", name))


def _texts(said: Said) -> Iterator[tuple[str | int, ...]]:
    """Yield where the texts of an answer stand."""
    yield ("head",)
    for part in ("sum", "ev"):
        yield from ((part, index) for index in range(len(said[part])))


def _at(said: Said, place: Sequence[str | int]) -> Said:
    part, *index = place
    found: Said = said[str(part)][index[0]] if index else said[str(part)]
    return found


def _cited(article: Article, numbers: Sequence[int]) -> str:
    sentences = article.document.sentences
    return " ".join(article.document.words(sentences[one - 1]) for one in numbers if 0 < one <= len(sentences))


def _says(text: str, run: Extraction) -> bool:
    summary = [run.summary.headline, *run.summary.sentences] if run.summary else []
    return text in [*(one.text for one in summary), *(one.title for one in run.findings)]


def _with_text(article: Article, place: Sequence[str | int], text: str) -> Falsehood:
    said = copy.deepcopy(article.said)
    right = _at(said, place)["t"]
    _at(said, place)["t"] = text
    return Falsehood(article, said, right=partial(_says, right), wrong=partial(_says, text))


def _numbers(article: Article, chance: random.Random, *, is_there: bool) -> Iterator[Falsehood]:
    """Put another number in a number's place: one of another sentence, or one that stands nowhere."""
    everywhere = _NUMBER.findall(article.document.text)
    for place in _texts(article.said):
        part = _at(article.said, place)
        cited = _cited(article, part["s"])
        for match in _NUMBER.finditer(part["t"]):
            if is_there:
                others = [one for one in everywhere if one not in _NUMBER.findall(cited) and len(one) > 1]
            else:
                low = 10 ** (len(match[0]) - 1) if match[0].isdigit() else 11
                others = [str(one) for one in range(low + 1, min(low * 10, low + 500)) if str(one) not in everywhere]
            if others:
                text = part["t"][: match.start()] + chance.choice(others) + part["t"][match.end() :]
                yield _with_text(article, place, text)


def _names(article: Article, chance: random.Random) -> Iterator[Falsehood]:
    """Put a name of another document in a name's place."""
    for place in _texts(article.said):
        part = _at(article.said, place)
        names = [name if isinstance(name, str) else name["n"] for name in article.said["names"]]
        standing = [name for name in names if re.search(rf"(?<!^)\b{re.escape(name)}\b", part["t"])]
        if standing:
            text = part["t"].replace(chance.choice(standing), chance.choice(article.strangers))
            yield _with_text(article, place, text)


def _places(article: Article, chance: random.Random) -> Iterator[Falsehood]:
    """Put a place of another document in a place's stead."""
    for index, event in enumerate(article.said["ev"]):
        if event["p"] is None:
            continue
        said = copy.deepcopy(article.said)
        stranger = chance.choice(article.strangers)
        said["names"].append(stranger)
        said["ev"][index]["p"] = len(said["names"]) - 1
        right = _words(article.said["names"][event["p"]])
        yield Falsehood(article, said, right=partial(_lies_in, event, right), wrong=partial(_lies_in, event, stranger))


def _lies_in(event: Said, place: str, run: Extraction) -> bool:
    finding = _finding(run, event)
    return finding is not None and finding.place == place


def _dates(
    article: Article, chance: random.Random, wrong: Callable[[str, random.Random], str | None]
) -> Iterator[Falsehood]:
    for index, event in enumerate(article.said["ev"]):
        other = wrong(event["e"], chance) if event["d"] and event["e"] else None
        if other is None:
            continue
        said = copy.deepcopy(article.said)
        said["ev"][index]["e"] = other
        false = said["ev"][index]
        yield Falsehood(
            article,
            said,
            right=partial(_is_there, event),
            wrong=partial(_agrees, false),
            shown=partial(_is_shown, false),
        )


def _is_there(event: Said, run: Extraction) -> bool:
    return _finding(run, event) is not None


def _agrees(event: Said, run: Extraction) -> bool:
    finding = _finding(run, event)
    return finding is not None and finding.when.checked == "agrees"


def _is_read(event: Said, run: Extraction) -> bool:
    finding = _finding(run, event)
    return finding is not None and finding.when.checked in {"agrees", "differs"}


def _is_shown(event: Said, run: Extraction) -> bool:
    finding, claimed = _finding(run, event), read_edtf(event["e"])
    if finding is None or claimed is None:
        return False
    return (finding.when.earliest, finding.when.latest) == (claimed.earliest, claimed.latest)


def _other_day(edtf: str, chance: random.Random) -> str | None:
    if not _DAY.fullmatch(edtf):
        return None
    return str(date.fromisoformat(edtf) + timedelta(days=chance.choice((-3, -2, -1, 1, 2, 3))))


def _other_month(edtf: str, chance: random.Random) -> str | None:
    if not (_DAY.fullmatch(edtf) or _MONTH.fullmatch(edtf)):
        return None
    year, month, *day = map(int, edtf.split("-"))
    years, month = divmod(month - 1 + chance.choice((-2, -1, 1, 2)), 12)
    last = monthrange(year + years, month + 1)[1]
    return f"{year + years:04}-{month + 1:02}" + "".join(f"-{min(one, last):02}" for one in day)


def _other_year(edtf: str, chance: random.Random) -> str | None:
    if not any(form.fullmatch(edtf) for form in (_DAY, _MONTH, _YEAR)) or edtf.endswith("02-29"):
        return None
    return f"{int(edtf[:4]) + chance.choice((-2, -1, 1, 2)):04}{edtf[4:]}"


def _other_unit(edtf: str, chance: random.Random) -> str | None:
    if _DAY.fullmatch(edtf):
        return chance.choice((edtf[:7], edtf[:4]))
    if _MONTH.fullmatch(edtf):
        return chance.choice((edtf[:4], f"{edtf}-{chance.randint(1, 28):02}"))
    if _YEAR.fullmatch(edtf):
        return chance.choice((f"{edtf[:3]}X", f"{edtf}-{chance.randint(1, 12):02}"))
    return None


def _open_end(edtf: str, chance: random.Random) -> str | None:
    if not any(form.fullmatch(edtf) for form in (_DAY, _MONTH, _YEAR)):
        return None
    return chance.choice((f"{edtf}/..", f"../{edtf}"))


def _speakers(article: Article, chance: random.Random) -> Iterator[Falsehood]:
    """Put another speaker of the document, or one of another document, in a speaker's place."""
    for index, event in enumerate(article.said["ev"]):
        spoken = {by["i"] for by in event["b"]} - {-1}
        if not spoken:
            continue
        said = copy.deepcopy(article.said)
        others = [one for one in range(len(said["who"])) if one not in spoken]
        if not others or chance.random() < 0.5:
            said["who"].append({"w": chance.choice(article.strangers), "n": None, "k": True})
            others = [len(said["who"]) - 1]
        by = next(by for by in said["ev"][index]["b"] if by["i"] in spoken)
        right, by["i"] = by["i"], chance.choice(others)
        words = [said["who"][one]["w"] for one in (right, by["i"])]
        yield Falsehood(
            article, said, right=partial(_is_said_by, event, words[0]), wrong=partial(_is_said_by, event, words[1])
        )


def _is_said_by(event: Said, words: str, run: Extraction) -> bool:
    finding = _finding(run, event)
    return finding is not None and words in [by.words for by in finding.said_by]


def _facts(article: Article, chance: random.Random) -> Iterator[Falsehood]:
    """Leave out who says it."""
    del chance
    for index, event in enumerate(article.said["ev"]):
        if any(by["i"] >= 0 for by in event["b"]):
            said = copy.deepcopy(article.said)
            said["ev"][index]["b"] = []
            yield Falsehood(article, said, right=partial(_is_there, event), wrong=partial(_is_fact, event))


def _is_fact(event: Said, run: Extraction) -> bool:
    finding = _finding(run, event)
    return finding is not None and finding.status == "stated"


def _finding(run: Extraction, event: Said) -> Finding | None:
    same = [one for one in run.findings if one.title == event["t"]]
    return next((one for one in same if one.evidence[0].sentence == event["s"][0]), None)


_KINDS: dict[str, Callable[[Article, random.Random], Iterator[Falsehood]]] = {
    "number from elsewhere": partial(_numbers, is_there=True),
    "number from nowhere": partial(_numbers, is_there=False),
    "name": _names,
    "place": _places,
    "date by a day": partial(_dates, wrong=_other_day),
    "date by a month": partial(_dates, wrong=_other_month),
    "date by a year": partial(_dates, wrong=_other_year),
    "date by a unit": partial(_dates, wrong=_other_unit),
    "date with an open end": partial(_dates, wrong=_open_end),
    "speaker": _speakers,
    "claim made a fact": _facts,
}

if __name__ == "__main__":
    sys.exit(main())
