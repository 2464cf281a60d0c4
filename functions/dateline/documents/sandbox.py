"""Files that need a library are read in a process of their own, which a hostile file may slow down, swell or crash.

The process has no credentials, a bound on its memory and an end to its time, and what it says is read as data. See
the decision on reading apart.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from base64 import b64decode, b64encode
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from dateline.documents.formats.content import Content
from dateline.errors import Rejected, fingerprint

if TYPE_CHECKING:
    from types import TracebackType

    from pydantic import TypeAdapter

    from dateline.documents.formats.detect import Format
    from dateline.documents.limits import Limits

# What an interpreter needs to start; above all no key of AWS or of a model's provider.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "SYSTEMROOT", "TMPDIR")
# A function with 1 GB has less than one processor, and room for two that read.
_AT_ONCE = threading.BoundedSemaphore(2)
_OUT_OF_MEMORY: Final = 3
_IMAGES: Final = "page images"  # the task beside the names of formats
_LONGEST_REASON = 300  # code points of what a process that failed may say


def read_apart(data: bytes, form: Format, limits: Limits) -> Content:
    """Read a file as `read_content` does. Rejected, besides: `too_slow`, `too_much_memory`, `unreadable`."""
    return _content().validate_python(_done_apart(form, data, limits)["content"])


def images_apart(data: bytes, limits: Limits) -> list[bytes]:
    """Draw a PDF's pages as `page_images` does. Rejected as `read_apart`."""
    return [b64decode(image) for image in _done_apart(_IMAGES, data, limits)["images"]]


def _done_apart(task: str, data: bytes, limits: Limits) -> dict[str, Any]:
    command = json.dumps({"task": task, "limits": asdict(limits)}).encode() + b"\n"
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    with _AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "dateline.documents.sandbox"],
                input=command + data,
                env=environment,
                capture_output=True,
                timeout=limits.max_read_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Rejected(
                "too_slow", f"reading it takes more than {limits.max_read_seconds:g} s: split it, or drop its text"
            ) from None
    if done.returncode == _OUT_OF_MEMORY:
        raise Rejected(
            "too_much_memory", f"reading it takes more than {limits.max_read_memory} bytes of memory: split it"
        )
    if done.returncode != 0:
        raise Rejected("unreadable", f"its reader failed ({_said(done)}): save it anew, or drop its text")
    said: dict[str, Any] = json.loads(done.stdout)
    if "rejected" in said:
        raise Rejected(*said["rejected"])
    return said


@cache
def _content() -> TypeAdapter[Content]:
    from pydantic import TypeAdapter

    return TypeAdapter(Content)


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Name the way to a failure: the process's own fingerprint of it, or the signal that ended it."""
    last = done.stderr.decode("ascii", "replace").strip().rpartition("\n")[2]
    return last[:_LONGEST_REASON] or f"ended by {done.returncode}"


def main() -> None:
    """Read one file from standard input, after a line that says how, and write its content to standard output."""
    import resource

    from dateline.documents.formats.reader import read_content
    from dateline.documents.limits import Limits

    sys.excepthook = _confess
    line, _, data = sys.stdin.buffer.read().partition(b"\n")
    command = json.loads(line)
    limits = Limits(**command["limits"])
    resource.setrlimit(resource.RLIMIT_AS, _bounded(resource.getrlimit(resource.RLIMIT_AS)[1], limits.max_read_memory))
    try:
        if command["task"] == _IMAGES:
            from dateline.documents.formats.pdf.page_images import page_images

            said: dict[str, object] = {"images": [b64encode(one).decode() for one in page_images(data, limits)]}
        else:
            said = {"content": asdict(read_content(data, command["task"], limits))}
    except Rejected as error:
        said = {"rejected": [error.code, error.reason]}
    sys.stdout.write(json.dumps(said, default=str))


def _bounded(hard: int, most: int) -> tuple[int, int]:
    """Return soft and hard bound; a hard one that is lower already cannot be raised."""
    bound = most if hard < 0 else min(hard, most)
    return bound, bound


def _confess(kind: type[BaseException], error: BaseException, _way: TracebackType | None) -> None:
    """Say how it failed without a word of the file: an exception's message may hold some."""
    if issubclass(kind, MemoryError):
        os._exit(_OUT_OF_MEMORY)
    if issubclass(kind, RecursionError):
        sys.stderr.write("RecursionError")  # the way to it is as long as it is deep
        return
    sys.stderr.write(" in ".join(fingerprint(error).values()))


if __name__ == "__main__":
    main()
