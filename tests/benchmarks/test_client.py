"""What is committed of the typed client is what its generator makes of the document of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
