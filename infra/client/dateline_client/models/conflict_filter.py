from typing import Literal

ConflictFilter = Literal["any", "course", "date", "denial", "number", "place"]

CONFLICT_FILTER_VALUES: set[ConflictFilter] = {
    "any",
    "course",
    "date",
    "denial",
    "number",
    "place",
}


def check_conflict_filter(value: str) -> ConflictFilter:
    if value in CONFLICT_FILTER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CONFLICT_FILTER_VALUES!r}")
