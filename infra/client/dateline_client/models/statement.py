from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.stance import Stance, check_stance
from ..models.voice_kind import VoiceKind, check_voice_kind

if TYPE_CHECKING:
    from ..models.evidence import Evidence


T = TypeVar("T", bound="Statement")


@_attrs_define
class Statement:
    """Something said that matters and is no event: kept with its document, on no timeline.

    Attributes:
        who (None | str): who, in the output language; null: the document's own voice
        words (None | str): the source's own words; null: none
        kind (VoiceKind): How a speaker is known.
        stance (Stance): Where a speaker stands towards what is told.
        via (None | str): the medium that passes it on; null: none
        introduced (int | None): number of the sentence that says who the speaker is; null: none does
        text (str): the words
        evidence (list[Evidence]): the sentences of the source that it rests on
    """

    who: None | str
    words: None | str
    kind: VoiceKind
    stance: Stance
    via: None | str
    introduced: int | None
    text: str
    evidence: list[Evidence]

    def to_dict(self) -> dict[str, Any]:
        who: None | str
        who = self.who

        words: None | str
        words = self.words

        kind: str = self.kind

        stance: str = self.stance

        via: None | str
        via = self.via

        introduced: int | None
        introduced = self.introduced

        text = self.text

        evidence = []
        for evidence_item_data in self.evidence:
            evidence_item = evidence_item_data.to_dict()
            evidence.append(evidence_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "who": who,
                "words": words,
                "kind": kind,
                "stance": stance,
                "via": via,
                "introduced": introduced,
                "text": text,
                "evidence": evidence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.evidence import Evidence  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_who(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        who = _parse_who(d.pop("who"))

        def _parse_words(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        words = _parse_words(d.pop("words"))

        kind = check_voice_kind(d.pop("kind"))

        stance = check_stance(d.pop("stance"))

        def _parse_via(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        via = _parse_via(d.pop("via"))

        def _parse_introduced(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        introduced = _parse_introduced(d.pop("introduced"))

        text = d.pop("text")

        evidence = []
        _evidence = d.pop("evidence")
        for evidence_item_data in _evidence:
            evidence_item = Evidence.from_dict(evidence_item_data)

            evidence.append(evidence_item)

        statement = cls(
            who=who,
            words=words,
            kind=kind,
            stance=stance,
            via=via,
            introduced=introduced,
            text=text,
            evidence=evidence,
        )

        return statement
