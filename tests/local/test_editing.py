"""Editors' decisions on the running stack, its roles in force: made and undone over HTTP, and as objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.local.running import until

if TYPE_CHECKING:
    from tests.local.running import Running

_COLLECTION = "edited"
_TEXTS = {
    "a.txt": "On 3 May 2024 the market hall of Kelm burned down. Nobody was hurt in the fire, the town said.",
    "b.txt": "On 9 July 2024 the mayor of Velden resigned. The council will vote in the autumn, it said.",
}


def test_a_decision_over_http_is_followed_and_undone(stack: Running) -> None:
    for name, text in _TEXTS.items():
        stack.drop(f"{_COLLECTION}/{name}", text.encode())
    try:
        for name in _TEXTS:
            stack.settled(f"{_COLLECTION}/{name}")
        apart = occurrences(stack)
        assert len(apart) > len(_TEXTS)
        body = {"kind": "join", "occurrences": [one["id"] for one in apart], "reason": "One affair."}

        made = stack.api.post(f"/collections/{_COLLECTION}/decisions", json=body)
        assert made.status_code == 201, made.text
        until(lambda: len(occurrences(stack)) == 1)
        (joined,) = occurrences(stack)
        assert [(one["kind"], one["reason"]) for one in joined["edits"]] == [("join", "One affair.")]

        undone = stack.api.delete(f"/collections/{_COLLECTION}/{made.json()['address']}")
        assert undone.status_code == 204, undone.text
        assert until(lambda: len(occurrences(stack)) == len(apart))
    finally:
        for name in _TEXTS:
            stack.delete(f"{_COLLECTION}/{name}")


def occurrences(stack: Running) -> list[dict[str, Any]]:
    answer = stack.api.get(f"/collections/{_COLLECTION}/occurrences")
    found: list[dict[str, Any]] = answer.json()["occurrences"] if answer.is_success else []
    return found
