"""The typed client of the API, made from the OpenAPI document by a generator with an environment of its own."""

from __future__ import annotations

import hashlib
import re
import subprocess
from typing import TYPE_CHECKING

from infra.local.paths import ROOT
from infra.openapi.files import FILES

if TYPE_CHECKING:
    from pathlib import Path

_DOCUMENT = FILES[0]
_CLIENT = ROOT / "infra" / "client"
PACKAGE = _CLIENT / "dateline_client"
# What no generator makes.
BY_HAND = {"paging.py", "py.typed"}
# Of the document that the client was made from, so that one that is out of date is found without the generator.
DIGEST = _CLIENT / "openapi.sha256"
TOOLS = ROOT / ".local" / "client" / "bin"


def digest() -> str:
    """Name the document of today."""
    return f"{hashlib.sha256(_DOCUMENT.read_bytes()).hexdigest()}\n"


def write(folder: Path) -> None:
    """Make the client in a folder. CalledProcessError: a part of the document cannot be generated."""
    places = (f"--path={_DOCUMENT}", f"--output-path={folder}", f"--config={_CLIENT / 'generator.yaml'}")
    how = ("--meta=none", "--overwrite", "--fail-on-warning")
    subprocess.run([TOOLS / "openapi-python-client", "generate", *places, *how], check=True)
    files = [file for file in folder.rglob("*.py") if file.name not in BY_HAND]
    for file in files:
        # The project's HTTP library, which the generator's next version takes as well; the two are used alike.
        file.write_text(re.sub(r"\bhttpx\b", "httpx2", file.read_text("utf-8")), "utf-8")
    for command in (("check", "--fix-only", "--select=F,I,UP,PYI016"), ("format", "--line-length=120")):
        subprocess.run([TOOLS / "ruff", *command, "--quiet", "--isolated", *files], check=True)


if __name__ == "__main__":
    write(PACKAGE)
    DIGEST.write_text(digest())
