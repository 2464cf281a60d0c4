"""What the reading commands may be told. Apart from them, so that `dateline --help` need not load them."""

from __future__ import annotations

import argparse
from pathlib import Path

from infra.places import add_place

COMMANDS = ("mcp", "archive")

_MCP = """\
Let an assistant read a deployment: a server of the Model Context Protocol on standard input and output. It only reads,
over the HTTP API, what you may read: collections, timelines, occurrences, events, documents, quotes in their place, and
what a search finds. Every answer cites the sentences that it rests on, with a link to each.

Where the API takes tokens (HttpApiAuth=jwt), DATELINE_TOKEN in the environment is yours; with --stack, requests are
signed with your own AWS credentials. Without --api and --stack it is the local stack that `make run` serves.

An assistant's settings hold the command, such as
  {"mcpServers": {"dateline": {"command": "dateline", "args": ["mcp", "--stack", "dateline"]}}}
"""

_ARCHIVE = """\
Write all of a collection that the API shows you into two files:

  COLLECTION.zip      documents, texts, runs, events and occurrences as JSON Lines, with a Data Package descriptor
  COLLECTION.sqlite   the same as tables: `datasette COLLECTION.sqlite` shows and searches them

A file appears once it is whole, and replaces an earlier one. What goes while it is read is left out; each document is
all of one run. Original files are not in it. Where the API takes tokens, DATELINE_TOKEN in the environment is yours;
with --stack, requests are signed with your own AWS credentials. Without either it is the local stack of `make run`.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    _add(commands, "mcp", "let an assistant read a deployment (MCP)", _MCP)
    archive = _add(commands, "archive", "write all of a collection into a data package and a database", _ARCHIVE)
    archive.add_argument("collection", metavar="COLLECTION", help="the collection's name")
    archive.add_argument(
        "--output", type=Path, default=Path(), metavar="FOLDER", help="where to write (default: the current folder)"
    )


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str, description: str
) -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    command = commands.add_parser(name, help=summary, description=description, formatter_class=raw)
    command.add_argument("--api", metavar="URL", help="address of the HTTP API (default: that of the stack)")
    add_place(command, None)
    return command
