from typing import Literal

Stance = Literal["asserts", "confirms", "declines", "denies", "doubts", "withdraws"]

STANCE_VALUES: set[Stance] = {
    "asserts",
    "confirms",
    "declines",
    "denies",
    "doubts",
    "withdraws",
}


def check_stance(value: str) -> Stance:
    if value in STANCE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STANCE_VALUES!r}")
