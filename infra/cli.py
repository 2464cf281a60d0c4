"""The command `dateline`: what Dateline does, on this machine and, where a stack is named, in an account."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

from infra.editing import arguments as editing
from infra.operating import arguments as operating
from infra.reading import arguments as reading
from infra.reprocess import arguments as reprocessing

_REJECTED, _USAGE = 1, 2
# Commands that have a module of their own name in a room of `infra`.
_ROOMS = {"operating": operating.COMMANDS, "reading": reading.COMMANDS}

_EXTRACT = """\
Read one file, ask a model for a cited summary and dated events, check every date and citation, and show what holds.

The model is the one that the environment names:
  OPENAI_API_KEY    key of the provider; without it the extractive stand-in answers (rules, no download)
  OPENAI_BASE_URL   another provider that speaks the chat-completions protocol
  DATELINE_MODEL    the model's name there
  DATELINE_LANGUAGE language of titles and summary (default: en; the stand-in keeps the document's own)
"""

_DATES = """\
Read JSON lines from standard input and write one line for each to standard output.

In:  {"id": "1", "expression": "im Januar", "sentence": "Im Januar kam der Anruf.", "language": "de",
      "published": "2024-05-24", "context": ["Ende 2023 trafen sie sich."]}
Out: {"id": "1", "edtf": "2024-01", "earliest": "2024-01-01", "latest": "2024-01-31",
      "status": "resolved", "rule": "..."}

A line that cannot be read gets an error line with its number, and the rest is still done.
"""


_PAGE = """\
Show the timeline page of a deployed stack that answers signed requests only (HttpApiAuth=iam).

It is served on this machine alone, under an address that nobody can guess, until Ctrl-C. Its requests are signed with
your own AWS credentials: the page shows what you may read.
"""


def main(given: Sequence[str] | None = None) -> int:
    """Run the command. Status 0: done; 1: it was refused, rejected, or the model failed; 2: wrongly called."""
    parsed = _parsed(given)
    if parsed.command == "extract":
        return _extract(parsed.file, parsed.published, parsed.language, as_json=parsed.json)
    if parsed.command == "reprocess":
        return _reprocess(parsed)
    if parsed.command == "edit":
        return _edit(parsed)
    if room := next((name for name, commands in _ROOMS.items() if parsed.command in commands), None):
        return _run_of(room, parsed)
    if parsed.command == "page":
        return _page(parsed.stack, parsed.region, parsed.profile, parsed.port)
    return _dates()


def _parsed(given: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line; unknown arguments are an error."""
    parser = command_line()
    parsed, left = parser.parse_known_args(given)
    if parsed.command == "extract" and left and not any(one.startswith("-") for one in left):
        parser.error(f"extract reads one file: call it again for {', '.join(left)}")
    if left:
        parser.error(f"unrecognized arguments: {' '.join(left)}")
    return parsed


def command_line() -> argparse.ArgumentParser:
    """Return what the command understands."""
    parser = argparse.ArgumentParser(prog="dateline", description="Cited summaries and dated timelines from documents.")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and end")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    raw = argparse.RawDescriptionHelpFormatter
    extract = commands.add_parser(
        "extract", help="show one file's summary and timeline", description=_EXTRACT, formatter_class=raw
    )
    extract.add_argument(
        "file", type=Path, metavar="FILE", help="a document: text, Markdown, HTML, e-mail, PDF, DOCX or a JSON record"
    )
    extract.add_argument("--published", type=_day, metavar="DATE", help="day of first publication, YYYY-MM-DD")
    extract.add_argument("--language", metavar="LANG", help="language of the document, such as de or en-GB")
    extract.add_argument(
        "--json",
        action="store_true",
        help="write JSON: text, sentences, title, published, summary, events, notes, recipe",
    )
    commands.add_parser(
        "dates", help="resolve date expressions, as JSON lines", description=_DATES, formatter_class=raw
    )
    reprocessing.add_to(commands, _day)
    editing.add_to(commands)
    operating.add_to(commands)
    reading.add_to(commands)
    page = commands.add_parser(
        "page", help="show a deployed stack's timeline page", description=_PAGE, formatter_class=raw
    )
    page.add_argument("--stack", required=True, metavar="NAME", help="name of the CloudFormation stack")
    page.add_argument("--region", metavar="REGION", help="its region (default: your configuration's)")
    page.add_argument("--profile", metavar="NAME", help="profile of your AWS configuration to sign with")
    page.add_argument("--port", type=int, default=0, help="port to serve on (default: a free one)")
    return parser


class _Version(argparse.Action):
    """Show the installed version; it is looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"dateline {version('dateline')}")
        parser.exit()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write YYYY-MM-DD, such as 2024-05-24") from None


def _extract(file: Path, published: date | None, language: str | None, *, as_json: bool) -> int:
    from dateline.errors import Rejected, Retryable
    from infra.environment import IncompleteEnvironment
    from infra.one_file import extract_file

    try:
        extracted = extract_file(file, published, language)
    except OSError as error:
        return _failed(f"{file}: {error.strerror}", _USAGE)
    except IncompleteEnvironment as error:
        return _failed(str(error), _USAGE)
    except Rejected as error:
        return _failed(f"rejected ({error.code}): {error.reason}", _REJECTED)
    except Retryable as error:
        return _failed(f"the model could not answer now: {error.reason}", _REJECTED)
    if as_json:
        print(extracted.model_dump_json(indent=2))
        return 0

    from rich.console import Console

    from infra.present import show_document, show_timeline

    console = Console()
    show_document(
        console,
        name=file.name,
        state="done",
        model=extracted.recipe.model,
        summary=extracted.summary,
        statements=extracted.statements,
        notes=extracted.notes,
    )
    show_timeline(console, extracted.events)
    return 0


def _dates() -> int:
    """Answer every line; one that is not UTF-8 gets an error line."""
    from dateline.dates.lines import answer_lines

    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    for line in answer_lines(sys.stdin):
        print(line)
    return 0


def _reprocess(options: argparse.Namespace) -> int:
    from infra.reprocess import command

    return command.run(options, _failed)


def _edit(options: argparse.Namespace) -> int:
    from infra.editing import command

    return command.run(options, _failed)


def _run_of(room: str, options: argparse.Namespace) -> int:
    from importlib import import_module

    status: int = import_module(f"infra.{room}.{options.command}").run(options, _failed)
    return status


def _page(stack: str, region: str | None, profile: str | None, port: int) -> int:
    import secrets

    import uvicorn

    from infra.page_proxy import HOST, page_app, signer_of_stack
    from infra.stack import NotFound
    from infra.standin.server import listen

    try:
        signer = signer_of_stack(stack, region, profile)
        listening = listen(HOST, port)
    except NotFound as error:
        return _failed(str(error), _USAGE)
    except OSError as error:
        return _failed(f"cannot serve on {HOST}:{port}: {error.strerror}", _USAGE)
    secret = secrets.token_urlsafe()
    with listening:
        print(f"The page is at http://{HOST}:{listening.getsockname()[1]}/{secret}/ until Ctrl-C.", flush=True)
        app = page_app(signer, secret)
        uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listening])
    return 0


def _failed(message: str, status: int) -> int:
    print(f"dateline: {message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
