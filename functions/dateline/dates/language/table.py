"""The table of a language: read once from `tables/<language>.toml`, checked, and made ready for looking up.

ADDING_A_LANGUAGE.md describes the file. What all languages share is in `tables/common.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from dateline.dates.language.folding import fold, level
from dateline.dates.model import Direction

if TYPE_CHECKING:
    from pathlib import Path

Value = int | str
Reading = tuple[str, Value]
_MONTH_FIRST = ("us", "ph", "pw", "fm", "mh")  # regions that write 04/03/2024 for 3 April
_DOTLESS = 3  # letters
_RESERVED = frozenset(("date", "loose", "frame", "refusal", "clock", "year", "day", "week", "half", "century"))
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+|[^\w\s]")
_SLOT = re.compile(r"(\{[\w.-]+\}|<[\w.-]+>)(\??)|([^\s{}<>]+)")


class TableError(ValueError):
    """A table file says something that the engine does not understand; the message names the place."""


class Rule(NamedTuple):
    """A pattern: what it means (`action`), and the symbols that must follow each other, some of them captured."""

    action: str
    symbols: tuple[str, ...]
    captured: tuple[bool, ...]


class LanguageTable(NamedTuple):
    """Everything the engine knows of one language.

    `words` maps the first folded piece of a form to the whole forms that begin with it, longest first, and their
    readings. `rules` are indexed by their first symbol, each with its second one, `parts` are the words that they
    name themselves and those that longer forms go on with. `endings` may be cut off a word that is unknown with them.
    """

    language: str
    words: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Reading, ...]], ...]]
    rules: Mapping[str, tuple[tuple[str | None, Rule], ...]]
    parts: frozenset[str]
    number_endings: Mapping[str, tuple[str, ...]]
    roman_endings: tuple[str, ...]
    endings: frozenset[str]
    ordinal_dot: bool
    day_first: bool | None
    cues: Mapping[str, frozenset[str]]
    past_form: re.Pattern[str] | None
    certain_past_form: re.Pattern[str] | None
    future_form: re.Pattern[str] | None
    tense: Direction | None
    capital_months: bool
    years_joined: bool
    pieces: re.Pattern[str]

    def __hash__(self) -> int:
        """Tell tables apart as objects: what is kept for a table is looked up by it."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """Return whether this is the same table."""
        return self is other

    def __repr__(self) -> str:
        """Name the language; a table is too long to show."""
        return f"LanguageTable({self.language})"


def language_of(tag: str) -> str:
    """Take the language out of a BCP 47 tag: `de` of `de-AT`."""
    return re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0][:8]


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """Name the languages that have a table."""
    return frozenset(path.stem for path in _folder().glob("*.toml")) - {"common"}


@lru_cache(maxsize=256)
def table_for(tag: str) -> LanguageTable | None:
    """Find the table for a BCP 47 tag; its region decides the order of 03/04/2024. None where there is no table."""
    language = language_of(tag)
    table = _table(language)
    region = re.split(r"[-_]", tag.strip().lower())[-1]
    if table is None or table.day_first is not None or region == language:
        return table
    return _in_region(language, region not in _MONTH_FIRST)


def common_table() -> LanguageTable:
    """Load what all languages share: numeric dates, years."""
    table = _table("common")
    if table is None:
        raise LookupError("the table `common` is missing")
    return table


@lru_cache(maxsize=64)
def _in_region(language: str, day_first: bool) -> LanguageTable | None:
    table = _table(language)
    return None if table is None else table._replace(day_first=day_first)


@lru_cache(maxsize=64)
def _table(language: str) -> LanguageTable | None:
    if language != "common" and language not in languages():
        return None
    common = _read("common")
    own = _read(language) if language != "common" else {}
    readings = _readings(own, common)
    suffixes = _strings_by_name(own, "number_endings")
    number_endings: dict[str, tuple[str, ...]] = {}
    for name, forms in suffixes.items():
        for key in dict.fromkeys(fold(form).lstrip("-'") for form in forms):
            number_endings[key] = (*number_endings.get(key, ()), name)
    dot = own.get("ordinal_dot") is True
    rules = _rules(own, common)
    return LanguageTable(
        language=language,
        words=_index(readings),
        rules=rules,
        parts=frozenset(_literals(rules)) | {piece for pieces in readings for piece in pieces[1:]},
        number_endings=number_endings,
        roman_endings=tuple(_strings(own.get("roman_endings", []), "roman_endings")),
        endings=frozenset(map(fold, _strings(own.get("endings", []), "endings"))),
        ordinal_dot=dot,
        day_first=_day_first(own),
        cues={
            name: frozenset(form.casefold() for form in forms) for name, forms in _strings_by_name(own, "cues").items()
        },
        past_form=_form(own, "past_form"),
        certain_past_form=_form(own, "certain_past_form"),
        future_form=_form(own, "future_form"),
        tense=_tense(own),
        capital_months=own.get("capital_months") is True,
        years_joined=own.get("years_joined") is True,
        pieces=_pieces(
            {*number_endings, *(form.lower() for forms in suffixes.values() for form in forms)},
            dot,
            bool(own.get("endings")),
        ),
    )


def _folder() -> Path:
    from pathlib import Path

    return Path(__file__).parent / "tables"


def _read(name: str) -> dict[str, object]:
    # Imported here because the import of this package has a budget of 30 ms, and most of its users read one table.
    import tomllib

    with (_folder() / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _day_first(own: Mapping[str, object]) -> bool | None:
    value = own.get("day_first")
    return value if isinstance(value, bool) else None


def _form(own: Mapping[str, object], place: str) -> re.Pattern[str] | None:
    """Compile what verbs of a tense look like, from regular expressions of words in lower case."""
    forms = _strings(own.get(place, []), place)
    return re.compile("|".join(forms)) if forms else None


def _tense(own: Mapping[str, object]) -> Direction | None:
    """Read the direction that a sentence without any cue points to."""
    value = own.get("tense")
    if value is None:
        return None
    if value == "past":
        return "past"
    if value == "future":
        return "future"
    raise TableError('tense: write "past" or "future", or leave it out')


def _is_section(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _strings(value: object, place: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TableError(f"{place}: write a list of strings")
    return value


def _strings_by_name(own: Mapping[str, object], place: str) -> dict[str, list[str]]:
    section = own.get(place, {})
    if not _is_section(section):
        raise TableError(f"{place}: write a section")
    return {name: _strings(forms, f"{place}.{name}") for name, forms in section.items()}


def _readings(own: Mapping[str, object], common: Mapping[str, object]) -> dict[tuple[str, ...], list[Reading]]:
    """Collect the forms of all word classes, cut into folded pieces."""
    readings: dict[tuple[str, ...], list[Reading]] = {}
    for source in (common, own):
        for symbol, value, form in _forms(source):
            for pieces in _spellings(form):
                known = readings.setdefault(pieces, [])
                if (symbol, value) not in known:
                    known.append((symbol, value))
    for first, second in (pair.split("+") for pair in _strings(own.get("compounds", []), "compounds")):
        _join(readings, first, second)
    return readings


def _forms(source: Mapping[str, object]) -> Iterator[tuple[str, Value, str]]:
    words = source.get("words", {})
    if not _is_section(words):
        raise TableError("words: write a section")
    for symbol, values in words.items():
        if symbol in _RESERVED:
            raise TableError(f"words.{symbol}: the engine uses this name itself; take another")
        if not _is_section(values):
            for form in _strings(values, f"words.{symbol}"):
                yield symbol, 0, form
            continue
        for value, forms in values.items():
            for form in _strings(forms, f"words.{symbol}.{value}"):
                yield symbol, int(value) if re.fullmatch(r"-?[0-9]+", value) else value, form


def _spellings(form: str) -> set[tuple[str, ...]]:
    """Cut a form into pieces; an abbreviation's last dot may be missing, unless it would be a short word then (So.)."""
    pieces = tuple(fold(piece) for piece in _PIECE.findall(level(form)))
    if not pieces:
        raise TableError(f"{form!r} has no letters")
    is_abbreviation = len(pieces) > 1 and pieces[-1] == "." and len(pieces[-2]) >= _DOTLESS
    return {pieces, pieces[:-1]} if is_abbreviation else {pieces}


