"""The command line of `dateline edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.errors import Retryable
from dateline.http.requests import faults
from dateline.lane.decisions import CannotDecide, NewDecision, NoOccurrence, decide, is_decided, undo
from dateline.linking.edits import in_order
from dateline.store.store import open_store
from infra.local.cloud.aws import STACK
from infra.local.isolation import isolate
from infra.local.paths import DEFAULT_STATE, State
from infra.places import place_of
from infra.present import harmless
from infra.stack import NotFound, local_aws, output_of, session_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from dateline.store.store import Store

_DONE, _REFUSED, _USAGE = 0, 1, 2
_DID = {
    "join": "are one occurrence from now on",
    "split": "are another occurrence than the others from now on",
    "hide": "are left out of lists from now on",
    "correct": "are shown as you wrote from now on",
    "note": "are shown with your note from now on",
}


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Do what the command line asks for. Status 0: done; 1: refused; 2: wrongly called, or no such stack."""
    console = Console(highlight=False)
    try:
        return _act(store_of(options), options, console)
    except ValidationError as error:
        return fail(faults(error), _USAGE)
    except NotFound as error:
        return fail(str(error), _USAGE)
    except (NoOccurrence, CannotDecide) as error:
        return fail(str(error), _REFUSED)
    except Retryable as error:
        return fail(f"AWS cannot do it now: {error.reason}", _REFUSED)
    except (BotoCoreError, ClientError) as error:
        return fail(f"AWS refuses: {error}", _REFUSED)


def store_of(options: argparse.Namespace) -> Store:
    """Open the store of a deployed stack, or of the local one. NotFound: there is none, or nobody's keys."""
    if options.stack:
        session = session_of(options.region, options.profile)
        table, bucket = (output_of(session, options.stack, name) for name in ("TableName", "BucketName"))
        return open_store(session.client("dynamodb"), session.client("s3"), table, bucket)
    isolate()
    aws = local_aws(State((options.state or DEFAULT_STATE).resolve()))
    table, bucket = (output_of(aws.session(), STACK, name, aws.url) for name in ("TableName", "BucketName"))
    return open_store(aws.dynamodb, aws.s3, table, bucket)


def _act(store: Store, options: argparse.Namespace, console: Console) -> int:
    match options.action:
        case "list":
            _list(store, options.collection, console)
        case "undo":
            _undo(store, options, console)
        case _:
            _decide(store, options, console)
    return _DONE


def _decide(store: Store, options: argparse.Namespace, console: Console) -> None:
    new = NewDecision(
        kind=options.action,
        occurrences=tuple(options.occurrences),
        events=tuple(getattr(options, "report", ())),
        title=getattr(options, "title", None),
        date=getattr(options, "date", None),
        status=getattr(options, "status", None),
        reason=options.reason,
    )
    collection, edit = decide(new, None, None, store)
    reports = "1 report" if len(edit.reports) == 1 else f"{len(edit.reports):,} reports"
    documents = len({one.document for one in edit.reports})
    told = "1 document" if documents == 1 else f"{documents:,} documents"
    _line(console, f"{reports} in {told} {_DID[new.kind]}; readers see it within seconds.")
    _line(console, f"To undo it: dateline edit undo {harmless(collection)} {edit.id}{place_of(options)}")


def _list(store: Store, collection: str, console: Console) -> None:
    edits = in_order(store.links.edits(collection))
    if not edits:
        _line(console, f"Nothing was decided about {harmless(collection)}.")
        return
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("Decision", no_wrap=True)  # to be copied
    for name in ("when (UTC)", "by", "reports", "reason"):
        table.add_column(name, overflow="fold", justify="right" if name == "reports" else "left")
    for one in edits:
        by = one.author or one.by or "unknown"
        columns = (one.id, f"{one.at:%Y-%m-%d %H:%M}", by, f"{len(one.reports):,}", one.reason)
        table.add_row(*(Text(harmless(column)) for column in columns))
    console.print(table)


def _undo(store: Store, options: argparse.Namespace, console: Console) -> None:
    if not is_decided(options.collection, options.decision, store):
        raise CannotDecide(
            f"There is no decision {options.decision} about {options.collection}: `dateline edit list` shows them."
        )
    undo(options.collection, options.decision, store)
    _line(console, "It is undone; readers see it within seconds.")


def _line(console: Console, line: str) -> None:
    console.print(Text(line), soft_wrap=True)
