from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.evidence import Evidence


T = TypeVar("T", bound="Cited")


@_attrs_define
class Cited:
    """A sentence of ours with the sentences of the source that it rests on. There is always at least one.

    Attributes:
        text (str): the words
        evidence (list[Evidence]): the sentences of the source that it rests on
    """

    text: str
    evidence: list[Evidence]

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        evidence = []
        for evidence_item_data in self.evidence:
            evidence_item = evidence_item_data.to_dict()
            evidence.append(evidence_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "text": text,
                "evidence": evidence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.evidence import Evidence  # noqa: PLC0415

        d = dict(src_dict)
        text = d.pop("text")

        evidence = []
        _evidence = d.pop("evidence")
        for evidence_item_data in _evidence:
            evidence_item = Evidence.from_dict(evidence_item_data)

            evidence.append(evidence_item)

        cited = cls(
            text=text,
            evidence=evidence,
        )

        return cited
