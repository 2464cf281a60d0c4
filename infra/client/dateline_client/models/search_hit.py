from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.where import Where, check_where

if TYPE_CHECKING:
    from ..models.span import Span


T = TypeVar("T", bound="SearchHit")


@_attrs_define
class SearchHit:
    """A piece of a document's words that holds what was looked for, which stands at `spans` in it.

    `event` is the one whose title, names or quote it is. `place` is that of the first span in the document's text; null
    where the words are not of the text.

        Attributes:
            where (Where): Where words were found.
            event (None | str): id of the event whose title, names or quote it is; null: it is of the text or the document
            snippet (str): a piece of the words around
            spans (list[Span]): where the words stand in the piece
            place (None | Span): where the first of them stands in the text; null: the words are not of the text
    """

    where: Where
    event: None | str
    snippet: str
    spans: list[Span]
    place: None | Span

    def to_dict(self) -> dict[str, Any]:
        from ..models.span import Span  # noqa: PLC0415

        where: str = self.where

        event: None | str
        event = self.event

        snippet = self.snippet

        spans = []
        for spans_item_data in self.spans:
            spans_item = spans_item_data.to_dict()
            spans.append(spans_item)

        place: dict[str, Any] | None
        if isinstance(self.place, Span):
            place = self.place.to_dict()
        else:
            place = self.place

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "where": where,
                "event": event,
                "snippet": snippet,
                "spans": spans,
                "place": place,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.span import Span  # noqa: PLC0415

        d = dict(src_dict)
        where = check_where(d.pop("where"))

        def _parse_event(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        event = _parse_event(d.pop("event"))

        snippet = d.pop("snippet")

        spans = []
        _spans = d.pop("spans")
        for spans_item_data in _spans:
            spans_item = Span.from_dict(spans_item_data)

            spans.append(spans_item)

        def _parse_place(data: object) -> None | Span:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                place_type_0 = Span.from_dict(data)

                return place_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Span, data)

        place = _parse_place(d.pop("place"))

        search_hit = cls(
            where=where,
            event=event,
            snippet=snippet,
            spans=spans,
            place=place,
        )

        return search_hit
