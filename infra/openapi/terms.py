"""The page's copy of the words for readers, as a JavaScript module."""

from __future__ import annotations

import json

from dateline import terms as source

_HEAD = "/** The words for readers, as terminal and exports have them. `make generated` writes them from terms.py. */\n"
_NAMES = (
    "MONTHS", "STATUS", "COURSE", "NO_OUTCOME", "CONFLICTS", "EDITS", "STANCE", "DOCUMENT", "NO_FINDING", "UNNAMED",
    "NOTE", "BY_RULES", "RECOGNISED", "STANDIN_NAMES",
)  # fmt: skip


def terms() -> str:
    """Write each constant with its keys as types, so that the type check finds a term without words."""
    values = ((name, json.dumps(getattr(source, name), indent=2, ensure_ascii=False)) for name in _NAMES)
    constants = [f"export const {name} = /** @type {{const}} */ ({value});\n" for name, value in values]
    return "\n".join([_HEAD, *constants])
