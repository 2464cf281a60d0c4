"""The numbers of a text by value, in digits and in words: "1,5 Millionen", "einundzwanzig", "двух", "10 000".

Tables of our own: text2num knows no Turkish and no Ukrainian, number-parser no German, French or Turkish, and neither
knows inflected ordinals. What they hold is `tables/numbers.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.dates.language.folding import fold
from dateline.text import primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TOKEN = re.compile(
    r"(?P<digits>(?<!\d)\d{1,3}(?P<sign>[., '])\d{3}(?:(?P=sign)\d{3})*(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<percent>[%٪])"
)
_GROUPED = re.compile(r"(\d{1,3})([., '])(\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?")
_SHORT = 2  # letters; shorter forms of scales ("5m", "2 bn") mean metres and the like as often
_SHORT_SCALE = re.compile(rf"(?<![^\W\d_])[^\W\d_]{{1,{_SHORT}}}$")
_WORDS = re.compile(r"[\w']+|%")
_LONGEST_WORD = 60  # letters; "neunhundertneunundneunzigtausendneunhundertneunundneunzig" has 57
_LEAST_STEM = 3  # letters; a shorter stem proves a number only as a whole word
_ABOUT_REACH = 24  # code points before a number that are looked at for "more than"

Kind = Literal["number", "scale", "vague", "half"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    decimal: str = "."
    endings: tuple[str, ...] = ("",)
    and_: tuple[str, ...] = Field((), alias="and")
    to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    about_after: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
    only_seen: dict[str, tuple[str, ...]] = {}
    scales: dict[str, tuple[str, ...]] = {}
    vague: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `text[start:end]` of the text as `plain` returns it.

    `values` are what it may mean ("1.500" is both 1500 and 1.5 where the language leaves it open). A `vague` one says
    only from how many on ("hundreds"); `scale` is what its last word multiplied by.
    """

    start: int
    end: int
    values: frozenset[Fraction]
    spelled: bool = False
    vague: bool = False
    percent: bool = False
    about: bool = False
    scale: Fraction | None = None


@dataclass(frozen=True, slots=True)
class _Atom:
    kind: Kind
    values: frozenset[Fraction]
    spelled: bool


_HALF = _Atom("half", frozenset({Fraction(1, 2)}), spelled=True)


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    atoms: tuple[_Atom, ...]


@dataclass(frozen=True, slots=True)
class _Forms:
    """A language's table made ready: each folded form with what it is."""

    table: _Table
    claimed: Mapping[str, tuple[Kind, Fraction]]
    seen: Mapping[str, tuple[Kind, Fraction]]
    endings: frozenset[str]
    percents: tuple[str, ...]
    tokens: re.Pattern[str]
    longest: int
    joining: frozenset[str]
    links: frozenset[str]
    about: tuple[str, ...]
    about_after: tuple[str, ...]


def has_table(language: str) -> bool:
    """Return whether number words of a language (BCP 47) can be read."""
    return primary(language) in _tables()


def numbers(text: str, language: str, *, claimed: bool) -> list[Number]:
    """Read the numbers of a `plain` text, left to right.

    With `claimed` only what can be nothing else than a number is one; without, whatever may prove a number counts,
    and digits are also read piece by piece ("20.30").
    """
    tongue = primary(language)
    forms = _forms(tongue)
    found: list[Number] = []
    run: list[_Piece] = []
    for piece in _pieces(text, tongue, claimed=claimed):
        if run and not _joins(text[run[-1].end : piece.start], piece, forms):
            found += _combined(run, text, forms)
            run = []
        run.append(piece)
    found += _combined(run, text, forms)
    found = [_marked(number, text, forms) for number in found]
    return found if claimed else [*_shared(found, text, forms), *_parts(text)]


def _pieces(text: str, language: str, *, claimed: bool) -> Iterator[_Piece]:
    forms = _forms(language)
    for match in forms.tokens.finditer(text):
        if match["half"]:
            yield _Piece(match.start(), match.end(), (_HALF,))
        elif match["digits"]:
            values = _readings(match["digits"], forms.table.decimal)
            yield _Piece(match.start(), match.end(), (_Atom("number", values, spelled=False),))
        elif match["word"]:
            atoms = _atoms(match["word"], language, claimed=claimed)
            if atoms:
                yield _Piece(match.start(), match.end(), atoms)


def _readings(digits: str, decimal: str) -> frozenset[Fraction]:
    """Read digits with their signs. A sign before exactly three digits may group, or be this language's decimal one."""
    if grouped := _GROUPED.fullmatch(digits):
        head, sign, groups, point, rest = grouped.groups()
        whole = Fraction(head + re.sub(r"\D", "", groups))
        if point:
            return frozenset({whole + Fraction(f"0.{rest}")})
        small = Fraction(f"{head}.{groups}") if groups.isdigit() else whole
        return frozenset({whole, small} if sign == decimal else {whole})
    return frozenset({Fraction(digits.replace(",", "."))})


