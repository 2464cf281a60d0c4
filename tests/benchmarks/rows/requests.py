"""What a request holds beside the text that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.ask.request import marker, numbered
from tests.benchmarks.beside import MISSING, langextract
from tests.benchmarks.own_work import own_articles, recorded_articles
from tests.benchmarks.row import NONE, Row, script
from tests.evaluation.costs import request_cost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.beside import Asked
    from tests.benchmarks.own_work import Article

REQUEST = Row("request characters behind the fixed part ÷ the text's", "1.07–1.09", "≤ 1.05")
_MOST = 1.05


def rows() -> Iterator[Row]:
    """Measure the articles of each set, all together."""
    sets = {"own documents": own_articles(), "recorded articles": recorded_articles()}
    ours = {name: _ratio(some) for name, some in sets.items() if some}
    # Sentences of the project's own documents are shorter than a newspaper's.
    articles = sets["recorded articles"] or sets["own documents"]
    beside, text = langextract(articles), sum(len(one.read().text) for one in articles)
    comparison, ratio = NONE, NONE
    if beside is not None:

        def behind(several: Sequence[Asked]) -> float:
            """Take the fixed part off the first prompt of each article: the others hold it again."""
            return sum(sum(map(len, one.prompts)) - len(beside.fixed) for one in several) / text

        whole, default = behind(beside.whole), behind(beside.default)
        comparison = f"langextract: one request {whole:.2f}, its default {default:.2f}"
        ratio = f"{list(ours.values())[-1] / whole:.2f} and {list(ours.values())[-1] / default:.2f}"
    said = ", ".join(f"{name} {value:.3f}" for name, value in ours.items())
    note = "; ".join(f"{name}: {_beside_the_text(some)}" for name, some in sets.items() if some)
    yield REQUEST.measured(
        said,
        comparison,
        ratio,
        reached=max(ours.values()) <= _MOST,
        note=note if beside else f"{note}; {MISSING}",
    )


def _beside_the_text(articles: Sequence[Article]) -> str:
    """Say what the numbers of sentences take of the text, and the lines around them."""
    text = numbers = around = 0
    for document in (one.read() for one in articles):
        fence = marker("", document.text)
        lines = numbered(document, fence).splitlines()
        told = [line.partition(": ") for line in lines if not line.startswith((fence, "Title: "))]
        text += len(document.text)
        numbers += sum(len(number) + len(sign) + 1 for number, sign, _ in told)
        around += sum(len(line) for line in lines if line.startswith(fence)) + 1
    each = text / len(articles)
    return (
        f"numbers with their signs {numbers / text:.3f}, markers and day {around / text:.3f} of {each:,.0f} characters"
    )


def _ratio(articles: Sequence[Article]) -> float:
    costs = [request_cost(one.read()) for one in articles]
    return sum(cost.message for cost in costs) / sum(cost.text for cost in costs)


if __name__ == "__main__":
    script(rows)
