from typing import Literal

Basis = Literal["context", "explicit", "published", "relative", "reported", "undated"]

BASIS_VALUES: set[Basis] = {
    "context",
    "explicit",
    "published",
    "relative",
    "reported",
    "undated",
}


def check_basis(value: str) -> Basis:
    if value in BASIS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {BASIS_VALUES!r}")
