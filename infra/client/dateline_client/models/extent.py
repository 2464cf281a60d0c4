from typing import Literal

Extent = Literal["throughout", "within"]

EXTENT_VALUES: set[Extent] = {
    "throughout",
    "within",
}


def check_extent(value: str) -> Extent:
    if value in EXTENT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXTENT_VALUES!r}")
