"""The command `dateline smoke`: one text of ours through a whole deployment, and out again."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from infra.present import harmless
from infra.reading.api import ApiFailed, api_of_stack
from infra.stack import REFUSED, failing, stack_of
from smoke.steps import Failed, steps

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Drop, wait, read, delete. Status 0: all was as it should be; 1: a step was not; 2: no such stack."""

    def act() -> int:
        stack, console = stack_of(options), Console(highlight=False)
        try:
            with closing(api_of_stack(stack, options)) as api:
                for step, seconds in steps(stack.s3, stack.output("BucketName"), api, options.seconds):
                    console.print(Text(f"{seconds:6.1f} s  {harmless(step)}"), soft_wrap=True)
        except (ApiFailed, Failed) as error:
            return fail(harmless(str(error)), REFUSED)
        return 0

    return failing(act, fail)
