from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.stored_sentence import StoredSentence


T = TypeVar("T", bound="DocumentText")


@_attrs_define
class DocumentText:
    """The text that offsets point into, in code points, and its numbered sentences.

    Attributes:
        document_id (str): the document's id
        run (int): number of the run that this is of; null: there is none yet
        text (str): the words
        sentences (list[StoredSentence]): the sentences, in order
    """

    document_id: str
    run: int
    text: str
    sentences: list[StoredSentence]

    def to_dict(self) -> dict[str, Any]:
        document_id = self.document_id

        run = self.run

        text = self.text

        sentences = []
        for sentences_item_data in self.sentences:
            sentences_item = sentences_item_data.to_dict()
            sentences.append(sentences_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "document_id": document_id,
                "run": run,
                "text": text,
                "sentences": sentences,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.stored_sentence import StoredSentence  # noqa: PLC0415

        d = dict(src_dict)
        document_id = d.pop("document_id")

        run = d.pop("run")

        text = d.pop("text")

        sentences = []
        _sentences = d.pop("sentences")
        for sentences_item_data in _sentences:
            sentences_item = StoredSentence.from_dict(sentences_item_data)

            sentences.append(sentences_item)

        document_text = cls(
            document_id=document_id,
            run=run,
            text=text,
            sentences=sentences,
        )

        return document_text
