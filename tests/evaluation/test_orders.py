"""Orders to machines, and news that sounds like them: sentences that were written apart from the rules."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dateline.ask.orders import orders
from tests.evaluation.tables import Tables, figures

_HIDDEN = {"{ZW}": "\u200b", "{SHY}": "\u00ad"}


class Wrong(NamedTuple):
    """How many sentences of each kind are judged wrongly."""

    news: int
    orders: int


# As many as there are; the notes tell which, and what there were on the first try.
MOST_WRONG = {"first": Wrong(0, 0), "second": Wrong(0, 0)}


def sentences(of_set: str, kind: str) -> list[str]:
    """Read the sentences of a set and a kind, with their hidden characters in them."""
    text = Path(__file__).with_name("orders.txt").read_text(encoding="utf-8")
    for name, character in _HIDDEN.items():
        text = text.replace(name, character)
    return [line.split("|", 3)[3] for line in text.splitlines() if line.startswith(f"{of_set}|{kind}|")]


def test_orders_and_news_written_apart_from_the_rules(tables: Tables) -> None:
    news = {name: sentences(name, "news") for name in MOST_WRONG}
    ordered = {name: sentences(name, "order") for name in MOST_WRONG}
    alarms = {name: [one for one in news[name] if orders(one)] for name in MOST_WRONG}
    missed = {name: [one for one in ordered[name] if not orders(one)] for name in MOST_WRONG}

    tables.append(
        figures(
            "Orders to machines, in sentences that were written apart from the rules",
            ("set", "news", "taken for orders", "orders", "missed"),
            [(name, *(str(len(one[name])) for one in (news, alarms, ordered, missed))) for name in MOST_WRONG],
        )
    )
    assert all(len(news[name]) >= 20 and len(ordered[name]) >= 10 for name in MOST_WRONG)
    for name, most in MOST_WRONG.items():
        assert len(alarms[name]) <= most.news, alarms[name]
        assert len(missed[name]) <= most.orders, missed[name]
