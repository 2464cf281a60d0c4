"""What `dateline reprocess` may be told. Apart from the command itself, so that `dateline --help` need not load it."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from infra.places import add_place

if TYPE_CHECKING:
    from collections.abc import Callable

_ABOUT = """\
Bring documents up to date that another recipe made than today's: another model, prompt, language, or other checks.

Without an ACTION a plan is made, and watched for some seconds; where a provider's batches take longer, it goes on by
itself. Documents stay readable throughout, and what was answered once is not asked again.

  dateline reprocess --dry-run             how many documents, how many tokens, at what cost; nothing is spent
  dateline reprocess --collection news     a plan for one collection
  dateline reprocess report                what the newest plan has done, and what changed
  dateline reprocess resume                what it costs to go on with a plan that is held; with --pay it does
  dateline reprocess recipes               what documents were made by
  dateline reprocess pin RECIPE            put a recipe back, for new documents too, until `unpin`

Without --stack it is the local stack that `make run` serves.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], day: Callable[[str], date]) -> None:
    """Add the command. `day` reads a date."""
    command = commands.add_parser(
        "reprocess",
        help="bring documents up to date with today's model and checks",
        usage="dateline reprocess [options] [ACTION]",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, metavar, meaning in (
        ("--collection", "NAME", "only this collection"),
        ("--without", "NAME", "not this collection"),
        ("--document", "ID", "only this document"),
    ):
        command.add_argument(name, action="append", default=[], metavar=metavar, help=f"{meaning}; may be repeated")
    command.add_argument("--since", type=day, metavar="DATE", help="only what was dropped since this day (UTC)")
    command.add_argument("--limit", type=_count, metavar="N", help="at most so many documents")
    command.add_argument("--newest-first", action="store_true", help="begin with what was dropped last")
    command.add_argument("--dry-run", action="store_true", help="only show counts, tokens and cost")
    add_place(command, None)
    actions = command.add_subparsers(dest="action", metavar="ACTION", prog="dateline reprocess")
    report = actions.add_parser("report", help="sum up a plan")
    report.add_argument("plan", nargs="?", metavar="PLAN", help="its name (default: the newest)")
    pin = actions.add_parser("pin", help="have documents made by a recipe again")
    pin.add_argument("recipe", metavar="RECIPE", help="its name, from `dateline reprocess recipes`")
    resume = actions.add_parser(
        "resume", help="say what it costs to go on with a plan whose batches came back with next to nothing"
    )
    ways = resume.add_mutually_exclusive_group()
    ways.add_argument(
        "--pay", action="store_true", help="ask about it in the drop queue, at the full price that is said first"
    )
    ways.add_argument("--leave", action="store_true", help="leave it to the next plan, which tries a batch again")
    others = [
        actions.add_parser("recipes", help="list the recipes that documents were made by"),
        actions.add_parser("unpin", help="have documents made by the deployment's own recipe again"),
        actions.add_parser("collect", help="go on with the open plan now, as the schedule does"),
    ]
    for action in (report, resume, pin, *others):
        add_place(action, argparse.SUPPRESS)


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of documents: write 1 or more")
    return int(text)
