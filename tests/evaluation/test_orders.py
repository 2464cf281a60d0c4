"""Orders to machines, and news that sounds like them: sentences that no rule was made on."""

from __future__ import annotations

from pathlib import Path

from dateline.extraction.orders import orders
from tests.evaluation.tables import Tables, figures

MOST_ALARMS, MOST_MISSED = 4, 5  # as on the first try; the notes say which
_HIDDEN = {"{ZW}": "\u200b", "{SHY}": "\u00ad"}


def sentences(kind: str) -> list[str]:
    """Read the sentences of a kind, with their hidden characters in them."""
    text = Path(__file__).with_name("orders.txt").read_text(encoding="utf-8")
    for name, character in _HIDDEN.items():
        text = text.replace(name, character)
    return [line.split("|", 2)[2] for line in text.splitlines() if line.startswith(f"{kind}|")]


def test_sentences_that_no_rule_was_made_on(tables: Tables) -> None:
    news, ordered = sentences("news"), sentences("order")
    alarms = [sentence for sentence in news if orders(sentence)]
    missed = [sentence for sentence in ordered if not orders(sentence)]

    tables.append(
        figures(
            "Orders to machines, on sentences that no rule was made on",
            ("sentences", "offered", "judged wrongly"),
            [("news", str(len(news)), str(len(alarms))), ("orders", str(len(ordered)), str(len(missed)))],
        )
    )
    assert len(news) == 20
    assert len(ordered) == 10
    assert len(alarms) <= MOST_ALARMS, alarms
    assert len(missed) <= MOST_MISSED, missed
