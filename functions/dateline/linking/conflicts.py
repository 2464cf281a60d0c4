from __future__ import annotations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.linking.model import Conflict, Report
    from collections.abc import Sequence


def conflicts(reports: Sequence[Report]) -> tuple[Conflict, ...]:
    return ()
