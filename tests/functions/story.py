"""Documents of a small town's year that tell some of the same things, published in order or at random."""

from __future__ import annotations

import random

from dateline.records import Finding, Name
from tests.factories import finding
from tests.functions.press import Press

# How often, of the random steps: a document that is there is deleted, one tells what another does, one is linked.
_DELETED, _OTHERWISE, _LINKED = 0.4, 0.3, 0.7


def told(title: str, day: str, *names: str, quote: str = "") -> Finding:
    made = finding(title, day, day, quotes=(quote,) if quote else ())
    return made.model_copy(update={"names": tuple(Name(name=name, words=name) for name in names)})


def bridge_opens(day: str = "2024-05-03") -> Finding:
    return told("The Ostra bridge in Velden opens", day, "Velden")


def bridge_closes(day: str = "2024-09-20") -> Finding:
    return told("The Ostra bridge in Velden is closed", day, "Velden")


def mayor_resigns(day: str = "2024-05-04") -> Finding:
    return told("Mayor Ilka Rohn of Velden resigns", day, "Ilka Rohn", "Velden")


def mayor_steps_down(day: str = "2024-05-04") -> Finding:
    return told("Ilka Rohn steps down as mayor of Velden", day, "Ilka Rohn", "Velden")


STORY = {
    "a": [bridge_opens(), mayor_resigns()],
    "b": [bridge_opens(), bridge_closes()],
    "c": [mayor_steps_down(), bridge_opens("2024-06-20")],
    "d": [bridge_closes(), mayor_resigns()],
}


def undisturbed() -> Press:
    """Publish and link the documents, one after the other."""
    press = Press()
    for name, findings in STORY.items():
        press.publish(name, findings)
        press.link(name)
    return press


def disturbed(seed: int) -> Press:
    """Have the documents come, go, tell something else and be linked or not, at random, and in the end all be there."""
    dice = random.Random(seed)
    press, there = Press(), set[str]()
    for _ in range(12):
        name = dice.choice(list(STORY))
        if name in there and dice.random() < _DELETED:
            press.delete(name)
            there.discard(name)
        else:
            other = dice.choice(list(STORY))
            press.publish(name, STORY[other if dice.random() < _OTHERWISE else name])
            there.add(name)
        if dice.random() < _LINKED:
            press.link_all([name])
    names = list(STORY)
    dice.shuffle(names)
    for name in names:
        press.publish(name, STORY[name])
        press.link_all([name])
    return press
