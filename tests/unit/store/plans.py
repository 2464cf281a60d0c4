from datetime import UTC, datetime

from dateline.records import Asking, Recipe
from dateline.store.plans import Plan, Scope

DOCUMENT = "doc_aaaaaaaaaaaaaaaaaaaa"


def plan(plan_id: str = "20260101T000000Z-0000") -> Plan:
    return Plan(
        id=plan_id,
        recipe=Recipe(ask="a", judge="j", model="m"),
        asking=Asking(model="m", language="en", part_characters=40_000),
        scope=Scope(),
        lane="batch",
        state="planning",
        began=datetime(2026, 1, 1, tzinfo=UTC),
    )
