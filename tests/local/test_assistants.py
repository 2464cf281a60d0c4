"""`dateline mcp` as an assistant runs it: the SDK's own client, over standard input and output."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters

from infra.reading.citing import NOTICE
from tests.local import page_documents, page_occurrences
from tests.local.page_site import Site, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anyio.from_thread import BlockingPortal

TOOLS = {
    "list_collections",
    "list_documents",
    "read_document",
    "read_event",
    "read_occurrence",
    "read_occurrences",
    "read_quote",
    "read_timeline",
    "search",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served() as one:
        one.publish(page_documents.article())
        one.publish(page_documents.hostile())
        page_occurrences.publish(one)
        yield one


class Assistant:
    """A client that has started the server, and waits for each answer."""

    def __init__(self, client: Client, portal: BlockingPortal) -> None:
        self.client = client
        self._portal = portal

    def tools(self) -> list[Any]:
        return list(self._portal.call(self.client.list_tools).tools)

    def call(self, name: str, **given: Any) -> Any:
        """Call a tool and return all that it answers."""
        return self._portal.call(self.client.call_tool, name, given)

    def ask(self, name: str, **given: Any) -> dict[str, Any]:
        """Call a tool and return what it tells."""
        answer = self.call(name, **given)
        assert not answer.is_error, answer.content
        told: dict[str, Any] = answer.structured_content
        return told


@pytest.fixture(scope="module")
def assistant(site: Site) -> Iterator[Assistant]:
    command = ["-m", "infra.cli", "mcp", "--api", site.url]
    environment = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    client = Client(StdioServerParameters(command=sys.executable, args=command, env=environment))
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(client):
        yield Assistant(client, portal)


def test_an_assistant_is_told_what_there_is_that_it_only_reads_and_that_words_are_data(assistant: Assistant) -> None:
    tools = assistant.tools()

    assert {one.name for one in tools} == TOOLS
    assert all(one.annotations.read_only_hint for one in tools)
    assert all(one.description for one in tools)
    assert NOTICE in (assistant.client.instructions or "")


def test_every_event_is_cited_and_its_quote_is_found_in_its_place(site: Site, assistant: Assistant) -> None:
    names = {one["name"] for one in assistant.ask("list_collections")["collections"]}
    (event,) = assistant.ask("read_timeline", collection="sarn", status=["disputed"])["events"]

    assert "sarn" in names
    assert event["title"] == "Intermediaries meet at Lake Breven"
    assert [one["stance"] for one in event["said_by"]] == ["asserts", "denies"]
    citation = event["citations"][0]
    assert citation["quote"].startswith("Intermediaries met at Lake Breven in late 2023")
    assert citation["path"] == "2024/what-is-known.txt"
    assert citation["link"].startswith(f"{site.url}#in=sarn&doc=")

    document, start, end = citation["document"], citation["start"], citation["end"]
    quote = assistant.ask("read_quote", document_id=document, start=start, end=end, around=1)["sentences"]
    assert [(one["sentence"], one.get("quoted", False)) for one in quote] == [(5, False), (6, True), (7, False)]
    assert quote[1]["quote"] == citation["quote"]
    assert all(one["citations"] for one in assistant.ask("read_document", document_id=document)["summary"])
    assert assistant.ask("read_event", event_id=event["id"])["event"]["citations"] == event["citations"]


def test_an_occurrence_is_told_with_every_report_and_where_they_part(assistant: Assistant) -> None:
    listed = assistant.ask("list_collections")["collections"]
    name = next(one["name"] for one in listed if one["name"] not in {"sarn", "hostile"})

    first = assistant.ask("read_occurrences", collection=name, conflict=["any"])["occurrences"][0]
    told = assistant.ask("read_occurrence", occurrence_id=first["id"])

    assert first["conflicts"]
    assert first["citations"]
    assert len(told["reports"]) == first["reports"]
    assert all(one["citations"] for one in told["reports"])


def test_what_a_search_finds_is_cited_and_leads_to_its_place(site: Site, assistant: Assistant) -> None:
    (found,) = assistant.ask("search", query="intermediar* breven", collection="sarn")["documents"]

    assert found["path"] == "2024/what-is-known.txt"
    assert all("quote" in one for one in found["citations"])
    placed = [one["link"] for one in found["citations"] if "&at=" in one["link"]]
    assert placed
    assert placed[0].startswith(f"{site.url}#in=sarn&doc={found['id']}&source={found['id']}&at=")


def test_hostile_words_come_as_data_and_every_answer_says_so(assistant: Assistant) -> None:
    timeline = assistant.ask("read_timeline", collection="hostile")

    assert next(iter(timeline.items())) == ("notice", NOTICE)
    assert timeline["events"][0]["title"] == page_documents.HOSTILE_TITLE


def test_a_question_that_cannot_be_answered_says_why(assistant: Assistant) -> None:
    missing = assistant.call("read_event", event_id="evt_none")
    wrong = assistant.call("read_timeline", collection="sarn", from_day="yesterday")
    unknown = assistant.call("read_timeline", collection="sarn", status=["false"])

    assert missing.is_error
    assert wrong.is_error
    assert unknown.is_error
    assert "there is nothing at /events/evt_none" in missing.content[0].text
    assert "write a day, a month or a year" in wrong.content[0].text
