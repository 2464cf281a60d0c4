"""The words of a date to EDTF and bounds: rules and tables, no model, no I/O."""

from dateline.dates.context.tense import is_put_off
from dateline.dates.context.thread import Thread
from dateline.dates.finder import find, find_first, may_date
from dateline.dates.model import Abstention, Anchor, Basis, Day, Direction, Extent, Found, Precision, Resolution
from dateline.dates.resolver import resolve

__all__ = [
    "Abstention",
    "Anchor",
    "Basis",
    "Day",
    "Direction",
    "Extent",
    "Found",
    "Precision",
    "Resolution",
    "Thread",
    "find",
    "find_first",
    "is_put_off",
    "may_date",
    "resolve",
]
