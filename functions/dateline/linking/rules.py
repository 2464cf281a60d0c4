from __future__ import annotations
from dateline.linking.model import Decision, Report


def compare(one: Report, other: Report) -> Decision:
    w, v = one.event.when, other.event.when
    if one.document == other.document:
        return Decision(verdict="different", by="rules", score=0)
    same = one.event.title == other.event.title and (w.begins, w.latest) == (v.begins, v.latest)
    return Decision(verdict="same" if same else "open", by="rules", score=1.0 if same else 0.0)
