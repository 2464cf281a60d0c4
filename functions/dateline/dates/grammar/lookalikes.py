"""Words that only look like dates: a person called May, a newspaper called Sunday, 2,023 soldiers, section 2024."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.dates.grammar.roles import cycle_of, is_loose
from dateline.dates.grammar.tree import Named, Node, Qualified, Step
from dateline.dates.language.table import LanguageTable
from dateline.dates.language.tokens import Token, terminals_at

_JOINING = frozenset((
    "of", "the", "in", "from", "to", "between", "and", "each", "since", "after", "before", "until", "about", "doubt",
    "part", "rel", "relbefore", "thatrel", "thatbefore", "comma",
))  # fmt: skip
_ROMAN = frozenset("IVXІХ")
_AMOUNT = 5  # tokens from a verb of paying to the number
_BESIDE = 3  # tokens
REPETITION = "a repetition, not a date"  # as the tables write it
_ADDRESS = 6  # tokens from the word for a street to the number of a house
_MONEY = "%€$£¥₽₴₺‰°"


def is_look_alike(tokens: Sequence[Token], start: int, end: int, node: Node, table: LanguageTable) -> bool:
    """Return whether `tokens[start:end]`, read as `node`, is something else, by its neighbours."""
    before = tokens[start - 1] if start else None
    after = tokens[end] if end < len(tokens) else None
    core = node.node if isinstance(node, Qualified) else node
    if isinstance(core, Named) and core.kind == "year" and tokens[end - 1].kind == "number":
        return (
            _is_count(before, after, end - start == 1, table)
            or _is_amount(tokens[:end], table)
            or _is_house(tokens[: end - 1], table)
            or (table.years_joined and _stands_free(tokens[:end], after, table))
        )
    if isinstance(core, Named) and core.kind == "day" and core.within is None:
        return _is_rank(tokens, end, table)
    if isinstance(core, Named) and is_loose(core) and _recurs(tokens, start, end, cycle_of(core), table):
        return True
    if isinstance(core, Step):
        first = before if end - start == 1 else None
        lacks_noun = tokens[end - 1].plain in table.cues.get("needs_noun", ())
        return lacks_noun or (core.offset == 0 and core.unit == "day" and _means_nowadays(first, after, table))
    if end - start > 1:
        return _is_longer_name(tokens, start, end, core, table)
    return isinstance(core, Named) and (
        (core.kind == "holiday" and _is_first_name(before, after, table))
        or _is_habit(core, before, table)
        or _is_name(before, tokens[start], after, table)
    )


def numbers_a_name(tokens: Sequence[Token], index: int, table: LanguageTable) -> bool:
    """Return whether a number ends a name and begins no range: the 4 of "iPhone 4 until September 30"."""
    if not 0 < index < len(tokens) - 2 or tokens[index].kind != "number":
        return False
    before = tokens[index - 1]
    is_name = before.text != before.text.lower() and before.key not in table.words
    return is_name and all(
        any(found.symbol == symbol for found in terminals_at(tokens, place, table))
        for place, symbol in ((index + 1, "until"), (index + 2, "month"))
    )


def _recurs(tokens: Sequence[Token], start: int, end: int, cycle: str, table: LanguageTable) -> bool:
    """Return whether words beside a date say that it comes again: "on 3 May every year", "annually on 3 May"."""
    for place in (*range(max(0, start - _BESIDE), start), *range(end, min(len(tokens), end + _BESIDE))):
        symbols = {(found.symbol, found.value) for found in terminals_at(tokens, place, table)}
        if ("vague", REPETITION) in symbols:
            return True
        if any(symbol == "each" for symbol, _ in symbols) and place + 1 < len(tokens):
            units = terminals_at(tokens, place + 1, table)
            return any((found.symbol, found.value) == ("unit", cycle) for found in units)
    return False


def _is_longer_name(tokens: Sequence[Token], start: int, end: int, node: Node, table: LanguageTable) -> bool:
    """Return whether several words are a place, a person, a newspaper, or a verb and its object."""
    after = tokens[end] if end < len(tokens) else None
    if isinstance(node, Named) and _is_title(tokens[end - 1], after, table):
        return True
    if _is_of_a_place(tokens, start, end, table) or _is_full_name(tokens[start], tokens[end - 1], after, table):
        return True
    return end - start == 2 and _is_verb_and_word(tokens[start], tokens[start + 1], table)  # noqa: PLR2004


def _is_title(last: Token, after: Token | None, table: LanguageTable) -> bool:
    """Return whether words of dates begin a name that goes on: "The Sunday Times"."""
    return (
        after is not None
        and after.text[0].isupper()
        and last.kind == "word"
        and after.plain in table.cues.get("title_after", ())
    )


def _is_rank(tokens: Sequence[Token], end: int, table: LanguageTable) -> bool:
    """Return whether a bare ordinal number counts things or begins a name: "the 1st Army", "die 3. Kammer"."""
    after = tokens[end] if end < len(tokens) else None
    if after is None or after.kind != "word":
        return False
    if after.plain in table.cues.get("ordinal_of", ()):
        return True
    is_name = after.text[0].isupper() and after.key not in table.words and len(after.text) > 1
    return is_name and not (table.ordinal_dot and tokens[end - 1].end < after.start - 1)


def _is_first_name(before: Token | None, after: Token | None, table: LanguageTable) -> bool:
    """Return whether a feast is a person's first name: "Natale Bianchi"."""
    return (before is None or not _joins(before, table)) and after is not None and _is_foreign_name(after, table)


