"""Models that are built when they are first used."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from pydantic import BaseModel, ConfigDict, create_model

from dateline.deferred import DeferredModel

_AT_ONCE, _CLASSES = 8, 40


class _Strict(DeferredModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def model(base: type[BaseModel], number: int) -> type[BaseModel]:
    """Make a class that nobody has used yet."""
    return create_model(f"Model{number}", __base__=base, number=(int, ...), words=(tuple[str, ...], ()))


def test_a_model_is_built_when_it_is_first_used() -> None:
    made = model(_Strict, 1)
    assert not made.__pydantic_complete__

    made.model_validate({"number": 1})

    assert made.__pydantic_complete__


def test_threads_that_use_a_new_model_at_once_do_not_disturb_each_other() -> None:
    for number in range(_CLASSES):
        made, together = model(_Strict, number), Barrier(_AT_ONCE)

        def use(one: int, made: type[BaseModel] = made, together: Barrier = together) -> BaseModel:
            together.wait()
            return made.model_validate({"number": one})

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            used = list(pool.map(use, range(_AT_ONCE)))
        assert [one.model_dump() for one in used] == [{"number": one, "words": ()} for one in range(_AT_ONCE)]
