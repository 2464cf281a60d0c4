from typing import Literal

Precision = Literal[
    "century",
    "day",
    "decade",
    "half",
    "month",
    "part_of_century",
    "part_of_decade",
    "part_of_month",
    "part_of_year",
    "quarter",
    "season",
    "week",
    "year",
]

PRECISION_VALUES: set[Precision] = {
    "century",
    "day",
    "decade",
    "half",
    "month",
    "part_of_century",
    "part_of_decade",
    "part_of_month",
    "part_of_year",
    "quarter",
    "season",
    "week",
    "year",
}


def check_precision(value: str) -> Precision:
    if value in PRECISION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PRECISION_VALUES!r}")