def _join(readings: dict[tuple[str, ...], list[Reading]], first: str, second: str) -> None:
    """Add the words written as one: Dienstag + abend means what its first half means."""
    heads = [(key[0], reading) for key, own in readings.items() if len(key) == 1 for reading in own]
    for head, reading in [pair for pair in heads if pair[1][0] == first]:
        for tail, other in heads:
            if other[0] == second:
                readings.setdefault((head + tail,), []).append(reading)


def _index(
    readings: Mapping[tuple[str, ...], list[Reading]],
) -> dict[str, tuple[tuple[tuple[str, ...], tuple[Reading, ...]], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], tuple[Reading, ...]]]] = {}
    for pieces, own in readings.items():
        index.setdefault(pieces[0], []).append((pieces, tuple(own)))
    return {key: tuple(sorted(forms, key=lambda form: -len(form[0]))) for key, forms in index.items()}


def _rules(own: Mapping[str, object], common: Mapping[str, object]) -> dict[str, tuple[tuple[str | None, Rule], ...]]:
    index: dict[str, list[tuple[str | None, Rule]]] = {}
    for source in (own, common):
        for action, patterns in _strings_by_name(source, "patterns").items():
            for pattern in patterns:
                for rule in _expand(action, pattern):
                    first, *rest = rule.symbols
                    index.setdefault(first, []).append((rest[0] if rest else None, rule))
    return {symbol: tuple(rules) for symbol, rules in index.items()}


