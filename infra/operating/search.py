"""The command `dateline search rebuild`: what is searched of collections is made anew, from what is stored of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from dateline.lane.messages import RebuildMessage
from infra.operating.lines import show
from infra.stack import REFUSED, failing, stack_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from dateline.store.listing import Listing
    from infra.stack import Stack

_PAGE = 100


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Have collections made anew. Status 0: the work is under way; 1: there is no such collection; 2: no such stack."""

    def act() -> int:
        stack = stack_of(options)
        listing = stack.store().listing
        unknown = [name for name in options.collections if not listing.is_registered(name)]
        if unknown:
            return fail(f"there is no collection {', '.join(unknown)}: nothing was begun", REFUSED)
        _rebuild(stack, options.collections or list(_all(listing)))
        return 0

    return failing(act, fail)


def _all(listing: Listing) -> Iterator[str]:
    after = None
    while names := listing.names(after, _PAGE):
        yield from names
        after = names[-1]


def _rebuild(stack: Stack, collections: list[str]) -> None:
    sqs, url, console = stack.sqs, stack.output("LinkQueueUrl"), Console(highlight=False)
    for name in collections:
        sqs.send_message(QueueUrl=url, MessageBody=RebuildMessage(collection=name).model_dump_json())
        show(console, f"{name} is made anew in the background, some 50 documents a second; it is searched meanwhile.")
    if not collections:
        show(console, "There are no collections.")
