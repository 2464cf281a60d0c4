from typing import Literal

EditKind = Literal["correct", "hide", "join", "note", "split"]

EDIT_KIND_VALUES: set[EditKind] = {
    "correct",
    "hide",
    "join",
    "note",
    "split",
}


def check_edit_kind(value: str) -> EditKind:
    if value in EDIT_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EDIT_KIND_VALUES!r}")
