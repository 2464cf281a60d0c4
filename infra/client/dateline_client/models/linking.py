from typing import Literal

Linking = Literal["done", "waiting"]

LINKING_VALUES: set[Linking] = {
    "done",
    "waiting",
}


def check_linking(value: str) -> Linking:
    if value in LINKING_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LINKING_VALUES!r}")
