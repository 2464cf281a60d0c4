"""The typed client: what is committed is what its generator makes of the document of today, and all is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from infra.openapi import client

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(
    not (client.TOOLS / "openapi-python-client").exists(), reason="the generator is not set up; `make proof` does it"
)
def test_the_client_is_what_the_generator_makes(tmp_path: Path) -> None:
    folder = tmp_path / client.PACKAGE.name

    client.write(folder)

    made, committed = ({file.relative_to(one): file for file in one.rglob("*.py")} for one in (folder, client.PACKAGE))
    assert {str(name) for name in set(committed) ^ set(made)} == {"paging.py"}
    changed = [str(name) for name, file in made.items() if committed[name].read_text() != file.read_text()]
    assert changed == [], "run `make client`"


def test_all_of_it_is_installed(tmp_path: Path) -> None:
    source = shutil.copytree(client.PACKAGE.parent, tmp_path / "client", ignore=shutil.ignore_patterns("__pycache__"))
    build = ("wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--wheel-dir")

    subprocess.run([sys.executable, "-m", "pip", *build, tmp_path, source], check=True)

    (wheel,) = tmp_path.glob("*.whl")
    files = {str(file.relative_to(source)) for file in (source / client.PACKAGE.name).rglob("*") if file.is_file()}
    assert {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name} == files
