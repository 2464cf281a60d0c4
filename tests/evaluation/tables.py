"""The evaluation's tables: one of documents, one of mistakes, and a plain one for figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table

from tests.evaluation.scoring import Score

if TYPE_CHECKING:
    from tests.evaluation.outcomes import Outcome

Tables = list[RenderableType]

_COLUMNS = ("events", "dates", "evidence", "speakers", "course", "status", "beyond", "false", "calls", "tokens", "s")


def documents_table(made: Sequence[Outcome], model: str) -> Table:
    """Show each document's figures, then each language's, then all of them."""
    rows = [(one.name, [one]) for one in made]
    languages = sorted({one.name.split("-")[0] for one in made})
    sums = [(f"all {language}", [one for one in made if one.name.startswith(language)]) for language in languages]
    return figures(
        f"What {model} found: of the expected events, of their dates, evidence, speakers with stance, course, status",
        ("document", *_COLUMNS),
        [(name, *_figures(ones)) for name, ones in (*rows, *sums, ("all", list(made)))],
    )


def figures(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Make a table whose first column is words and whose others are figures."""
    table = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row, end_section=row[0] == "all")
    return table


def mistakes(made: Sequence[Outcome]) -> Table:
    """Show what was missed, what is wrong and what is false, by document."""
    table = Table(title="Mistakes", title_justify="left")
    for column in ("document", "what", "which"):
        table.add_column(column)
    for one in made:
        rows = [("failed", one.failure)] if one.failure else []
        rows += [("FALSE", line) for line in one.score.false]
        rows += [("missed", line) for line in one.score.missed]
        rows += [("wrong", line) for line in one.score.wrong]
        for what, which in rows:
            table.add_row(one.name, what, which)
    return table


def _figures(ones: Sequence[Outcome]) -> list[str]:
    total = reduce(add, (one.score for one in ones), Score())
    usage = [one.usage for one in ones]
    return [
        *(str(share) for share in (total.events, total.dates, total.evidence, total.speakers)),
        *(str(share) for share in (total.course, total.status)),
        str(total.beyond),
        str(len(total.false)),
        str(sum(used.calls for used in usage)),
        str(sum(used.input + used.output for used in usage)),
        f"{sum(one.seconds for one in ones):.1f}",
    ]
