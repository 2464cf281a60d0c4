"""The time of day in the words of a date: "am 3. Mai um 14.30 Uhr", "at 2:30 p.m. on 3 May"."""

from __future__ import annotations

import re

_HOUR, _MINUTE = r"(?<![\d.:])(?P<hour>[01]?\d|2[0-4])", r"(?P<minute>[0-5]\d)"
_HALF = r"(?P<half>[ap])\.?\s?m\b"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_HOUR}(?:[:.]{_MINUTE})?\s*{_HALF}",
        rf"{_HOUR}:{_MINUTE}(?![\d:])",
        rf"{_HOUR}\s?h(?:{_MINUTE})?\b",
        rf"{_HOUR}(?:[.]{_MINUTE})?\s*(?:Uhr|o['’]clock)(?:\s{_MINUTE.replace('minute', 'past')}\b)?",
        rf"\bsaat(?:leri)?\s+{_HOUR}(?:[.:]{_MINUTE})?",
        rf"\ba las?\s+{_HOUR}(?:[.:]{_MINUTE})?\b",
        rf"{_HOUR}(?:[.:]{_MINUTE})?\s+(?:час|годин)",
    )
)
_NOON = 12


def time_of(words: str) -> str | None:
    """Return the time of day that the words hold, as HH:MM on the source's own clock; the first, where it is a span."""
    for form in _FORMS:
        if match := form.search(words):
            parts = match.groupdict()
            hour, minute = int(parts["hour"]), parts.get("minute") or parts.get("past") or "00"
            if parts.get("half"):
                hour = hour % _NOON + (_NOON if parts["half"].lower() == "p" else 0)
            return f"{hour % 24:02}:{minute}"
    return None