@lru_cache(maxsize=8192)
def _atoms(written: str, language: str, *, claimed: bool) -> tuple[_Atom, ...]:
    """Take a word apart into number words ("zweitausendfünfhundert"); nothing where it is none.

    Kept for a while, since most words of a text are a few that come again and again.
    """
    forms, word = _forms(language), fold(written).replace("'", "")
    if word.startswith(forms.percents) or len(word) > _LONGEST_WORD:
        return ()
    whole, atoms = _segments(word, forms, forms.claimed if claimed else forms.seen)
    if claimed and not whole:
        return ()
    return tuple(_reversed_tens(atoms))


def _segments(word: str, forms: _Forms, known: Mapping[str, tuple[Kind, Fraction]]) -> tuple[bool, list[_Atom]]:
    """Return whether a word is made of number words to its end, and these; else those that it begins with."""
    begun: list[_Atom] = []
    for length in range(min(forms.longest, len(word)), 0, -1):
        if word[:length] not in known:
            continue
        kind, value = known[word[:length]]
        atom = _Atom(kind, frozenset({value}), spelled=True)
        rest = word[length:]
        if rest in forms.endings:
            return True, [atom]
        for following in (rest, rest.removeprefix("und")):
            whole, atoms = _segments(following, forms, known)
            if whole:
                return True, [atom, *atoms]
        if length >= _LEAST_STEM and not begun:
            begun = [atom]
    return False, begun


def _reversed_tens(atoms: list[_Atom]) -> list[_Atom]:
    """Add what German says backwards: "einundzwanzig" is one, twenty."""
    joined: list[_Atom] = []
    for atom in atoms:
        value, before = min(atom.values), min(joined[-1].values) if joined else Fraction(0)
        if joined and atom.kind == "number" and 0 < before < 10 <= value < 100 and value % 10 == 0:  # noqa: PLR2004
            joined[-1] = _Atom("number", frozenset({before + value}), spelled=True)
        else:
            joined.append(atom)
    return joined


def _joins(gap: str, piece: _Piece, forms: _Forms) -> bool:
    """Return whether a piece belongs to the number before it, as far as what stands between them says."""
    between = fold(gap.strip(" -"))
    if between in forms.joining:
        return piece.atoms[0].spelled
    return not between and (len(gap) <= 1 or gap.isspace())


def _combined(run: Sequence[_Piece], text: str, forms: _Forms) -> Iterator[Number]:
    """Put the pieces of a run together by the grammar of numbers: "two hundred and fifty thousand" is one."""
    french = forms is _forms("fr")
    made = _Made(french=french)
    for index, piece in enumerate(run):
        gap = text[run[index - 1].end : piece.start] if index else ""
        linked = bool(gap.strip(" -"))
        for atom in piece.atoms:
            if not made.takes(atom, linked=linked):
                yield made.number()
                made = _Made(french=french)
            made.take(atom, piece)
            linked = False
    if made.begun:
        yield made.number()


class _Made:
    """A number while it is put together: what scales have closed, and what stands before the next scale."""

    def __init__(self, *, french: bool) -> None:
        self._french = french
        self.start = self.end = -1
        self._total = frozenset({Fraction(0)})
        self._current: frozenset[Fraction] | None = None
        self._scale: Fraction | None = None
        self._spelled = True
        self._vague = False

    @property
    def begun(self) -> bool:
        return self.start >= 0

    def takes(self, atom: _Atom, *, linked: bool) -> bool:
        """Return whether the atom goes on with this number."""
        if not self.begun or atom.kind == "half":
            return not self._vague
        value = min(atom.values)
        if self._vague or atom.kind == "vague":
            return False
        if atom.kind == "scale":
            return not linked and (self._scale is None or value < self._scale) and self._current is not None
        if not (atom.spelled and self._spelled):
            return False
        return self._current is None or _attaches(min(self._current), value, linked=linked, french=self._french)

    def take(self, atom: _Atom, piece: _Piece) -> None:
        if not self.begun:
            self.start = piece.start
        self.end = piece.end
        self._spelled = self._spelled and (atom.spelled or atom.kind == "scale")
        value = min(atom.values)
        match atom.kind:
            case "vague":
                self._vague, self._current = True, atom.values
            case "half" if self._current is None and self._scale:
                self._total = frozenset(t + self._scale / 2 for t in self._total)
            case "half":
                self._current = frozenset(c + Fraction(1, 2) for c in self._current or {Fraction(0)})
            case "scale":
                self._vague = self._current is None
                before = self._current or frozenset({Fraction(1)})
                self._total = frozenset(t + c * value for t in self._total for c in before)
                self._scale, self._current = value, None
            case _ if self._current is None:
                self._current = atom.values
            case _ if self._french and value == 20:  # noqa: PLR2004
                self._current = frozenset(c + (76 if c % 100 == 4 else 20) for c in self._current)  # noqa: PLR2004
            case _ if value == 100:  # noqa: PLR2004
                self._current = frozenset(c * 100 for c in self._current)
            case _:
                self._current = frozenset(c + value for c in self._current)

    def number(self) -> Number:
        values = frozenset(t + c for t in self._total for c in self._current or (Fraction(0),))
        return Number(self.start, self.end, values, self._spelled, self._vague, scale=self._scale)


