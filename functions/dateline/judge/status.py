"""An event's status, worked out from who takes which stance. It is never asked of a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.records import Stance, Status


@dataclass(frozen=True, slots=True)
class Voice:
    """A stance of one speaker. `speaker` is whatever tells speakers apart; None is the document's own voice."""

    speaker: str | None
    named: bool
    stance: Stance


def status_of(voices: Sequence[Voice]) -> Status:
    """Return the first status whose rule holds. `voices` stand in the order of the answer.

    An event about which nobody else says anything is said by the document itself.
    """
    standing = _standing(voices)
    against = {voice.speaker for voice in standing if voice.stance in {"denies", "doubts"}}
    asserting = {voice.speaker for voice in standing if voice.stance == "asserts"}
    confirming = {voice.speaker for voice in standing if voice.stance == "confirms" and voice.named}
    # An anonymous confirmation asserts, and confirms nothing.
    speaking_for = {voice.speaker for voice in standing if voice.stance in {"asserts", "confirms"}}
    if any(speaker != other for speaker in speaking_for for other in against):
        return "disputed"
    if against and not speaking_for:
        return "denied"
    if any(asserting != {speaker} for speaker in confirming):
        return "confirmed"
    return "claimed" if speaking_for - {None} else "stated"


def _standing(voices: Sequence[Voice]) -> list[Voice]:
    """Leave out what a speaker withdrew, and declining, which changes nothing."""
    standing: list[Voice] = []
    for voice in voices:
        if voice.stance == "withdraws":
            standing = [earlier for earlier in standing if earlier.speaker != voice.speaker]
        elif voice.stance != "declines":
            standing.append(voice)
    return standing
