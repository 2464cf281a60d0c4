from __future__ import annotations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.linking.model import Report
    from collections.abc import Sequence


def independent_sources(reports: Sequence[Report]) -> int:
    return len({r.document for r in reports})
