"""The functions' zips, as `make build` makes them but for this machine: own code, the library, third-party packages.

The functions run on an interpreter of this machine, so each zip brings the `bootstrap` that Lambda asks of a custom
runtime. It starts the client of Lambda's own Python runtime, in an environment that holds what that runtime does.
"""

from __future__ import annotations

import fcntl
import hashlib
import shlex
import shutil
import subprocess
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infra.bytecode import write_bytecode
from infra.local.failure import Trouble
from infra.local.paths import PACKAGES, ROOT, RUNTIME_PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LAST_LINES = 5
# Other stacks of this checkout may be deploying what was built before.
_KEPT = 3

# Address space is several times the memory in use: four times the function's memory stops what has run away.
_BOOTSTRAP = """\
#!/bin/sh
ulimit -v $((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 4096)) 2>/dev/null
export PYTHONPATH="$LAMBDA_TASK_ROOT" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
exec {python} -P -m awslambdaric "$_HANDLER"
"""


def build(code_folders: Sequence[str], sources: Path = ROOT) -> dict[str, Path]:
    """Make the zip of each function's folder, or take the one at hand. `sources` holds the folder `functions`."""
    PACKAGES.mkdir(parents=True, exist_ok=True)
    pins = [_pins(sources / folder / "requirements.txt") for folder in code_folders]
    with (PACKAGES / "lock").open("a") as lock, ThreadPoolExecutor() as pool:
        # Another stack of this checkout may be building the same.
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Functions that pin the same share one installation.
        distinct = list(dict.fromkeys(pins))
        installed = dict(zip(distinct, pool.map(_third_party, distinct), strict=True))
        functions = [_Function(folder, sources, installed[its]) for folder, its in zip(code_folders, pins, strict=True)]
        return dict(zip(code_folders, pool.map(_build, functions), strict=True))


@dataclass(frozen=True, slots=True)
class _Function:
    """What a zip is made of: a folder below `sources`, the library, and a folder of third-party packages."""

    code_folder: str
    sources: Path
    third_party: Path

    @property
    def name(self) -> str:
        return Path(self.code_folder).name

    def own_files(self) -> list[tuple[str, Path]]:
        """Return the sources of the function and of the library that all functions share, by their names in the zip."""
        functions = self.sources / "functions"
        return sorted(
            (path.relative_to(functions).as_posix(), path)
            for folder in (functions / self.name, functions / "dateline")
            for path in folder.rglob("*")
            if path.is_file() and not any(_is_made(part) for part in path.relative_to(functions).parts)
        )


def _build(function: _Function) -> Path:
    """Make a zip whose name tells its content."""
    bootstrap = _BOOTSTRAP.format(python=shlex.quote(str(RUNTIME_PYTHON)))
    digest = _digest([function.third_party.name.encode(), bootstrap.encode(), *_contents(function.own_files())])
    package = PACKAGES / f"{function.name}-{digest}.zip"
    if not package.exists():
        by_age = sorted(PACKAGES.glob(f"{function.name}-*.zip"), key=lambda zip_file: zip_file.stat().st_mtime)
        for old in by_age[:-_KEPT]:
            old.unlink()
        with tempfile.TemporaryDirectory(dir=PACKAGES) as folder:
            _write(Path(folder), function, bootstrap).rename(package)
    return package


def _write(folder: Path, function: _Function, bootstrap: str) -> Path:
    code = folder / "code"
    for name, file in function.own_files():
        target = code / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    write_bytecode(code, RUNTIME_PYTHON)
    (code / "bootstrap").write_text(bootstrap)
    (code / "bootstrap").chmod(0o755)
    archive = folder / "package.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for root in (function.third_party, code):
            for file in sorted(path for path in root.rglob("*") if path.is_file()):
                package.write(file, file.relative_to(root))
    return archive


def _is_made(part: str) -> bool:
    return part in {"__pycache__", "build"} or part.endswith(".egg-info")


def _pins(requirements: Path) -> tuple[str, ...]:
    """Read what is pinned; the library's own line is left out, its code comes with the zip."""
    return tuple(line for line in requirements.read_text().splitlines() if line[:1].isalnum())


def _third_party(pins: tuple[str, ...]) -> Path:
    """Install what is pinned, once."""
    python = subprocess.run([RUNTIME_PYTHON, "--version"], capture_output=True, check=True).stdout
    folder = PACKAGES / f"third-party-{_digest([python, *(pin.encode() for pin in pins)])}"
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=PACKAGES) as parent:
            fresh = Path(parent) / "fresh"
            _install(pins, fresh)
            write_bytecode(fresh, RUNTIME_PYTHON, strict=False)
            fresh.rename(folder)
    return folder


def _install(pins: Sequence[str], folder: Path) -> None:
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile", "--target", str(folder)]
    done = subprocess.run(
        [RUNTIME_PYTHON, "-m", "pip", "install", *options, *pins], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        end = "\n".join(f"  {line}" for line in done.stderr.splitlines()[-_LAST_LINES:])
        raise Trouble(f"pip could not install the functions' dependencies. Is the package index within reach?\n{end}")


def _contents(files: Iterable[tuple[str, Path]]) -> Iterable[bytes]:
    for name, file in files:
        yield name.encode()
        yield file.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:16]