def _is_full_name(first: Token, last: Token, after: Token | None, table: LanguageTable) -> bool:
    """Return whether words of dates are names of people, by a capital and a surname: "Domingo y Julio Pérez"."""
    is_name = last.plain in table.cues.get("weak", ()) and last.text[0].isupper() and not table.capital_months
    return is_name and first.kind == "word" and after is not None and _is_foreign_name(after, table)


def _is_of_a_place(tokens: Sequence[Token], start: int, end: int, table: LanguageTable) -> bool:
    """Tell a street or a school named for a day: "plaza del 2 de Mayo", "30 Ağustos Caddesi".

    With nothing between them the one may stand beside the other by chance ("На площади 8 марта пели"), unless the
    month has a capital that it has only in names.
    """
    joining = table.cues.get("place_of", ())
    while tokens[start].plain in joining:
        start += 1
    if tokens[start].kind == "word":
        return False
    if end < len(tokens) and tokens[end].plain.partition("'")[0] in table.cues.get("place_after", ()):
        return True
    place = next((at for at in reversed(range(start)) if tokens[at].plain not in joining), None)
    if place is None or tokens[place].plain not in table.cues.get("place_before", ()):
        return False
    return place < start - 1 or table.capital_months or any(token.text[0].isupper() for token in tokens[start:end])


def _is_verb_and_word(first: Token, second: Token, table: LanguageTable) -> bool:
    """Tell the verb that looks like a preposition when accents are folded: "a été" is no summer."""
    return first.plain in table.cues.get("title_before", ()) and second.plain in table.cues.get("weak", ())


def _is_count(before: Token | None, after: Token | None, alone: bool, table: LanguageTable) -> bool:
    """Tell a number of things (2023 Soldaten) and a numbered thing (§ 2024) from a year."""
    if after is not None and (after.plain in table.cues.get("counted", ()) or after.text in _MONEY):
        return True
    if alone and before is not None and before.text.isupper() and before.text.isalpha() and len(before.text) in (2, 3):
        return before.key not in table.words and not set(before.text) <= _ROMAN
    return (
        alone
        and before is not None
        and (before.text in "§#№+" + _MONEY or before.plain in table.cues.get("numbered", ()))
    )


