"""The numbers that Word puts before paragraphs of lists: they stand nowhere in the text, and "16." may be a day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9  # what the format allows
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN: Final = 3_999
_LETTERS: Final = 26
_NO_NUMBER: Final = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class _Level:
    """How a list numbers one of its levels: from which number, how it is written, and what stands around it."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."


@dataclass(slots=True)
class Numbers:
    """Counts the lists of a document while its paragraphs are read in their order."""

    lists: dict[str, tuple[str, dict[int, _Level]]]
    _counted: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: Element | None) -> Numbers:
        """Read how a document's lists are numbered."""
        if numbering is None:
            return cls({})
        shapes = {one.get(f"{_W}abstractNumId", ""): _levels(one) for one in numbering.iter(f"{_W}abstractNum")}
        lists = {}
        for one in numbering.iter(f"{_W}num"):
            shape = _value(one, "abstractNumId") or ""
            overridden = {
                _int(other.get(f"{_W}ilvl"), 0): _value(other, "startOverride")
                for other in one.iter(f"{_W}lvlOverride")
            }
            levels = dict(shapes.get(shape, {}))
            number = one.get(f"{_W}numId", "")
            starts = {at: start for at, start in overridden.items() if start is not None}
            for at, start in starts.items():
                level = levels.get(at, _Level())
                levels[at] = _Level(_int(start, level.start), level.form, level.text)
            # Lists of one shape go on counting from one to the next, unless one begins anew.
            lists[number] = (f"{shape} {number}" if starts else shape, levels)
        return cls(lists)

    def next(self, list_id: str, level: int) -> str:
        """Count a paragraph of a list and return what stands before it; empty for a bullet or an unknown list."""
        if list_id not in self.lists or not 0 <= level < _LEVELS:
            return ""
        counter, levels = self.lists[list_id]
        counted = self._counted.setdefault(counter, [None] * _LEVELS)
        here = levels.get(level, _Level())
        before = counted[level]
        counted[level] = here.start if before is None else before + 1
        counted[level + 1 :] = [None] * (_LEVELS - level - 1)
        if here.form in _NO_NUMBER:
            return ""
        return re.sub(r"%([1-9])", lambda match: _written(levels, counted, int(match[1]) - 1), here.text)


def _levels(shape: Element) -> dict[int, _Level]:
    return {
        _int(one.get(f"{_W}ilvl"), 0): _Level(
            _int(_value(one, "start"), 1), _value(one, "numFmt") or "decimal", _value(one, "lvlText") or ""
        )
        for one in shape.iter(f"{_W}lvl")
    }


def _written(levels: dict[int, _Level], counted: list[int | None], level: int) -> str:
    shape = levels.get(level, _Level())
    number = counted[level] if counted[level] is not None else shape.start
    return _number(number or 0, shape.form)


def _number(number: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter" if number > 0:
            letter = chr(ord("a") + (number - 1) % _LETTERS) * min(1 + (number - 1) // _LETTERS, _LEVELS)
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman" if 0 < number <= _MOST_ROMAN:
            return _roman(number).upper() if form == "upperRoman" else _roman(number)
        case "decimalZero":
            return f"{number:02d}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    parts = []
    for value, letters in _ROMAN:
        parts.append(letters * (number // value))
        number %= value
    return "".join(parts)


def _value(parent: Element, name: str) -> str | None:
    found = parent.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def _int(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,6}", value) else default
