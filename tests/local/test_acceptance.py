"""A real article, machine-translated and without a publication date, dropped into the running stack."""

from __future__ import annotations

import time
from typing import Any

import pytest

from infra.local.paths import ROOT
from tests.local.running import Running, until

_ARTICLE = ROOT.parent / "shared" / "articles" / "000_89a789b5965c4451.txt"
_KEY = "ukraine/000_89a789b5965c4451.txt"

pytestmark = pytest.mark.skipif(
    not _ARTICLE.exists(), reason=f"the article {_ARTICLE.name} lies beside the project only"
)


@pytest.fixture(scope="module")
def seconds(stack: Running) -> float:
    """Drop the article into a warm stack; return how long it took until it could be read."""
    stack.drop("warm/up.txt", b"The meeting took place on 3 May 2023.")
    stack.settled("warm/up.txt")
    began = time.monotonic()
    stack.drop(_KEY, _ARTICLE.read_bytes())
    until(lambda: (line := stack.find(_KEY)) and line["state"] != "waiting")
    return time.monotonic() - began


@pytest.fixture(scope="module")
def events(stack: Running, seconds: float) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stack.get("/collections/ukraine/timeline")["events"]
    return found


@pytest.fixture(scope="module")
def own_events(stack: Running, seconds: float) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stack.get(f"/documents/{stack.find(_KEY)['id']}/timeline")["events"]
    return found


def test_it_is_readable_within_three_seconds(seconds: float) -> None:
    assert seconds < 3


def test_the_meeting_in_turkey_is_claimed_by_three_officials_for_late_2023(events: list[dict[str, Any]]) -> None:
    meeting = one(events, "trafen sich die Vermittler")
    when = meeting["when"]
    assert (when["words"], when["earliest"], when["latest"]) == ("Ende 2023", "2023-09-01", "2023-12-31")
    assert when["extent"] == "within"
    assert meeting["status"] == "claimed"
    assert [by["words"] for by in meeting["said_by"] if by["stance"] == "asserts"] == ["Drei russischen Beamten"]


def test_the_call_in_january_takes_its_year_from_its_neighbour(events: list[dict[str, Any]]) -> None:
    call = one(events, "als der Anruf im Januar einging")
    when = call["when"]
    assert (when["earliest"], when["latest"], when["basis"]) == ("2024-01-01", "2024-01-31", "context")
    assert when["anchor"]["source"] == "neighbour"
    assert "2023" in when["anchor"]["words"]
    assert call["status"] == "claimed"
    assert any("russische Quelle" in by["words"] for by in call["said_by"])


def test_the_signals_are_dated_2023(events: list[dict[str, Any]]) -> None:
    when = one(events, "sendeten 2023 Signale")["when"]
    assert (when["earliest"], when["latest"]) == ("2023-01-01", "2023-12-31")


def test_the_rejection_is_undated_and_stands_last(
    own_events: list[dict[str, Any]], events: list[dict[str, Any]]
) -> None:
    undated = [event for event in own_events if event["when"]["basis"] == "undated"]
    assert own_events[-len(undated) :] == undated
    assert any("abgelehnt" in event["evidence"][0]["quote"] or "lehnten" in event["title"] for event in undated)
    assert not any(event["when"]["basis"] == "undated" for event in events)


def test_a_duration_dates_nothing_and_related_links_are_no_source(own_events: list[dict[str, Any]]) -> None:
    for event in own_events:
        assert "zwei Monate" not in (event["when"]["words"] or "")
        assert not any("Verwandte Themen" in evidence["quote"] for evidence in event["evidence"])


def test_every_quote_is_the_text_at_its_offsets(stack: Running, own_events: list[dict[str, Any]]) -> None:
    document_id = stack.find(_KEY)["id"]
    text = stack.get(f"/documents/{document_id}/text")["text"]
    summary = stack.get(f"/documents/{document_id}")["summary"]
    cited = [*own_events, summary["headline"], *summary["sentences"]]
    quotes = [evidence for one in cited for evidence in one["evidence"]]
    assert quotes
    for evidence in quotes:
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def one(events: list[dict[str, Any]], words: str) -> dict[str, Any]:
    """Return the event whose evidence holds these words."""
    (found,) = [event for event in events if any(words in evidence["quote"] for evidence in event["evidence"])]
    return found