def _is_amount(tokens: Sequence[Token], table: LanguageTable) -> bool:
    """Return whether a last number is what somebody pays or weighs, with no preposition before it."""
    verbs = table.cues.get("amount_verbs", ())
    before = tokens[-1 - _AMOUNT : -1]
    return bool(before) and not _joins(before[-1], table) and any(token.plain in verbs for token in before)


def _is_house(before: Sequence[Token], table: LanguageTable) -> bool:
    """Return whether a number behind the name of a street is that of a house: "calle Alta 1980"."""
    name = 0
    for token in reversed(before[-_ADDRESS:]):
        if token.plain in table.cues.get("place_before", ()):
            return name > 0
        if not (token.text[0].isupper() or token.text == "," or token.plain in table.cues.get("place_of", ())):
            return False
        name += token.text[0].isupper()
    return False


def _stands_free(tokens: Sequence[Token], after: Token | None, table: LanguageTable) -> bool:
    """Return whether a last number of four digits hangs on nothing before it and counts what follows.

    Where a year has a preposition, an article or the word for "year" beside it, "знищено 1200 танків" has none.
    """
    place = len(tokens) - 2
    while place >= 0 and _reads_as(tokens[place], "about", table):
        place -= 1
    if place < 0 or tokens[place].kind != "word" or tokens[place].key in table.words:
        return False
    return after is not None and after.kind == "word" and after.text[0].islower() and after.key not in table.words


def _reads_as(token: Token, name: str, table: LanguageTable) -> bool:
    return any(len(pieces) == 1 and (name, name) in readings for pieces, readings in table.words.get(token.key, ()))


def _means_nowadays(before: Token | None, after: Token | None, table: LanguageTable) -> bool:
    """Tell "to this day" and "people of today" from the day of publication."""
    if before is not None and before.plain in table.cues.get("nowadays_after", ()):
        return True
    return after is not None and after.plain in table.cues.get("nowadays_before", ())


def _is_habit(node: Named, before: Token | None, table: LanguageTable) -> bool:
    """Return whether a season is that of any year: "en hiver", where this one would be "cet hiver"."""
    return node.kind == "season" and before is not None and before.plain in table.cues.get("habits", ())


def _is_name(before: Token | None, token: Token, after: Token | None, table: LanguageTable) -> bool:
    """Tell a name or another word from a month, weekday or season that stands alone."""
    if before is not None and before.plain in table.cues.get("title_before", ()):
        return True
    if after is not None and after.plain in table.cues.get("title_after", ()):
        return True
    return token.plain in table.cues.get("weak", ()) and _is_other_word(before, token, after, table)


def _is_other_word(before: Token | None, token: Token, after: Token | None, table: LanguageTable) -> bool:
    """Tell what a word is that is a month as well as a name or a verb: May, août, Ekim."""
    if after is not None and token.text[0].isupper() and _is_foreign_name(after, table):
        return True
    if token.text[0].islower() is table.capital_months and not token.text.isupper():
        return before is not None or table.capital_months or not _joins_ahead(after, table)
    if before is None:
        return after is not None
    return not _joins(before, table) or (after is not None and after.plain in table.cues.get("goes_on", ()))


def _joins_ahead(token: Token | None, table: LanguageTable) -> bool:
    return token is None or _joins(token, table)


def _joins(token: Token, table: LanguageTable) -> bool:
    """Return whether a word is one that stands before dates: a preposition, an article, a modifier, a bracket."""
    if token.text in "([/-":
        return True
    forms = table.words.get(token.key, ())
    return any(symbol in _JOINING for pieces, readings in forms if len(pieces) == 1 for symbol, _ in readings)


def _is_foreign_name(token: Token, table: LanguageTable) -> bool:
    """Return whether a word is capitalised and unknown, as the surname in August Macke."""
    return token.kind == "word" and token.text[0].isupper() and token.key not in table.words and len(token.text) > 1