def _literals(rules: Mapping[str, tuple[tuple[str | None, Rule], ...]]) -> Iterator[str]:
    """List the words that stand in patterns as they are."""
    for own in rules.values():
        for _, rule in own:
            yield from (symbol[1:] for symbol in rule.symbols if symbol.startswith("'"))


def _expand(action: str, pattern: str) -> Iterator[Rule]:
    """Turn `{part} <of>? {date}` into one rule with and one without what is optional."""
    variants: list[tuple[tuple[str, bool], ...]] = [()]
    for slot, optional, literal in _SLOT.findall(pattern):
        symbol = (f"'{fold(literal)}" if literal else slot[1:-1], slot.startswith("{"))
        longer = [(*variant, symbol) for variant in variants]
        variants = longer + variants if optional else longer
    for variant in variants:
        if variant:
            yield Rule(action, tuple(symbol for symbol, _ in variant), tuple(captured for _, captured in variant))


def _pieces(number_endings: Iterable[str], ordinal_dot: bool, apostrophe_endings: bool) -> re.Pattern[str]:
    """Compile what a text is cut with: whole numeric dates, times, numbers with their endings, words, signs."""
    endings = "|".join(re.escape(ending) for ending in sorted(set(number_endings), key=len, reverse=True)) or r"(?!)"
    dot = r"|(?P<ordinal>[0-9]{1,2})\.(?![0-9])" if ordinal_dot else ""
    short = r"|(?P<short>[0-9]{1,2}\.[ ]?[0-9]{1,2}\.(?![0-9]))" if ordinal_dot else ""
    tail = r"(?:'[^\W\d_]+)?" if apostrophe_endings else ""
    # First what most pieces are, so that the many forms of numbers are only tried on digits.
    return re.compile(
        r"(?P<word>[^\W\d_]+" + tail + r")|(?P<sign>[^\s\w])|(?=[0-9])(?:"
        r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}[0-9:.]{0,16}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9-]))"
        r"|(?P<numeric>(?<![0-9.,/])(?<![0-9]-)[0-9]{1,4}(?P<sep>[./-])[ ]?[0-9]{1,2}(?P=sep)[ ]?[0-9]{2,4}(?![0-9]))"
        r"|(?P<monthyear>(?<![0-9.,/-])(?:0?[1-9]|1[0-2])[./](?:19|20)[0-9]{2}(?![0-9.,/-]))"
        r"|(?P<clock>[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?h?|h(?:[0-9]{2})?)(?![0-9:\w]))"
        + short
        + r"|(?P<amount>[0-9]{1,3}(?:[.,][0-9]{3})+(?![0-9])|[0-9]+[.,][0-9]{3,}|[0-9]{5,})"
        r"|(?P<decimal>[0-9]{1,2}[.,][0-9]{1,2}(?![0-9]))"
        r"|(?P<digits>[0-9]{1,4})(?P<ending>[-']?(?:"
        + endings
        + r"))(?![^\W_])"
        + dot
        + r"|(?P<number>[0-9]{1,4})(?![^\W_])"
        r"|(?P<mixed>[0-9][^\W_]*))",
        re.IGNORECASE,
    )
