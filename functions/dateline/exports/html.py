"""One page that needs nothing else: a list of what happened with its quotes and numbered sources, and a drawing of it.

It opens from a disk, asks no host, and prints as it reads: only the drawing needs its script. Words of documents are
escaped, and the policy in the page runs nothing but that one script.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from dateline import terms
from dateline.exports import phrases, reports, sources
from dateline.exports.text import headline, isolated, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.exports.model import Entry, Exported, ExportedDocument
    from dateline.records import Evidence

# What the drawing needs of an event, and of an occurrence besides.
_OF_OCCURRENCE = {"dates", "conflicts", "reports", "independent_sources", "languages"}
_TOOLS = """\
<div class="tools"><button id="zoom-in" type="button" aria-label="Zoom in">+</button>\
<button id="zoom-out" type="button" aria-label="Zoom out">−</button>\
<button id="zoom-all" type="button">All</button></div>
<details class="menu"><summary>Key</summary><div class="key"><dl id="key"></dl>\
<dl id="key-words"></dl></div></details>"""
_DRAWING = """\
<section id="drawn" aria-label="Timeline" hidden>
<div id="drawing" role="application" aria-roledescription="timeline" aria-label="Timeline. Arrow keys go from mark to \
mark, plus and minus zoom, Enter opens. The list below holds the same." tabindex="0"></div>
<div id="bubble" role="dialog" hidden></div>
</section>"""


def policy(script: str, style: str) -> str:
    """Let a page run and be dressed by these alone, and reach nothing."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def write(exported: Exported, script: str, style: str) -> bytes:
    """Write a timeline as a page with the script that draws it and the sheet that dresses it."""
    cited = {one.document_id: one for entry in exported.entries for one in entry.sources}
    numbers = {one: number for number, one in enumerate(cited, 1)}
    title = escape(headline(exported.title))
    parts = [
        *_head(title, policy(script, style), style),
        f"<header><h1>{title}</h1><p>{_tally(exported, len(cited))}</p>",
        f'<span class="space"></span>{_TOOLS}</header>\n{_DRAWING}',
    ]
    for heading, entries in groupby(exported.entries, phrases.month):
        parts += [f"<h2>{escape(heading)}</h2>", *(_item(one, exported, numbers) for one in entries)]
    parts += ["<h2>Sources</h2>", '<ol class="sources">']
    parts += [*(_source(one, numbers, exported) for one in cited.values()), "</ol>"]
    writers = dict.fromkeys(phrases.writer(one.event) for one in exported.entries)
    parts += [f'<footer class="fine">{escape("; ".join(writers))}</footer>'] if writers else []
    parts += ['<p id="said" class="unseen" aria-live="polite"></p>']
    parts += [f'<script type="application/json" id="rows">{_data(exported)}</script>']
    parts += [f"<script>{script}</script>", "</body>", "</html>", ""]
    return "\n".join(parts).encode()


def _head(title: str, security: str, style: str) -> Iterable[str]:
    return (
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(security)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{title} · Dateline</title>",
        '<link rel="icon" href="data:,">',
        f"<style>{style}</style>",
        "</head>",
        "<body>",
    )


def _data(exported: Exported) -> str:
    """Write what is drawn as JSON that cannot end the element that it stands in."""
    drawn = [_row(one) for one in exported.entries if one.event.when.basis != "undated"]
    return json.dumps(drawn, ensure_ascii=False).replace("<", "\\u003c")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _tally(exported: Exported, documents: int) -> str:
    entries = len(exported.entries)
    what = exported.of if entries != 1 else exported.of.removesuffix("s")
    files = f"{documents:,} document{'' if documents == 1 else 's'}"
    chosen = f"; chosen by {'; '.join(exported.chosen)}" if exported.chosen else ""
    return escape(f"{entries:,} {what} from {files}, as of {phrases.day(exported.today)}{chosen}")


def _row(entry: Entry) -> dict[str, object]:
    event, occurrence = entry.event, entry.occurrence
    return {
        "id": event.id,
        "title": readable(event.title),
        "title_language": event.title_language,
        "when": event.when.model_dump(mode="json"),
        "status": event.status,
        "course": event.course,
        **(occurrence.model_dump(mode="json", include=_OF_OCCURRENCE) if occurrence else {}),
    }


def _item(entry: Entry, exported: Exported, numbers: Mapping[str, int]) -> str:
    event = entry.event
    lines = [phrases.standing(entry, exported.today), *reports.about(entry)]
    back = _back(sources.entry_on_page(entry, exported))
    told = "".join(f"<p>{escape(one)}</p>" for one in lines)
    quotes = "".join(_quote(evidence, document, numbers) for evidence, document in _quoted(entry))
    if more := reports.unquoted(entry):
        quotes += f'<p class="fine">{more}</p>'
    return (
        f'<article class="entry {event.course}" id="{event.id}"><p class="dated">{escape(phrases.date(event.when))}</p>'
        f"<div><h3>{_foreign(headline(event.title), event.title_language)}</h3>{told}{quotes}"
        f"{f'<p>{back}</p>' if back else ''}</div></article>"
    )


def _quoted(entry: Entry) -> Iterable[tuple[Evidence, ExportedDocument]]:
    """Give each quote with its document: an event's are all of one, an occurrence's those of a few reports."""
    if entry.occurrence is None:
        return ((one, entry.source) for one in entry.event.evidence)
    return ((one.evidence, entry.documents[one.document]) for one in entry.occurrence.samples)


def _quote(evidence: Evidence, document: ExportedDocument, numbers: Mapping[str, int]) -> str:
    number = numbers[document.document_id]
    words = _foreign(isolated(readable(evidence.quote.strip())), document.about.language)
    recognised = f", {terms.RECOGNISED}" if evidence.recognised else ""
    name = escape(headline(document.name))
    return (
        f'<blockquote><p class="quote">“{words}”</p> <p>{name}, {sources.place(evidence)}{recognised} '
        f'<a class="cite" href="#source-{number}">[{number}]</a></p></blockquote>'
    )


def _source(document: ExportedDocument, numbers: Mapping[str, int], exported: Exported) -> str:
    web = sources.address(document)
    link = f' <a href="{escape(web)}" target="_blank" rel="noopener noreferrer">{escape(web)}</a>' if web else ""
    here = _back(sources.document_on_page(document, exported))
    number = numbers[document.document_id]
    return f'<li id="source-{number}">{escape(sources.citation(document))}{link}{here}</li>'


def _back(address: str | None) -> str:
    return f' <a href="{escape(address)}">in Dateline</a>' if address else ""


def _foreign(text: str, language: str | None) -> str:
    lang = f' lang="{escape(language)}"' if language else ""
    return f"<bdi{lang}>{escape(text)}</bdi>"
