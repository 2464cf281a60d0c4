"""The function's own disk, on which files are put together: left empty, and where it is full, work comes later."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Final

from dateline.errors import Retryable

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX: Final = "dateline-reprocess-"
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty folder until the block ends. Retryable: the disk is full.

    Lambda keeps the disk of a function that it has killed, with what lay there: that is thrown away first.
    """
    try:
        _sweep(Path(gettempdir()))
        with TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as folder:
            yield Path(folder)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise Retryable(
            "the function's scratch disk is full; where that lasts, give Reprocess more EphemeralStorage in "
            "template.yaml and deploy"
        ) from error


def _sweep(folder: Path) -> None:
    """Delete the folders of runs that are gone: of dead processes, and of this one, which does one thing at a time."""
    for left in folder.glob(f"{_PREFIX}*"):
        pid = int(left.name.removeprefix(_PREFIX).partition("-")[0])
        if pid == os.getpid() or not _lives(pid):
            shutil.rmtree(left, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
