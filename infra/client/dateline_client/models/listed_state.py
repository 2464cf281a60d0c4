from typing import Literal

ListedState = Literal["done", "rejected", "waiting"]

LISTED_STATE_VALUES: set[ListedState] = {
    "done",
    "rejected",
    "waiting",
}


def check_listed_state(value: str) -> ListedState:
    if value in LISTED_STATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LISTED_STATE_VALUES!r}")
