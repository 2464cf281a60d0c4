"""What `dateline edit` may be told. Apart from the command itself, so that `dateline --help` need not load it."""

from __future__ import annotations

import argparse

from infra.places import add_place

_ABOUT = """\
Overrule which reports are one occurrence, and what it says. A decision holds until it is undone, whatever models and
documents say later; it is followed within seconds, and shown beside the occurrence with its reason.

  dateline edit join OCCURRENCE OCCURRENCE --reason TEXT      they are one thing
  dateline edit split OCCURRENCE --report EVENT --reason TEXT these reports are of another thing than the others
  dateline edit hide OCCURRENCE --reason TEXT                 leave it out of lists
  dateline edit correct OCCURRENCE --date EDTF --reason TEXT  show another title, date or status
  dateline edit note OCCURRENCE TEXT                          show a note beside it
  dateline edit list COLLECTION                               what was decided
  dateline edit undo COLLECTION DECISION                      as if it had not been decided

Ids of occurrences and events are in the API's answers. Without --stack it is the local stack that `make run` serves;
with it, your own AWS credentials must be allowed to read the stack's table and to write below links/ in its bucket.
"""
_STATUSES = ("stated", "claimed", "confirmed", "disputed", "denied", "withdrawn")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "edit",
        help="overrule what is one occurrence, and what it says",
        usage="dateline edit [options] ACTION",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_place(command, None)
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True, prog="dateline edit")
    join = actions.add_parser("join", help="say that occurrences are one")
    join.add_argument("occurrences", nargs="+", metavar="OCCURRENCE", help="two or more ids")
    split = _about_one(actions, "split", "say that some reports of an occurrence are another")
    split.add_argument(
        "--report", action="append", default=[], metavar="EVENT", help="id of a report's event; may be repeated"
    )
    hide = _about_one(actions, "hide", "leave an occurrence out of lists")
    correct = _about_one(actions, "correct", "show another title, date or status of an occurrence")
    correct.add_argument("--title", metavar="TEXT", help="the title to show")
    correct.add_argument("--date", metavar="EDTF", help="the date to show: 2024-05-24, 2024-05, 2024-05-01/2024-05-03")
    correct.add_argument("--status", choices=_STATUSES, help="the status to show")
    for action in (join, split, hide, correct):
        action.add_argument("--reason", required=True, metavar="TEXT", help="why; readers are shown it")
    note = _about_one(actions, "note", "show a note beside an occurrence")
    note.add_argument("reason", metavar="TEXT", help="the note")
    listing = actions.add_parser("list", help="list the decisions about a collection")
    undo = actions.add_parser("undo", help="undo a decision")
    for action in (listing, undo):
        action.add_argument("collection", metavar="COLLECTION", help="the collection's name")
    undo.add_argument("decision", metavar="DECISION", help="its name, from `dateline edit list`")
    for action in (join, split, hide, correct, note, listing, undo):
        add_place(action, argparse.SUPPRESS)


def _about_one(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, meaning: str
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=meaning)
    action.add_argument("occurrences", nargs=1, metavar="OCCURRENCE", help="its id")
    return action
