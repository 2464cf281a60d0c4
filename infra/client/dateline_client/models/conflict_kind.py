from typing import Literal

ConflictKind = Literal["course", "date", "denial", "number", "place"]

CONFLICT_KIND_VALUES: set[ConflictKind] = {
    "course",
    "date",
    "denial",
    "number",
    "place",
}


def check_conflict_kind(value: str) -> ConflictKind:
    if value in CONFLICT_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CONFLICT_KIND_VALUES!r}")
