"""What a thousand articles of a thousand words cost at the model's provider, by `provider/prices.toml`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dateline.provider.prices import cost_of
from dateline.records import Usage
from tests.benchmarks.beside import MISSING, langextract
from tests.benchmarks.own_work import own_articles, recorded_articles, work
from tests.benchmarks.row import NONE, Row, script
from tests.evaluation.linked_in_order import SteadyModel, by_line, linked
from tests.evaluation.linking import by_rules, occurrences_of, reports, rightly_answered
from tests.evaluation.recorded import COLLECTION, Recorded
from tests.evaluation.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.beside import Asked
    from tests.benchmarks.own_work import Article

DOLLARS = Row(
    "US dollars for 1,000 articles of 1,000 words",
    "about 10 + 0.2–0.5 for AWS",
    "≤ 0.7 × default, ≤ 0.35 × three passes",
)
MODEL = "gpt-6.1-terra"  # the template's own advice to begin with
_DEFAULT, _THREE = Decimal("0.7"), Decimal("0.35")
_WORDS = 1_000_000
# Providers cache no shorter prefix.
_CACHED_FROM = 1_024
_LINKING_ANSWER = 10  # tokens: a list of a few numbers


@dataclass
class Bill:
    """Tokens of some articles, of which so many words are."""

    words: int
    usage: Usage

    def usd(self, *, batch: bool = False) -> Decimal:
        """Return the dollars for a thousand articles."""
        cost = cost_of(MODEL, Usage(), self.usage) if batch else cost_of(MODEL, self.usage)
        assert cost is not None
        return cost.usd * _WORDS / self.words


def rows() -> Iterator[Row]:
    """Add up requests and answers."""
    articles = recorded_articles() or own_articles()
    words = sum(one.words for one in articles)
    ours = Bill(words, sum((_asked(one) for one in articles), Usage()))
    live, batch = ours.usd(), ours.usd(batch=True)
    linking, note = _linking()
    comparison, ratio, reached = NONE, NONE, None
    beside = langextract(articles)
    if beside is None:
        note = f"{note}; {MISSING}"
    else:
        default = Bill(words, sum((_usage(one) for one in beside.default), Usage())).usd()
        dearest = live + linking
        whole = Bill(words, sum((_usage(one) for one in beside.whole), Usage())).usd()
        comparison = f"langextract: {default:.1f}, three passes {3 * default:.1f}, in one request {whole:.1f}"
        ratio = " and ".join(f"{dearest / one:.2f}" for one in (default, 3 * default))
        ratio += f"; without linking {live / default:.2f}; in a batch {batch / default:.2f}"
        reached = dearest <= _DEFAULT * default and dearest <= _THREE * 3 * default
    yield DOLLARS.measured(
        f"live {live:.1f}, with linking {live + linking:.1f}; batch {batch:.1f}, {batch + linking:.1f}",
        comparison,
        ratio,
        reached=reached,
        note=f"{MODEL} at the prices of {_priced()}, AWS apart{note}",
    )


def _asked(article: Article) -> Usage:
    """Return what a document's calls take; the instructions were sent with the document before."""
    model = article.model()
    assert isinstance(model, Recorded)
    work(article.read, model)
    used = Usage()
    for place, request in enumerate(model.requests):
        fixed = tokens(request.messages[0].content)
        sent = sum(tokens(message.content) for message in request.messages)
        said = model.answer if place == 0 else model.repair
        answer = tokens(json.dumps(said, ensure_ascii=False, separators=(",", ":")))
        used += Usage(calls=1, input=sent, cached=fixed if fixed >= _CACHED_FROM else 0, output=answer)
    return used


def _usage(asked: Asked) -> Usage:
    """Return what langextract's calls take, its answers unspaced; its fixed part is too short to be cached."""
    answers = [json.dumps(json.loads(one), ensure_ascii=False, separators=(",", ":")) for one in asked.answers]
    sent, said = (sum(map(tokens, some)) for some in (asked.prompts, answers))
    return Usage(calls=len(asked.prompts), input=sent, output=said)


def _linking() -> tuple[Decimal, str]:
    """Return the dollars of linking, as the documents of one story ask each other, and a note."""
    if not COLLECTION.exists():
        return Decimal(0), "; linking would be measured on a collection that is not part of the project"
    told = reports()
    model = SteadyModel(by_line(told, occurrences_of(told, rightly_answered(told, by_rules(told)))))
    linked(told, model, seed=1)
    words = sum(len(one.read_bytes().split()) for one in (COLLECTION / "docs").iterdir())
    used = Usage(calls=len(model.asked), input=sum(model.asked), output=_LINKING_ANSWER * len(model.asked))
    return Bill(words, used).usd(), "; linking as in a collection about one story, at its dearest"


def _priced() -> str:
    cost = cost_of(MODEL, Usage())
    assert cost is not None
    return cost.prices.isoformat()


if __name__ == "__main__":
    script(rows)
