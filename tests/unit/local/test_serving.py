"""The order in which `make run` does its work once the stack is up."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from infra.local import __main__ as local
from infra.local.failure import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_the_folder_is_watched_while_the_samples_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = [False]
    seen: list[bool] = []

    @contextmanager
    def followed(_folder: object) -> Iterator[Mock]:
        watched[0] = True
        yield Mock(is_alive=Mock(return_value=False))
        watched[0] = False

    def samples(*_: object) -> bool:
        seen.append(watched[0])
        return True

    for name in ("open_store", "Outcomes", "DropFolder"):
        monkeypatch.setattr(local, name, Mock())
    monkeypatch.setattr(local, "_followed", followed)
    monkeypatch.setattr(local, "_process_samples", samples)

    with pytest.raises(Trouble, match="cannot be watched"):
        local._serve(Mock(), Mock(ready_file=None, once=False), Mock())

    assert seen == [True]
