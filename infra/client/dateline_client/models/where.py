from typing import Literal

Where = Literal["medium", "name", "quote", "text", "title"]

WHERE_VALUES: set[Where] = {
    "medium",
    "name",
    "quote",
    "text",
    "title",
}


def check_where(value: str) -> Where:
    if value in WHERE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WHERE_VALUES!r}")
