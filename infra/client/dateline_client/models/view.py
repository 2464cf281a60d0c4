from typing import Literal

View = Literal["events", "occurrences"]

VIEW_VALUES: set[View] = {
    "events",
    "occurrences",
}


def check_view(value: str) -> View:
    if value in VIEW_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VIEW_VALUES!r}")
