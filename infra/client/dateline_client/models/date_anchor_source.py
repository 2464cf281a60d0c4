from typing import Literal

DateAnchorSource = Literal["neighbour", "published"]

DATE_ANCHOR_SOURCE_VALUES: set[DateAnchorSource] = {
    "neighbour",
    "published",
}


def check_date_anchor_source(value: str) -> DateAnchorSource:
    if value in DATE_ANCHOR_SOURCE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {DATE_ANCHOR_SOURCE_VALUES!r}")
