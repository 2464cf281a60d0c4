"""How a document and a timeline look on a terminal, for `make run` and `dateline extract` alike.

Documents are hostile: whatever comes from one is shown as plain text, never as markup, and characters that move the
cursor or turn the direction of writing are replaced.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline import terms
from dateline.dates import Day
from dateline.exports import phrases
from dateline.records import Cited, Event, Finding, Note, SaidBy, Statement, Summary, When

if TYPE_CHECKING:
    from rich.console import Console

# A quote is there to recognise the sentence by; the whole of it stands in the document.
LONGEST_QUOTE = 200
EXTRACTIVE = "extractive: found by rules, in the document's own words, by no model"

_STYLES = {
    "stated": "green",
    "claimed": "yellow",
    "confirmed": "bold green",
    "disputed": "bold red",
    "denied": "red",
    "withdrawn": "red",
}
# Directional marks, embeddings, overrides and isolates: they can make a line read otherwise than it is.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(text: str) -> str:
    """Fold white space and replace what is a control or turns the direction of writing."""
    folded = " ".join(text.split())
    return "".join(
        "\ufffd" if char in _TURNING or unicodedata.category(char) in {"Cc", "Cs"} else char for char in folded
    )


def show_document(
    console: Console,
    *,
    name: str,
    state: str,
    model: str | None = None,
    summary: Summary | None = None,
    statements: Sequence[Statement] = (),
    notes: Sequence[Note] = (),
    reason: str | None = None,
) -> None:
    """Show one document: its state and why, its summary with the sentences cited, what is said, what to know of it."""
    console.rule(Text(harmless(name), style="bold"), align="left", characters="─", style="dim")
    console.print(_about(state, model, reason))
    if summary is not None:
        console.print(Padding(_cited(summary.headline, "bold"), (1, 0, 0, 2)))
        for sentence in summary.sentences:
            console.print(Padding(_cited(sentence, ""), (0, 0, 0, 2)))
    for statement in statements:
        console.print(Padding(_stated(statement), (0, 0, 0, 2)))
    for note in notes:
        subject = f" ({harmless(note.subject)})" if note.subject else ""
        console.print(Padding(Text(f"note: {harmless(note.message)}{subject}", style="dim"), (0, 0, 0, 2)))


def show_timeline(console: Console, events: Sequence[Finding]) -> None:
    """Show events as a table in the order given; says so where there is none."""
    if not events:
        console.print(Text("no events", style="dim"))
        return
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, expand=True, padding=(0, 1), pad_edge=False)
    table.add_column("When", ratio=17, overflow="fold")
    table.add_column("What, and the source's words", ratio=36, overflow="fold")
    table.add_column("Who says so", ratio=27, overflow="fold")
    today = Day.of(datetime.now(UTC).date())
    for event in events:
        table.add_row(_when(event.when), _what(event), _who(event, today))
    console.print(table)
    if any(isinstance(event, Event) and terms.is_standin(event.model) for event in events):
        console.print(Text(EXTRACTIVE, style="dim"))


def _about(state: str, model: str | None, reason: str | None) -> Text:
    about = Text(harmless(state), style="red" if state == "rejected" else "green")
    if reason:
        about.append(f": {harmless(reason)}", style="default")
    if model:
        about.append(f" · {EXTRACTIVE if terms.is_standin(model) else harmless(model)}", style="dim")
    return about


def _cited(cited: Cited | Statement, style: str) -> Text:
    numbers = "".join(f"[{evidence.sentence}]" for evidence in cited.evidence)
    return Text.assemble((harmless(cited.text), style), " ", (numbers, "cyan"))


def _stated(statement: Statement) -> Text:
    """Write what somebody said that is no event."""
    who = harmless(terms.who(statement)) if statement.stance == "asserts" and not statement.via else _said(statement)
    return Text.assemble((f"{who}: ", "italic"), _cited(statement, ""))


def _when(when: When) -> Text:
    """Write the date as the text says it, the days that it can mean, and what it was worked out from."""
    if when.earliest is None and when.latest is None:
        return Text("undated", style="dim")
    lines = [(harmless(when.words or ""), "bold")] if when.words else []
    lines.append((phrases.days(when), "default"))
    if when.anchor is not None and when.anchor.words:
        lines.append((f"by way of “{harmless(when.anchor.words)}”", "dim"))
    if other := phrases.other_reading(when):
        lines.append((other, "red"))
    return _lines(lines)


def _what(event: Finding) -> Text:
    first = event.evidence[0]
    quote = harmless(first.quote)
    if len(quote) > LONGEST_QUOTE:
        quote = f"{quote[:LONGEST_QUOTE].rstrip()}…"
    return _lines([(harmless(event.title), "bold"), (f"“{quote}” [{first.sentence}]", "italic dim")])


def _who(event: Finding, today: Day) -> Text:
    standing = ", ".join((terms.STATUS[event.status], *terms.course(event, today)))
    lines = [(standing, _STYLES[event.status])]
    lines.extend((_said(said), "default") for said in event.said_by)
    return _lines(lines)


def _said(said: SaidBy) -> str:
    who = harmless(terms.who(said))
    original = [f"“{harmless(said.words)}”"] if said.words and said.words != said.who else []
    aside = ", ".join([*original, *([terms.UNNAMED[said.kind]] if said.kind in terms.UNNAMED else [])])
    via = f", via {harmless(said.via)}" if said.via else ""
    return f"{who}{f' ({aside})' if aside else ''} {terms.stance(said)}{via}"


def _lines(lines: Iterable[tuple[str, str]]) -> Text:
    return Text("\n").join(Text(text, style=style) for text, style in lines)
