from typing import Literal

Status = Literal["claimed", "confirmed", "denied", "disputed", "stated", "withdrawn"]

STATUS_VALUES: set[Status] = {
    "claimed",
    "confirmed",
    "denied",
    "disputed",
    "stated",
    "withdrawn",
}


def check_status(value: str) -> Status:
    if value in STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STATUS_VALUES!r}")
