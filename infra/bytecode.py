"""Bytecode for the functions' zips: without it each cold start compiles for a second, since Lambda can keep none.

Run on what `sam build` made, by the version of Python that the functions run on: `python3.13 -m infra.bytecode FOLDER`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def write_bytecode(folder: Path, python: Path | str = sys.executable, *, strict: bool = True) -> None:
    """Compile a folder, valid whatever time a file says it was written: unpacking a zip changes that.

    Packages may bring files for other versions of Python, which nothing imports here (olefile's for Python 2): not
    `strict`, they stay without.
    """
    options = ["-qq", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([python, "-m", "compileall", *options, "."], cwd=folder, check=strict)


def main() -> None:
    """Compile the folders that are named; those without sources, as nested stacks have, are left out."""
    folders = [folder for name in sys.argv[1:] if any((folder := Path(name)).rglob("*.py"))]
    for folder in folders:
        write_bytecode(folder, strict=False)
    if not folders or not all(any(folder.rglob("__pycache__/*.pyc")) for folder in folders):
        sys.exit("There is nothing to compile: name the folders that `sam build` made, one for each function.")


if __name__ == "__main__":
    main()
