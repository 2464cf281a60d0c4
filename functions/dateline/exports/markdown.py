"""Markdown for reports and notes, by month. What means something to Markdown or HTML is escaped in documents' words.

Links lead to the timeline page; without an address of it there are none that would be dead in a note.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from dateline import terms
from dateline.exports import phrases, reports, sources
from dateline.exports.text import headline, line

if TYPE_CHECKING:
    from dateline.exports.model import Entry, Exported, ExportedDocument
    from dateline.records import Evidence

# With these escaped nothing is a tag, an entity, a link (also one by its bare address), emphasis, code or a formula.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$!@^=]|:(?=//)|(?<=www)\.)", re.IGNORECASE)


def write(exported: Exported) -> bytes:
    """Write a timeline as a list below each month, undated events last, after its facts as front matter."""
    title = headline(exported.title)
    parts = [_front_matter(title, exported), f"# {_escaped(title)}"]
    if exported.chosen:
        parts.append(_escaped(f"Chosen by {'; '.join(map(line, exported.chosen))}"))
    for heading, entries in groupby(exported.entries, phrases.month):
        parts += [f"## {_escaped(heading)}", *(_item(one, exported) for one in entries)]
    writers = dict.fromkeys(phrases.writer(one.event) for one in exported.entries)
    parts += [_escaped("; ".join(writers))] if writers else []
    return ("\n\n".join(parts) + "\n").encode()


def _front_matter(title: str, exported: Exported) -> str:
    """Write what notes are found by. What means something to Markdown is escaped as JSON does it, which YAML reads."""
    quoted = _SPECIAL.sub(_as_json, json.dumps(title, ensure_ascii=False)[1:-1])
    lines = [f'title: "{quoted}"', f"date: {exported.today}", f"{exported.of}: {len(exported.entries)}"]
    return "\n".join(["---", *lines, "---"])


def _as_json(found: re.Match[str]) -> str:
    """Escape a character, but for what JSON has escaped already."""
    return found[0] if found[0] == "\\" else f"\\u{ord(found[0]):04x}"


def _item(entry: Entry, exported: Exported) -> str:
    event = entry.event
    title, page = _escaped(headline(event.title)), sources.entry_on_page(entry, exported)
    lines = [
        f"- **{_escaped(phrases.date(event.when))}** {f'[{title}]({page})' if page else title}",
        f"  *{_escaped(phrases.standing(entry, exported.today))}*",
        *(f"  {_escaped(one)}" for one in reports.about(entry)),
        *(f"  > {_quote(one)}" for one in event.evidence),
        *(f"  > {_escaped(one)}" for one in reports.quotes(entry)),
        *([f"  {more}"] if (more := reports.unquoted(entry)) else []),
        *(f"  {_cited(one, exported)}" for one in entry.sources),
    ]
    return "\n\n".join(lines)


def _quote(evidence: Evidence) -> str:
    recognised = f"; {terms.RECOGNISED}" if evidence.recognised else ""
    return f"{_escaped(line(evidence.quote))} ({sources.place(evidence)}{recognised})"


def _cited(document: ExportedDocument, exported: Exported) -> str:
    """Cite a document, with links to where people see it here and to its address on the web."""
    words = _escaped(sources.citation(document))
    here, web = sources.document_on_page(document, exported), sources.address(document)
    return f"{f'[{words}]({here})' if here else words}{f', [on the web]({web})' if web else ''}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
