from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Usage")


@_attrs_define
class Usage:
    """The tokens of a document by kind, with every call that was made for it, repairs and failures included.

    Attributes:
        calls (int): how often the model was asked Default: 0.
        input_ (int): tokens that were sent Default: 0.
        cached (int): input tokens that the provider had already, at a lower price Default: 0.
        output (int): tokens that came back Default: 0.
        reasoning (int): tokens of the output that the model thought with Default: 0.
    """

    calls: int = 0
    input_: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0

    def to_dict(self) -> dict[str, Any]:
        calls = self.calls

        input_ = self.input_

        cached = self.cached

        output = self.output

        reasoning = self.reasoning

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "calls": calls,
                "input": input_,
                "cached": cached,
                "output": output,
                "reasoning": reasoning,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        calls = d.pop("calls")

        input_ = d.pop("input")

        cached = d.pop("cached")

        output = d.pop("output")

        reasoning = d.pop("reasoning")

        usage = cls(
            calls=calls,
            input_=input_,
            cached=cached,
            output=output,
            reasoning=reasoning,
        )

        return usage
