"""What a tree can be in a larger one: a loose piece that lacks its frame, or a frame that can hold one."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from dateline.dates.grammar.tree import (
    Checked,
    Clock,
    Named,
    Near,
    Node,
    Nth,
    Open,
    OwnYear,
    Part,
    Qualified,
    Refusal,
    Shift,
    Step,
)


@lru_cache(maxsize=4096, typed=True)
def symbols_of(node: Node) -> tuple[str, ...]:
    """Name the roles that a node can play in a pattern."""
    if isinstance(node, Refusal):
        return ("refusal",)
    names: list[str] = []
    if isinstance(node, Named):
        names.append(node.kind)
    if isinstance(node, Clock):
        names.append("clock")
    if is_loose(node):
        names.append("loose")
    if _frame_unit(node):
        names.append("frame")
    return (*dict.fromkeys(names), "date")


def is_loose(node: Node) -> bool:
    """Return whether a node still lacks the larger piece that it lies in."""
    if isinstance(node, Named):
        if node.within is not None:
            return is_loose(node.within)
        return node.kind not in ("year", "century") and not (node.kind == "decade" and not _is_short(node))
    return isinstance(node, Checked | Part) and is_loose(node.node)


def is_complete(node: Node) -> bool:
    """Return whether a node names its year itself, so that nothing around it can change what it means."""
    if isinstance(node, Part | Nth | Qualified | Checked | Open):
        return is_complete(node.node)
    if not isinstance(node, Named) or node.kind in ("quarter", "half"):  # of which year, the document may say
        return False
    return is_complete(node.within) if node.within is not None else not is_loose(node)


def _is_short(node: Named) -> bool:
    return isinstance(node.value, int) and 0 <= node.value < 100  # noqa: PLR2004


def _frame_unit(node: Node) -> str | None:
    """Tell which unit a node is, if it can hold a loose one."""
    if isinstance(node, Named):
        return node.kind if node.kind in ("year", "century", "decade", "month", "week") else None
    if isinstance(node, Step | Shift):
        return node.unit
    if isinstance(node, Near) and isinstance(node.node, Named):
        return node.node.kind
    if isinstance(node, OwnYear):
        return "own year"
    return None


def placed(node: Node, frame: Node) -> Node | None:
    """Put a loose node into a frame: May into 2023, Monday into last week; None where it does not belong there."""
    if isinstance(node, Checked | Part):
        inner = placed(node.node, frame)
        return None if inner is None else node._replace(node=inner)
    if not isinstance(node, Named):
        return None
    if isinstance(node.within, Named):
        inner = placed(node.within, frame)
        return None if inner is None else node._replace(within=inner)
    if isinstance(frame, Shift) and frame.unit == "week" and frame.by > 0 and node.kind == "weekday":
        return Shift(7 * frame.by, "day", base=Near(node, 1))  # Tuesday in a week: a week from the Tuesday to come
    return node._replace(within=frame) if _belongs(node.kind, _frame_unit(frame)) else None


_YEAR_PARTS = ("month", "season", "quarter", "half", "holiday", "week")


def _belongs(kind: str, frame: str | None) -> bool:
    if frame == "year":
        return kind in _YEAR_PARTS
    if frame == "century":
        return kind in ("decade", "half")
    if frame == "own year":
        return kind in ("quarter", "half")
    if frame == "month":
        return kind in ("day", "half")
    if frame == "decade":
        return kind == "half"
    return frame == "week" and kind in ("weekday", "weekend")


def cycle_of(node: Named) -> Literal["year", "month", "week", "century"]:
    """Tell after what time a loose piece comes again."""
    if node.kind == "decade":
        return "century"
    if node.kind in ("weekday", "weekend"):
        return "week"
    return "month" if node.kind == "day" and node.within is None else "year"
