"""An article of 900 words with 33 dated events, and a model that finds all of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from dateline.ask.request import Request

EVENTS = 33
# Most reports name days and months; every third event is denied or claimed by somebody.
_DATES = ("On {day} May {year}", "In {month} {year}", "From {day} to {later} June {year}")
_MONTHS = ("January", "March", "August", "October")
_LINE = re.compile(r"^(\d+): (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """A sentence of the article with its title and the words of its date."""

    text: str
    title: str
    words: str
    speaker: str | None


@dataclass
class Telling:
    """The article of a number, so that no two are alike."""

    number: int = 0
    sentences: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sentences = [self._sentence(place) for place in range(EVENTS)]

    @property
    def text(self) -> str:
        """Write the article."""
        return "\n".join(one.text for one in self.sentences) + "\n"

    def _sentence(self, place: int) -> Told:
        day, year = place % 20 + 1, 1990 + place
        words = _DATES[place % 3].format(day=day, later=day + 5, year=year, month=_MONTHS[place % 4])
        what = f"the council of Aldermoor-{self.number} renewed {place + 2} kilometres of mains, closed the old bridge"
        more = "and had the third pier drawn anew that year"
        speaker = f"the engineer Ellen Marsh-{place}" if place % 3 == 0 else None
        said = f", {speaker} said" if speaker else ""
        title = f"The council of Aldermoor-{self.number} renews {place + 2} kilometres of mains"
        return Told(f"{words} {what} {more}{said}.", title, words, speaker)

    def answer(self, request: Request) -> dict[str, Any]:
        """Say what a good model says of the numbered sentences."""
        lines = [(int(number), text) for number, text in _LINE.findall(request.messages[1].content)]
        known = {one.text: one for one in self.sentences}
        dated = [(number, known[text]) for number, text in lines if text in known]
        speakers = [one.speaker for _, one in dated if one.speaker]
        events = [
            {
                "t": one.title,
                "s": [number],
                "x": [{"p": 0}, *([speakers.index(one.speaker)] if one.speaker else [])],
                "d": one.words,
                "e": None,
            }
            for number, one in dated
        ]
        head = {"t": "A council renews its mains", "s": [dated[0][0]]}
        return {
            "head": head,
            "sum": [head],
            "who": [one.removeprefix("the engineer ") for one in speakers],
            "names": [f"Aldermoor-{self.number}"],
            "ev": events,
            "say": [],
            "lang": "en",
            "out": "en",
        }

    def said(self, request: Request) -> str:
        """Write the answer."""
        return json.dumps(self.answer(request))
