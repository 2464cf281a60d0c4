from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.cost import Cost
    from ..models.published_on import PublishedOn
    from ..models.recipe import Recipe
    from ..models.usage import Usage


T = TypeVar("T", bound="RunView")


@_attrs_define
class RunView:
    """The run that readers see: what it was made from, by what, and what it cost.

    Attributes:
        number (int): its number, from 1
        made_at (datetime.datetime): when the run was made
        recipe (Recipe): What made a run: `ask` decides a model's answer, `judge` turns it into records; both are
            hashes.
        usage (Usage): The tokens of a document by kind, with every call that was made for it, repairs and failures
            included.
        encoding (str): the character encoding that the file was read in
        text_sha256 (str): SHA-256 of the text that was read
        language (None | str): its language (BCP 47); null: not known
        title (None | str): its title; null where none is known
        source (None | str): the publication, or a message's sender; null: not known
        author (None | str): who wrote it, as it says itself; null: it does not say
        recipients (None | str): to whom a message was sent; null: it is none
        url (None | str): its address on the web; null: not known
        published (None | PublishedOn): the day of first publication, and where it is known from; null: not known
        events (int): how many events it tells
        cost (Cost | None): what it cost, where the model's price was known
    """

    number: int
    made_at: datetime.datetime
    recipe: Recipe
    usage: Usage
    encoding: str
    text_sha256: str
    language: None | str
    title: None | str
    source: None | str
    author: None | str
    recipients: None | str
    url: None | str
    published: None | PublishedOn
    events: int
    cost: Cost | None

    def to_dict(self) -> dict[str, Any]:
        from ..models.cost import Cost  # noqa: PLC0415
        from ..models.published_on import PublishedOn  # noqa: PLC0415

        number = self.number

        made_at = self.made_at.isoformat()

        recipe = self.recipe.to_dict()

        usage = self.usage.to_dict()

        encoding = self.encoding

        text_sha256 = self.text_sha256

        language: None | str
        language = self.language

        title: None | str
        title = self.title

        source: None | str
        source = self.source

        author: None | str
        author = self.author

        recipients: None | str
        recipients = self.recipients

        url: None | str
        url = self.url

        published: dict[str, Any] | None
        if isinstance(self.published, PublishedOn):
            published = self.published.to_dict()
        else:
            published = self.published

        events = self.events

        cost: dict[str, Any] | None
        if isinstance(self.cost, Cost):
            cost = self.cost.to_dict()
        else:
            cost = self.cost

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "number": number,
                "made_at": made_at,
                "recipe": recipe,
                "usage": usage,
                "encoding": encoding,
                "text_sha256": text_sha256,
                "language": language,
                "title": title,
                "source": source,
                "author": author,
                "recipients": recipients,
                "url": url,
                "published": published,
                "events": events,
                "cost": cost,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.cost import Cost  # noqa: PLC0415
        from ..models.published_on import PublishedOn  # noqa: PLC0415
        from ..models.recipe import Recipe  # noqa: PLC0415
        from ..models.usage import Usage  # noqa: PLC0415

        d = dict(src_dict)
        number = d.pop("number")

        made_at = datetime.datetime.fromisoformat(d.pop("made_at"))

        recipe = Recipe.from_dict(d.pop("recipe"))

        usage = Usage.from_dict(d.pop("usage"))

        encoding = d.pop("encoding")

        text_sha256 = d.pop("text_sha256")

        def _parse_language(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        language = _parse_language(d.pop("language"))

        def _parse_title(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        title = _parse_title(d.pop("title"))

        def _parse_source(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        source = _parse_source(d.pop("source"))

        def _parse_author(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        author = _parse_author(d.pop("author"))

        def _parse_recipients(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        recipients = _parse_recipients(d.pop("recipients"))

        def _parse_url(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        url = _parse_url(d.pop("url"))

        def _parse_published(data: object) -> None | PublishedOn:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                published_type_0 = PublishedOn.from_dict(data)

                return published_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PublishedOn, data)

        published = _parse_published(d.pop("published"))

        events = d.pop("events")

        def _parse_cost(data: object) -> Cost | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                cost_type_0 = Cost.from_dict(data)

                return cost_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Cost | None, data)

        cost = _parse_cost(d.pop("cost"))

        run_view = cls(
            number=number,
            made_at=made_at,
            recipe=recipe,
            usage=usage,
            encoding=encoding,
            text_sha256=text_sha256,
            language=language,
            title=title,
            source=source,
            author=author,
            recipients=recipients,
            url=url,
            published=published,
            events=events,
            cost=cost,
        )

        return run_view
