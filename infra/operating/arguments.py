"""What the operator's commands may be told. Apart from them, so that `dateline --help` need not load them."""

from __future__ import annotations

import argparse

from infra.places import add_place

COMMANDS = ("model", "dead", "status", "smoke", "search")

_MODEL = """\
Ask a model's server what a deployment will ask it, about a text of ours of three sentences, and say line by line what
holds and what to do where it does not. It costs about a cent.

The key, and what is not named here, come from the environment as for `dateline extract`:
  OPENAI_API_KEY    key of the provider
  OPENAI_BASE_URL   its base URL
  DATELINE_MODEL    the model's name there
  DATELINE_LANGUAGE language of titles and summary (default: en)

`missing` is what a deployment can do without (a known price, a Batch API); the status is 1 where anything else fails.
"""

_DEAD = """\
Look at the messages that failed again and again, and send them back to be worked on. A letter's key is shown, never
text of its document.

  dateline dead list                  the letters, by kind, key and how often each was received
  dateline dead show LETTER           all that one says, and the state of its document
  dateline dead redrive [LETTER...]   send these, or all, back to the queue that they came from

A letter is sent first and deleted then, one after the other: whoever ends that half-way has at most one in both queues,
and a message that comes twice changes nothing. Looking counts as receiving. Without --stack it is the local stack that
`make run` serves.
"""

_STATUS = """\
Say how a document, or a whole deployment, is.

  dateline status                     documents by state, queues, dead letters, tokens of today, newest plan, alarms
  dateline status drop/news/a.txt     one document, by its key or its id

Documents are counted collection by collection, 5,000 in all. Without --stack it is the local stack that `make run`
serves.
"""

_SEARCH = """\
Make anew what is searched of collections, from the texts and events that are stored: where objects below search/ were
lost, or after an update that reads words otherwise. It costs no call of a model, and what was there is searched until
the new is there.

  dateline search rebuild                  all collections
  dateline search rebuild COLLECTION...    these

Without --stack it is the local stack that `make run` serves.
"""

_SMOKE = """\
Drop a small text of ours, wait until the API shows it done, read its timeline, delete it, and wait until it is gone.
It lies under drop/dateline-smoke/, costs a call of the model, and leaves nothing behind. The status is 1 where a step
is not done in time, or comes to something else than it should.

Requests to the API are signed with your own AWS credentials. Where it takes tokens (HttpApiAuth=jwt), DATELINE_TOKEN in
the environment is one that may read the collection dateline-smoke. Without --stack it is the local stack.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    _add_model(commands)
    _add_dead(commands)
    _add_status(commands)
    _add_smoke(commands)
    _add_search(commands)


def _add_model(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    model = commands.add_parser("model", help="check that a model and its server are what Dateline needs")
    actions = model.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = _command(actions, "check", "ask it once, and say what holds", _MODEL)
    check.add_argument("--model", metavar="NAME", help="the model's name (default: DATELINE_MODEL)")
    check.add_argument("--url", metavar="URL", help="the server's base URL (default: OPENAI_BASE_URL)")


def _add_dead(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    dead = _command(commands, "dead", "list dead letters, and send them back", _DEAD)
    add_place(dead, None)
    actions = dead.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="list the letters")
    show = actions.add_parser("show", help="show one letter")
    show.add_argument("letters", nargs=1, metavar="LETTER", help="its id, from `dateline dead list`, or its beginning")
    redrive = actions.add_parser("redrive", help="send letters back")
    redrive.add_argument("letters", nargs="*", metavar="LETTER", help="their ids, or beginnings (default: all)")
    for action in (listing, show, redrive):
        add_place(action, argparse.SUPPRESS)


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    status = _command(commands, "status", "say how a document, or a deployment, is", _STATUS)
    status.add_argument("document", nargs="?", metavar="DOCUMENT", help="its key or its id (default: all)")
    add_place(status, None)


def _add_smoke(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    smoke = _command(commands, "smoke", "drop a text, read its timeline, delete it", _SMOKE)
    smoke.add_argument(
        "--seconds", type=float, default=60.0, metavar="N", help="how long each step may take (default: 60)"
    )
    add_place(smoke, None)


def _add_search(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    search = _command(commands, "search", "make anew what is searched", _SEARCH)
    add_place(search, None)
    actions = search.add_subparsers(dest="action", required=True, metavar="ACTION")
    rebuild = actions.add_parser("rebuild", help="make collections anew, in the background")
    rebuild.add_argument("collections", nargs="*", metavar="COLLECTION", help="their names (default: all)")
    add_place(rebuild, argparse.SUPPRESS)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str, description: str
) -> argparse.ArgumentParser:
    """Add a command whose description is shown as it is written."""
    raw = argparse.RawDescriptionHelpFormatter
    return commands.add_parser(name, help=summary, description=description, formatter_class=raw)