def _attaches(current: Fraction, value: Fraction, *, linked: bool, french: bool) -> bool:
    """Return whether a number word goes on with the number before it: "hundred five", "quatre-vingt-dix"."""
    if value == 100:  # noqa: PLR2004
        return 1 < current < 100 and not linked  # noqa: PLR2004
    rest = current % 100
    hundreds = current >= 100 and rest == 0 and value < 100  # noqa: PLR2004
    tens = rest >= 10 and rest % 10 == 0 and 0 < value < 10  # noqa: PLR2004 - "on bir" and "dix-sept" too
    teens = french and rest in {60, 80} and 10 <= value < 20  # noqa: PLR2004
    eighty = french and rest == 4 and value == 20  # noqa: PLR2004
    return hundreds or tens or teens or eighty


def _marked(number: Number, text: str, forms: _Forms) -> Number:
    before = " ".join(_WORDS.findall(fold(text[max(0, number.start - _ABOUT_REACH) : number.start])))
    after = " ".join(_WORDS.findall(fold(text[number.end : number.end + _ABOUT_REACH])))
    about = f" {before}".endswith(forms.about) or after.lstrip("'").startswith(forms.about_after)
    percent = after.startswith(("%", *forms.percents)) or before.endswith(("%", "yuzde"))
    return replace(number, about=about, percent=percent) if about or percent else number


def _shared(found: Sequence[Number], text: str, forms: _Forms) -> Iterator[Number]:
    """Let "two to three million" prove two million as well as two."""
    for number, following in zip(found, (*found[1:], None), strict=False):
        scale = following.scale if following else None
        between = fold(text[number.end : following.start].strip()) if following and scale else ""
        if scale and number.scale is None and between in forms.links:
            yield replace(number, values=number.values | {value * scale for value in number.values})
        elif number.scale is not None and _SHORT_SCALE.search(text[number.start : number.end]):
            yield replace(number, values=number.values | {value / number.scale for value in number.values})
        else:
            yield number


def _parts(text: str) -> Iterator[Number]:
    """Read what signs join piece by piece ("20.30", "2:1"), unless they group thousands.

    Nothing is grouped where a letter follows: in "50 787s" a type number stands beside a count.
    """
    for match in _TOKEN.finditer(text):
        digits = match["digits"]
        if digits and (text[match.end() : match.end() + 1].isalpha() or not _GROUPED.fullmatch(digits)):
            for part in re.finditer(r"\d+", digits):
                start = match.start() + part.start()
                yield Number(start, start + len(part[0]), frozenset({Fraction(part[0])}))


@cache
def _tables() -> dict[str, _Table]:
    data = tomllib.loads((Path(__file__).parent / "tables" / "numbers.toml").read_text(encoding="utf-8"))
    return {name: _Table.model_validate(one) for name, one in data.items()}


@cache
def _forms(language: str) -> _Forms:
    table = _tables().get(language, _Table())
    claimed = {form: (kind, value) for kind, listed in _kinds(table) for form, value in _listed(listed)}
    seen = {form: ("number", value) for form, value in _listed(table.only_seen)}
    seen_all: dict[str, tuple[Kind, Fraction]] = {form: ("number", value) for form, (_, value) in seen.items()}
    seen_all |= claimed
    return _Forms(
        table,
        claimed,
        seen_all,
        frozenset(fold(ending) for ending in table.endings),
        tuple(map(fold, table.percent)),
        re.compile(_half_pattern(table) + _TOKEN.pattern),
        max(map(len, seen_all), default=0),
        joining=frozenset(map(fold, table.and_)),
        links=frozenset({"-", "–", *map(fold, table.to)}),
        about=tuple(f" {fold(word)}" for word in table.about),
        about_after=tuple(map(fold, table.about_after)),
    )


def _half_pattern(table: _Table) -> str:
    phrases = "|".join(re.escape(half) for half in table.half)
    return rf"(?P<half>\b(?:{phrases})\b)|" if phrases else r"(?P<half>(?!))|"


def _kinds(table: _Table) -> tuple[tuple[Kind, dict[str, tuple[str, ...]]], ...]:
    """List a table's forms; of one form the last kind holds."""
    return ("vague", table.vague), ("scale", table.scales), ("number", table.words), ("half", {"0.5": table.half})


def _listed(listed: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Fraction]]:
    for value, forms in listed.items():
        for form in forms:
            yield fold(form).replace("'", ""), Fraction(value)
