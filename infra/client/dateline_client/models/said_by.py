from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.stance import Stance, check_stance
from ..models.voice_kind import VoiceKind, check_voice_kind

T = TypeVar("T", bound="SaidBy")


@_attrs_define
class SaidBy:
    """Somebody's stance to what a title or a statement says. `who` is in the output language, `words` are the source's.

    Both are None for the document's own voice. `introduced` is the sentence that says who they are, cited or not.

        Attributes:
            who (None | str): who, in the output language; null: the document's own voice
            words (None | str): the source's own words; null: none
            kind (VoiceKind): How a speaker is known.
            stance (Stance): Where a speaker stands towards what is told.
            via (None | str): the medium that passes it on; null: none
            introduced (int | None): number of the sentence that says who the speaker is; null: none does
    """

    who: None | str
    words: None | str
    kind: VoiceKind
    stance: Stance
    via: None | str
    introduced: int | None

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

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "who": who,
                "words": words,
                "kind": kind,
                "stance": stance,
                "via": via,
                "introduced": introduced,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
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

        said_by = cls(
            who=who,
            words=words,
            kind=kind,
            stance=stance,
            via=via,
            introduced=introduced,
        )

        return said_by
