from typing import Literal

State = Literal["deleted", "done", "rejected", "waiting"]

STATE_VALUES: set[State] = {
    "deleted",
    "done",
    "rejected",
    "waiting",
}


def check_state(value: str) -> State:
    if value in STATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STATE_VALUES!r}")
