import pytest

from dateline.judge.speakers import Voice, status_of
from dateline.records import Stance, Status, VoiceKind


def voices(*said: tuple[str | None, Stance]) -> list[Voice]:
    """Speakers with a capital are named, "the …" are offices, others are anonymous; None is the document."""
    return [Voice(who, kind=_kind(who), stance=stance) for who, stance in said]


def _kind(who: str | None) -> VoiceKind:
    if who is None:
        return "document"
    return "named" if who[0].isupper() else "office" if who.startswith("the ") else "anonymous"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([("Anna", "denies"), ("Bert", "asserts")], "disputed"),
        ([("an official", "doubts"), ("a source", "asserts")], "disputed"),
        ([("Anna", "denies"), (None, "asserts")], "disputed"),
        ([("Anna", "denies"), ("Court", "confirms")], "disputed"),
        ([("Anna", "denies")], "denied"),
        ([("Anna", "doubts"), ("Bert", "declines")], "denied"),
        ([("Court", "confirms")], "confirmed"),
        ([("a source", "asserts"), ("Anna", "confirms")], "confirmed"),
        ([("Anna", "asserts"), ("Anna", "confirms")], "claimed"),
        ([("an official", "confirms")], "claimed"),
        ([("a source", "asserts"), ("the spokeswoman", "confirms")], "confirmed"),
        ([("Anna", "asserts")], "claimed"),
        ([("a source", "asserts"), ("Anna", "declines")], "claimed"),
        ([("Anna", "asserts"), ("Anna", "denies")], "claimed"),
        ([], "stated"),
        ([(None, "asserts")], "stated"),
        ([("Anna", "declines")], "stated"),
        ([("Anna", "denies"), ("Anna", "withdraws"), ("Bert", "asserts")], "claimed"),
        ([("Anna", "asserts"), ("Anna", "withdraws")], "withdrawn"),
        ([("Anna", "withdraws")], "withdrawn"),
        ([("Anna", "withdraws"), ("a source", "declines")], "withdrawn"),
        ([("Anna", "asserts"), ("Anna", "withdraws"), (None, "asserts")], "stated"),
        ([(None, "denies")], "denied"),
        ([("Anna", "asserts"), (None, "declines")], "claimed"),
        ([("Anna", "withdraws"), ("Anna", "denies")], "denied"),
        ([("Anna", "denies"), ("Bert", "withdraws")], "denied"),
    ],
)
def test_the_first_rule_that_holds_decides(said: list[tuple[str | None, Stance]], status: Status) -> None:
    assert status_of(voices(*said)) == status
