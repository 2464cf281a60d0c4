from typing import Literal

Role = Literal["body", "boilerplate", "heading"]

ROLE_VALUES: set[Role] = {
    "body",
    "boilerplate",
    "heading",
}


def check_role(value: str) -> Role:
    if value in ROLE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ROLE_VALUES!r}")
