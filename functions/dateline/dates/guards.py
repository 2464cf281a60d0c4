"""Words that only look like dates: a person called May, a newspaper called Sunday, 2,023 soldiers, section 2024."""

from __future__ import annotations

from dateline.dates.grammar import Parsed
from dateline.dates.scanning import Token
from dateline.dates.tables import Table
from dateline.dates.tree import Named


def is_look_alike(text: str, tokens: list[Token], parsed: Parsed, table: Table) -> bool:
    """Tell whether the expression is something else, by its neighbours in the text."""
    del text
    before = tokens[parsed.start - 1] if parsed.start else None
    after = tokens[parsed.end] if parsed.end < len(tokens) else None
    if not isinstance(parsed.node, Named):
        return False
    alone = parsed.end - parsed.start == 1
    if parsed.node.kind == "year" and alone:
        return _is_count(before, after, table)
    return alone and tokens[parsed.start].key in table.cues.get("weak", ())


def _is_count(before: Token | None, after: Token | None, table: Table) -> bool:
    """A number with the thing it counts (2023 Soldaten), or after a sign of something else (§ 2024)."""
    if after is not None and (after.key in table.cues.get("counted", ()) or after.text in "%€$£"):
        return True
    return before is not None and before.text in "§$€£#№"
