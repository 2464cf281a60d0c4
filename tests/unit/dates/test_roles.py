"""What a tree says by itself, and what it takes from around it."""

from datetime import date

import pytest

from dateline.dates import Anchor, Day
from dateline.dates.calendar.days import OutOfRange
from dateline.dates.calendar.spans import of_day, of_month
from dateline.dates.context.evaluate import evaluate
from dateline.dates.context.setting import Definition, Reference, Setting, Value
from dateline.dates.context.tense import Tense
from dateline.dates.grammar.expressions import whole
from dateline.dates.grammar.roles import is_complete
from dateline.dates.grammar.tree import Node
from dateline.dates.language.table import common_table, table_for
from tests.unit.dates.examples import ALL

NOWHERE = Setting(None)
PUBLISHED = Day.of(date(2024, 5, 24))
SETTINGS = [
    Setting(PUBLISHED, tense=Tense("future", sure=True)),
    Setting(PUBLISHED, Reference(of_day(Day(1876, 2, 29)), Anchor("neighbour", -1, "x")), narrative=True),
    Setting(None, ahead=Reference(of_month(1990, 5), Anchor("neighbour", 0, "x")), own_year=Definition(7, 1, True)),
]


def meaning(node: Node, setting: Setting) -> Value | str:
    try:
        return evaluate(node, setting)
    except OutOfRange as error:
        return str(error)


def test_what_names_its_year_means_the_same_whatever_is_around_it() -> None:
    tables = [(example.words, table_for(example.language) or common_table()) for example in ALL]
    nodes = {parsed.node for words, table in tables for parsed in whole(words, table)[:1] if is_complete(parsed.node)}

    assert len(nodes) > 100
    for node in nodes:
        assert {meaning(node, setting) for setting in SETTINGS} == {meaning(node, NOWHERE)}


@pytest.mark.parametrize("words", ["May", "the 3rd", "last May", "that May 2015", "3 to 5 May 2020", "fiscal 2024"])
def test_what_leans_on_anything_is_not_complete(words: str) -> None:
    table = table_for("en")
    assert table is not None

    assert not any(is_complete(parsed.node) for parsed in whole(words, table))
