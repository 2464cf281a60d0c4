"""The options of the local stack: what `make run` understands in ARGS."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from infra.environment import IncompleteEnvironment
from infra.local.paths import DEFAULT_STATE, ROOT

if TYPE_CHECKING:
    from infra.environment import Environment

_DESCRIPTION = "Run the whole system on this machine."


def read_options(environment: Environment) -> argparse.Namespace:
    """Read the command line; what contradicts itself or the environment ends with status 2 and the reason."""
    parser = command_line()
    options = parser.parse_args()
    try:
        has_model = environment.provider is not None
    except IncompleteEnvironment as error:
        parser.error(str(error))
    if options.reprocess and (options.no_samples or has_model):
        parser.error("--reprocess shows the samples and the stand-in: leave --no-samples and OPENAI_API_KEY out")
    if options.minute <= 0:
        parser.error("--minute takes a number of seconds above 0")
    if options.ready_file is not None:
        options.ready_file.unlink(missing_ok=True)
    return options


def command_line() -> argparse.ArgumentParser:
    """Return what `make run` understands in ARGS."""
    parser = argparse.ArgumentParser(prog="make run ARGS=…", description=_DESCRIPTION)
    parser.add_argument("--once", action="store_true", help="end by itself once the samples are processed and shown")
    parser.add_argument("--port", type=int, help="port of the API and of S3 (default: last time's, or a free one)")
    parser.add_argument("--ready-file", type=Path, metavar="FILE", help="write `api`, `s3` and `bucket` here as JSON")
    parser.add_argument(
        "--enforce-roles",
        action="store_true",
        help="let the functions do only what their roles in the template allow; S3 clients then need the key `test`",
    )
    parser.add_argument(
        "--minute",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="how long a minute of the schedules' rates lasts, for tests that wait for one (default: 60)",
    )
    parser.add_argument(
        "--reprocess",
        action="store_true",
        help="after the samples, deploy another model's name, bring them up to date with it, show what that changed",
    )
    parser.add_argument(
        "--parameter",
        action="append",
        default=[],
        type=_parameter,
        metavar="NAME=VALUE",
        help="set a parameter of template.yaml, such as DocumentTokens=5000000; may be repeated",
    )
    parser.add_argument("--no-samples", action="store_true", help="drop no samples")
    parser.add_argument(
        "--drop", type=Path, default=ROOT / "drop", metavar="FOLDER", help="the watched folder (default: drop/)"
    )
    parser.add_argument("--state", type=Path, default=DEFAULT_STATE, metavar="FOLDER", help="where everything is kept")
    return parser


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} sets nothing: write NAME=VALUE")
    return name, value
