"""Markdown for reports and notes. Whatever means something to Markdown or HTML is escaped in words of documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.exports import phrases, reports, sources
from dateline.exports.text import headline, line

if TYPE_CHECKING:
    from dateline.exports.model import Entry, Exported, ExportedDocument

# With these escaped nothing is a tag, an entity, a link (also one by its bare address), emphasis, code or a formula.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$!@^=]|:(?=//)|(?<=www)\.)", re.IGNORECASE)


def write(exported: Exported) -> bytes:
    """Write a timeline as a list, undated events last under a heading of their own."""
    dated = [one for one in exported.entries if one.event.when.basis != "undated"]
    undated = [one for one in exported.entries if one.event.when.basis == "undated"]
    parts = [f"# {_escaped(headline(exported.title))}", *(_item(one, exported) for one in dated)]
    if undated:
        parts += ["## Undated", *(_item(one, exported) for one in undated)]
    return ("\n\n".join(parts) + "\n").encode()


def _item(entry: Entry, exported: Exported) -> str:
    event, root = entry.event, exported.root
    lines = [
        f"- **{_escaped(phrases.date(event.when))}** {_escaped(headline(event.title))}",
        f"  *{_escaped(phrases.standing(entry, exported.today))}*",
        *(f"  {_escaped(one)}" for one in reports.about(entry)),
        *(f"  > {_escaped(line(one.quote))} ({sources.place(one)})" for one in event.evidence),
        *(f"  > {_escaped(one)}" for one in reports.quotes(entry)),
        *(f"  {_cited(one, root)}" for one in entry.sources),
        f"  {_escaped(phrases.origin(event))}",
    ]
    return "\n\n".join(lines)


def _cited(document: ExportedDocument, root: str) -> str:
    """Cite a document, with links to it here, to its file, and to its address on the web."""
    here = f"{root}documents/{document.document_id}"
    web = sources.address(document)
    links = [f"[original]({here}/original)", *([f"[on the web]({web})"] if web else [])]
    return f"[{_escaped(sources.citation(document))}]({here}), {', '.join(links)}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
