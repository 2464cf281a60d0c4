"""Markdown for reports and notes. Whatever means something to Markdown or HTML is escaped in words of documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.exports import phrases, reports
from dateline.exports.text import headline, line

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.exports.model import Entry, Exported

# With these escaped nothing is a tag, an entity, a link (also one by its bare address), emphasis, code or a formula.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$!@^=]|:(?=//)|(?<=www)\.)", re.IGNORECASE)


def write(exported: Exported) -> bytes:
    """Write a timeline as a list, undated events last under a heading of their own."""
    dated = [one for one in exported.entries if one.event.when.basis != "undated"]
    undated = [one for one in exported.entries if one.event.when.basis == "undated"]
    parts = [f"# {_escaped(headline(exported.title))}", *(_item(one, exported.today) for one in dated)]
    if undated:
        parts += ["## Undated", *(_item(one, exported.today) for one in undated)]
    return ("\n\n".join(parts) + "\n").encode()


def _item(entry: Entry, today: Day) -> str:
    event = entry.event
    lines = [
        f"- **{_escaped(phrases.date(event.when))}** {_escaped(headline(event.title))}",
        f"  *{_escaped(phrases.standing(event, today))}*",
        *(f"  {_escaped(one)}" for one in reports.about(entry)),
        *(f"  > {_escaped(line(one.quote))}" for one in event.evidence),
        *(f"  > {_escaped(one)}" for one in reports.quotes(entry)),
        f"  [{_escaped(headline(entry.source.path))}](../../documents/{entry.source.document_id}), "
        f"{_escaped(phrases.origin(event))}",
    ]
    return "\n\n".join(lines)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
