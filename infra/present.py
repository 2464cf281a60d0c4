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
from dateline.exports import phrases, reports
from dateline.exports.model import occurrence_entry
from dateline.records import Cited, Event, Finding, Note, SaidBy, Statement, Summary, When

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.linking.model import Report
    from read.answers import OccurrenceInFull

# A quote is there to recognise the sentence by; the whole of it stands in the document.
LONGEST_QUOTE = 200
# Of an occurrence's reports and speakers so many are shown, and how many more there are.
MOST_SHOWN = 6
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
    _show_table(console, [_row(event) for event in events])
    if any(isinstance(event, Event) and terms.is_standin(event.model) for event in events):
        console.print(Text(EXTRACTIVE, style="dim"))


def show_occurrences(console: Console, occurrences: Sequence[OccurrenceInFull]) -> None:
    """Show occurrences as a table in the order given, each once with all of its reports."""
    _show_table(console, [_occurrence_row(one) for one in occurrences])
    if any(terms.is_standin(report.event.model) for one in occurrences for report in one.told):
        console.print(Text(EXTRACTIVE, style="dim"))


def _show_table(console: Console, rows: Sequence[tuple[Text, Text, Text]]) -> None:
    if not rows:
        console.print(Text("no events", style="dim"))
        return
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, expand=True, padding=(0, 1), pad_edge=False)
    table.add_column("When", ratio=17, overflow="fold")
    table.add_column("What, and the source's words", ratio=36, overflow="fold")
    table.add_column("Who says so", ratio=27, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _row(event: Finding) -> tuple[Text, Text, Text]:
    return _when(event.when), _what(event), _lines([_standing(event), *_speakers([event])])


def _occurrence_row(occurrence: OccurrenceInFull) -> tuple[Text, Text, Text]:
    """Write what one report tells as the event that it is, and what several tell with where they part."""
    told = occurrence.told
    if len(told) == 1:
        return _row(told[0].event)
    what = [(harmless(occurrence.title), "bold"), *_bounded([_quoted(one) for one in told], "italic dim")]
    who = [
        _standing(occurrence_entry(occurrence).event),
        (harmless(reports.tally(occurrence)), "dim"),
        *_speakers([one.event for one in told]),
        *((harmless(one), "red") for one in reports.conflicts(occurrence)),
    ]
    return _when_told(told), _lines(what), _lines(who)


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


def _when_told(told: Sequence[Report]) -> Text:
    """Write each date that is told once, the one of most reports first, with all words for it."""
    by_days: dict[str, list[When]] = {}
    for when in (one.event.when for one in told):
        by_days.setdefault(phrases.days(when), []).append(when)
    dates = sorted(by_days.items(), key=lambda one: -len(one[1]))
    lines: list[tuple[str, str]] = []
    for days, whens in dates:
        words = dict.fromkeys(harmless(when.words) for when in whens if when.words)
        lines.extend((one, "bold") for one in list(words)[:MOST_SHOWN])
        lines.append((f"{days} ({len(whens)})" if len(dates) > 1 else days, "default"))
    return _lines(lines)


def _what(event: Finding) -> Text:
    return _lines([(harmless(event.title), "bold"), (_quote(event), "italic dim")])


def _quote(event: Finding) -> str:
    first = event.evidence[0]
    quote = harmless(first.quote)
    if len(quote) > LONGEST_QUOTE:
        quote = f"{quote[:LONGEST_QUOTE].rstrip()}…"
    return f"“{quote}” [{first.sentence}]"


def _quoted(report: Report) -> str:
    """Quote a report with where it stands."""
    return f"{_quote(report.event)} {harmless(report.medium or report.path)}"


def _standing(event: Finding) -> tuple[str, str]:
    today = Day.of(datetime.now(UTC).date())
    return ", ".join((terms.STATUS[event.status], *terms.course(event, today))), _STYLES[event.status]


def _speakers(events: Iterable[Finding]) -> Iterable[tuple[str, str]]:
    """Write who says what, each once."""
    return _bounded(list(dict.fromkeys(_said(said) for event in events for said in event.said_by)), "default")


def _bounded(texts: Sequence[str], style: str) -> Iterable[tuple[str, str]]:
    yield from ((one, style) for one in texts[:MOST_SHOWN])
    if len(texts) > MOST_SHOWN:
        yield f"and {len(texts) - MOST_SHOWN} more", "dim"


def _said(said: SaidBy) -> str:
    who = harmless(terms.who(said))
    original = [f"“{harmless(said.words)}”"] if said.words and said.words != said.who else []
    aside = ", ".join([*original, *([terms.UNNAMED[said.kind]] if said.kind in terms.UNNAMED else [])])
    via = f", via {harmless(said.via)}" if said.via else ""
    return f"{who}{f' ({aside})' if aside else ''} {terms.stance(said)}{via}"


def _lines(lines: Iterable[tuple[str, str]]) -> Text:
    return Text("\n").join(Text(text, style=style) for text, style in lines)
