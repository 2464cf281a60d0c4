"""The project's own processor time for a thousand words, and whether it grows with the text and no faster."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dateline.documents.read import read
from tests.benchmarks.beside import MISSING, langextract
from tests.benchmarks.long_report import Fast, report
from tests.benchmarks.own_work import Article, own_articles, own_seconds, recorded_articles
from tests.benchmarks.row import NONE, Row, script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN = Row("own CPU for 1,000 words (read, ask, judge)", "81–127 ms", "≤ 50 ms")
LINEAR = Row("CPU a word at 100,000 words ÷ at 1,000", "linear", "≤ 1.1")
_MOST_MS, _STEEPEST = 50, 1.1
# What the aligner takes, chunked and whole, on the machine for which the goal was set: this one may be slower.
_ALIGNER_MS = (57, 197)
_DATED_IN_1000 = 15  # lines of a report of 1,000 words; every fourth is dated
_TIMES = 100
_EVERY = 4  # of the recorded articles as many are measured as take some seconds


def rows() -> Iterator[Row]:
    """Measure articles, then a report of two lengths."""
    sets = {"own documents": own_articles(), "recorded articles": recorded_articles()[::_EVERY]}
    measured = {name: _milliseconds(some) for name, some in sets.items() if some}
    beside = langextract(sets["own documents"], aligned=3)
    ours = measured["own documents"]
    comparison, ratio, note, expected = NONE, NONE, MISSING, max(measured.values())
    if beside is not None:
        words = sum(one.words for one in sets["own documents"])
        whole, chunked = (
            1e6 * sum(one.seconds for one in several) / words for several in (beside.whole, beside.default)
        )
        comparison = f"langextract's aligner alone: {chunked:.0f} ms chunked, {whole:.0f} whole"
        ratio = f"{ours / chunked:.2f} and {ours / whole:.2f}"
        scaled = [ours * there / here for there, here in zip(_ALIGNER_MS, (chunked, whole), strict=True)]
        expected = max(scaled)
        note = f"{scaled[0]:.0f} and {scaled[1]:.0f} ms where the aligner takes {_ALIGNER_MS[0]} and {_ALIGNER_MS[1]}"
    said = ", ".join(f"{name} {value:.0f} ms" for name, value in measured.items())
    yield OWN.measured(said, comparison, ratio, reached=expected <= _MOST_MS, note=note)

    long = _reports_ms([report(_DATED_IN_1000 * _TIMES)])
    short = _reports_ms([report(_DATED_IN_1000, 4 * _DATED_IN_1000 * number) for number in range(_TIMES)])
    yield LINEAR.measured(
        f"{long / short:.2f}",
        reached=long / short <= _STEEPEST,
        note=f"short dated lines, as {_TIMES} reports and as one: {short:.0f} and {long:.0f} ms for 1,000 words; "
        "what is known of a sentence is kept for 512 of them",
    )


def _milliseconds(articles: Sequence[Article]) -> float:
    """Return the milliseconds for 1,000 words of several articles, tables read before."""
    words = sum(one.words for one in articles)
    return 1e6 * own_seconds(articles) / words


def _reports_ms(texts: Sequence[str]) -> float:
    """Return the milliseconds for 1,000 words of reports, one after the other."""
    articles = [
        Article("report", partial(read, text.encode(), name="report.txt", language="en"), Fast) for text in texts
    ]
    return 1e6 * own_seconds(articles, passes=2) / sum(len(text.split()) for text in texts)


if __name__ == "__main__":
    script(rows)
