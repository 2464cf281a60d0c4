from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Recipe")


@_attrs_define
class Recipe:
    """What made a run: `ask` decides a model's answer, `judge` turns it into records; both are hashes.

    Attributes:
        ask (str): hash of what decides a model's answer: prompt, schema, splitter, reader
        judge (str): hash of what turns an answer into records: resolver and checks
        model (str): the model that wrote it
    """

    ask: str
    judge: str
    model: str

    def to_dict(self) -> dict[str, Any]:
        ask = self.ask

        judge = self.judge

        model = self.model

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ask": ask,
                "judge": judge,
                "model": model,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        ask = d.pop("ask")

        judge = d.pop("judge")

        model = d.pop("model")

        recipe = cls(
            ask=ask,
            judge=judge,
            model=model,
        )

        return recipe
