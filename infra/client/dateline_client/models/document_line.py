from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.linking import Linking, check_linking
from ..models.state import State, check_state

if TYPE_CHECKING:
    from ..models.links import Links
    from ..models.rejection import Rejection


T = TypeVar("T", bound="DocumentLine")


@_attrs_define
class DocumentLine:
    """A document in a list: where it lies, its state, and what it is about. `run` numbers the one that readers see.

    Attributes:
        id (str): its id, which lasts
        collection (str): name of the collection: the folder below `drop/`
        path (str): where the file lies in its collection
        state (State): The state of a document.
        waiting_for (None | str): what a waiting document waits for; null: its turn, or nothing
        rejection (None | Rejection): why it could not be processed, or not brought up to date; null: it could
        dropped (datetime.datetime): when the file was dropped
        linking (Linking | None): whether the collection's occurrences hold its events; null: it has none that are read
        run (int | None): number of the run that this is of; null: there is none yet
        title (None | str): its title; null where none is known
        author (None | str): who wrote it, as it says itself; null: it does not say
        recipients (None | str): to whom a message was sent; null: it is none
        medium (None | str): the publication, or a message's sender; null: not known
        url (None | str): its address on the web; null: not known
        published (datetime.date | None): the day of first publication; null: not known
        language (None | str): its language (BCP 47); null: not known
        headline (None | str): the headline of the summary
        model (None | str): the model that wrote it
        events (int | None): how many events are read from it; null: there is no run yet
        links (Links): URLs, relative to that of the answer, by what they lead to.
    """

    id: str
    collection: str
    path: str
    state: State
    waiting_for: None | str
    rejection: None | Rejection
    dropped: datetime.datetime
    linking: Linking | None
    run: int | None
    title: None | str
    author: None | str
    recipients: None | str
    medium: None | str
    url: None | str
    published: datetime.date | None
    language: None | str
    headline: None | str
    model: None | str
    events: int | None
    links: Links

    def to_dict(self) -> dict[str, Any]:
        from ..models.rejection import Rejection  # noqa: PLC0415

        id = self.id

        collection = self.collection

        path = self.path

        state: str = self.state

        waiting_for: None | str
        waiting_for = self.waiting_for

        rejection: dict[str, Any] | None
        if isinstance(self.rejection, Rejection):
            rejection = self.rejection.to_dict()
        else:
            rejection = self.rejection

        dropped = self.dropped.isoformat()

        linking: None | str
        if isinstance(self.linking, str):
            linking = self.linking
        else:
            linking = self.linking

        run: int | None
        run = self.run

        title: None | str
        title = self.title

        author: None | str
        author = self.author

        recipients: None | str
        recipients = self.recipients

        medium: None | str
        medium = self.medium

        url: None | str
        url = self.url

        published: None | str
        if isinstance(self.published, datetime.date):
            published = self.published.isoformat()
        else:
            published = self.published

        language: None | str
        language = self.language

        headline: None | str
        headline = self.headline

        model: None | str
        model = self.model

        events: int | None
        events = self.events

        links = self.links.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "collection": collection,
                "path": path,
                "state": state,
                "waiting_for": waiting_for,
                "rejection": rejection,
                "dropped": dropped,
                "linking": linking,
                "run": run,
                "title": title,
                "author": author,
                "recipients": recipients,
                "medium": medium,
                "url": url,
                "published": published,
                "language": language,
                "headline": headline,
                "model": model,
                "events": events,
                "links": links,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.links import Links  # noqa: PLC0415
        from ..models.rejection import Rejection  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        collection = d.pop("collection")

        path = d.pop("path")

        state = check_state(d.pop("state"))

        def _parse_waiting_for(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        waiting_for = _parse_waiting_for(d.pop("waiting_for"))

        def _parse_rejection(data: object) -> None | Rejection:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                rejection_type_0 = Rejection.from_dict(data)

                return rejection_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Rejection, data)

        rejection = _parse_rejection(d.pop("rejection"))

        dropped = datetime.datetime.fromisoformat(d.pop("dropped"))

        def _parse_linking(data: object) -> Linking | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                linking_type_0 = check_linking(data)

                return linking_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Linking | None, data)

        linking = _parse_linking(d.pop("linking"))

        def _parse_run(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        run = _parse_run(d.pop("run"))

        def _parse_title(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        title = _parse_title(d.pop("title"))

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

        def _parse_language(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        language = _parse_language(d.pop("language"))

        def _parse_headline(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        headline = _parse_headline(d.pop("headline"))

        def _parse_model(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        model = _parse_model(d.pop("model"))

        def _parse_events(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        events = _parse_events(d.pop("events"))

        links = Links.from_dict(d.pop("links"))

        document_line = cls(
            id=id,
            collection=collection,
            path=path,
            state=state,
            waiting_for=waiting_for,
            rejection=rejection,
            dropped=dropped,
            linking=linking,
            run=run,
            title=title,
            author=author,
            recipients=recipients,
            medium=medium,
            url=url,
            published=published,
            language=language,
            headline=headline,
            model=model,
            events=events,
            links=links,
        )

        return document_line
