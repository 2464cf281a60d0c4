from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.cited import Cited


T = TypeVar("T", bound="Summary")


@_attrs_define
class Summary:
    """A headline and the sentences of a summary, in `language` (BCP 47).

    Attributes:
        language (str): its language (BCP 47); null: not known
        headline (Cited): A sentence of ours with the sentences of the source that it rests on. There is always at least
            one.
        sentences (list[Cited]): the sentences, in order
    """

    language: str
    headline: Cited
    sentences: list[Cited]

    def to_dict(self) -> dict[str, Any]:
        language = self.language

        headline = self.headline.to_dict()

        sentences = []
        for sentences_item_data in self.sentences:
            sentences_item = sentences_item_data.to_dict()
            sentences.append(sentences_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "language": language,
                "headline": headline,
                "sentences": sentences,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.cited import Cited  # noqa: PLC0415

        d = dict(src_dict)
        language = d.pop("language")

        headline = Cited.from_dict(d.pop("headline"))

        sentences = []
        _sentences = d.pop("sentences")
        for sentences_item_data in _sentences:
            sentences_item = Cited.from_dict(sentences_item_data)

            sentences.append(sentences_item)

        summary = cls(
            language=language,
            headline=headline,
            sentences=sentences,
        )

        return summary
