from typing import Literal

Course = Literal["called_off", "done", "planned"]

COURSE_VALUES: set[Course] = {
    "called_off",
    "done",
    "planned",
}


def check_course(value: str) -> Course:
    if value in COURSE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {COURSE_VALUES!r}")
