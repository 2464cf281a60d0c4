from typing import Literal

Checked = Literal["agrees", "differs", "model", "resolver"]

CHECKED_VALUES: set[Checked] = {
    "agrees",
    "differs",
    "model",
    "resolver",
}


def check_checked(value: str) -> Checked:
    if value in CHECKED_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHECKED_VALUES!r}")
