from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="Evidence")


@_attrs_define
class Evidence:
    """A sentence of the source: its number, its span in code points of the stored text, and its words.

    `page` counts from 1 and is the one on which the sentence begins; None in formats without pages. `recognised`: the
    words were recognised on an image by machine, which errs.

        Attributes:
            sentence (int): number of the sentence
            start (int): where it begins in the text, in code points
            end (int): where it ends in the text, in code points, excluded
            quote (str): the words of the source
            page (int | None): the page on which it begins, from 1; null: the format has no pages
            recognised (bool): whether the words were recognised on an image by machine, which errs Default: False.
    """

    sentence: int
    start: int
    end: int
    quote: str
    page: int | None
    recognised: bool = False

    def to_dict(self) -> dict[str, Any]:
        sentence = self.sentence

        start = self.start

        end = self.end

        quote = self.quote

        page: int | None
        page = self.page

        recognised = self.recognised

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "sentence": sentence,
                "start": start,
                "end": end,
                "quote": quote,
                "page": page,
                "recognised": recognised,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        sentence = d.pop("sentence")

        start = d.pop("start")

        end = d.pop("end")

        quote = d.pop("quote")

        def _parse_page(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        page = _parse_page(d.pop("page"))

        recognised = d.pop("recognised")

        evidence = cls(
            sentence=sentence,
            start=start,
            end=end,
            quote=quote,
            page=page,
            recognised=recognised,
        )

        return evidence
