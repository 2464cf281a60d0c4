"""The reference of the command lines: `dateline` with its commands, and `make run`.

It is made from the parsers' own actions rather than from their help, whose layout differs between versions of Python.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from infra.cli import command_line as dateline
from infra.local.options import command_line as local
from infra.reference.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """\
# The command line

Made by `make generated` from the code. `dateline` lies in `.venv/bin/` after `make setup`.
"""


def page() -> str:
    """Write the reference."""
    return "\n".join([_HEAD, *_sections("dateline", dateline()), *_section("make run ARGS=…", local())])


def _sections(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    yield from _section(name, parser)
    for command, below in _commands(parser).items():
        yield from _sections(f"{name} {command}", below)


def _section(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f"## {name}\n"
    if parser.description:
        yield f"```text\n{parser.description.rstrip()}\n```\n"
    commands = _helps(parser)
    if commands:
        yield table(["command", "does"], [(code(f"{name} {command}"), about) for command, about in commands.items()])
    options = [_option(action) for action in parser._actions if _is_told(action)]
    if options:
        yield table(["option", "means"], options)


def _option(action: argparse.Action) -> tuple[str, str]:
    value = str(action.metavar or action.dest.upper()) if action.nargs != 0 else ""
    names = [f"{name} {value}".rstrip() for name in action.option_strings] or [value]
    return ", ".join(map(code, names)), action.help or ""


def _is_told(action: argparse.Action) -> bool:
    return not isinstance(action, (argparse._HelpAction, argparse._SubParsersAction))


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return a parser's commands by name."""
    return {
        name: below
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, below in action.choices.items()
    }


def _helps(parser: argparse.ArgumentParser) -> dict[str, str]:
    """Return what each command of a parser does."""
    return {
        choice.dest: choice.help or ""
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for choice in action._choices_actions
    }
