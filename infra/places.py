"""How a command line names the stack that it is about: a deployed one, or a local one by its state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_place(parser: argparse.ArgumentParser, default: str | None) -> None:
    """Let the stack be named. `default` is `SUPPRESS` for an action whose command lets it be named before it."""
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--stack", default=default, metavar="NAME", help="name of a deployed CloudFormation stack")
    place.add_argument(
        "--state", type=Path, default=default, metavar="FOLDER", help="of a local stack (default: that of `make run`)"
    )
    parser.add_argument("--region", default=default, metavar="REGION", help="the deployed stack's region")
    parser.add_argument("--profile", default=default, metavar="NAME", help="profile of your AWS configuration")


def place_of(options: argparse.Namespace) -> str:
    """Write the options that named the stack, to be written again; empty: the one of `make run`."""
    named = [(name, getattr(options, name)) for name in ("stack", "region", "profile", "state")]
    return "".join(f" --{name} {value}" for name, value in named if value)
