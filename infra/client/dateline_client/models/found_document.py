from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.links import Links
    from ..models.search_hit import SearchHit
    from ..models.span import Span


T = TypeVar("T", bound="FoundDocument")


@_attrs_define
class FoundDocument:
    """A document that holds what was looked for: what it is, some hits, and the places of its text to be lit.

    `places` are at most 100 of each word or phrase.

        Attributes:
            id (str): its id, which lasts
            collection (str): name of the collection: the folder below `drop/`
            path (str): where the file lies in its collection
            title (None | str): its title; null where none is known
            headline (None | str): the headline of the summary
            language (None | str): its language (BCP 47); null: not known
            medium (None | str): the publication, or a message's sender; null: not known
            url (None | str): its address on the web; null: not known
            published (datetime.date | None): the day of first publication; null: not known
            hits (list[SearchHit]): some places that hold what was looked for
            places (list[Span]): places of the text to be lit, at most 100 of each word
            links (Links): URLs, relative to that of the answer, by what they lead to.
    """

    id: str
    collection: str
    path: str
    title: None | str
    headline: None | str
    language: None | str
    medium: None | str
    url: None | str
    published: datetime.date | None
    hits: list[SearchHit]
    places: list[Span]
    links: Links

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        collection = self.collection

        path = self.path

        title: None | str
        title = self.title

        headline: None | str
        headline = self.headline

        language: None | str
        language = self.language

        medium: None | str
        medium = self.medium

        url: None | str
        url = self.url

        published: None | str
        if isinstance(self.published, datetime.date):
            published = self.published.isoformat()
        else:
            published = self.published

        hits = []
        for hits_item_data in self.hits:
            hits_item = hits_item_data.to_dict()
            hits.append(hits_item)

        places = []
        for places_item_data in self.places:
            places_item = places_item_data.to_dict()
            places.append(places_item)

        links = self.links.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "collection": collection,
                "path": path,
                "title": title,
                "headline": headline,
                "language": language,
                "medium": medium,
                "url": url,
                "published": published,
                "hits": hits,
                "places": places,
                "links": links,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.links import Links  # noqa: PLC0415
        from ..models.search_hit import SearchHit  # noqa: PLC0415
        from ..models.span import Span  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        collection = d.pop("collection")

        path = d.pop("path")

        def _parse_title(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        title = _parse_title(d.pop("title"))

        def _parse_headline(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        headline = _parse_headline(d.pop("headline"))

        def _parse_language(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        language = _parse_language(d.pop("language"))

        def _parse_medium(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        medium = _parse_medium(d.pop("medium"))

        def _parse_url(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        url = _parse_url(d.pop("url"))

        def _parse_published(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                published_type_0 = datetime.date.fromisoformat(data)

                return published_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        published = _parse_published(d.pop("published"))

        hits = []
        _hits = d.pop("hits")
        for hits_item_data in _hits:
            hits_item = SearchHit.from_dict(hits_item_data)

            hits.append(hits_item)

        places = []
        _places = d.pop("places")
        for places_item_data in _places:
            places_item = Span.from_dict(places_item_data)

            places.append(places_item)

        links = Links.from_dict(d.pop("links"))

        found_document = cls(
            id=id,
            collection=collection,
            path=path,
            title=title,
            headline=headline,
            language=language,
            medium=medium,
            url=url,
            published=published,
            hits=hits,
            places=places,
            links=links,
        )

        return found_document
