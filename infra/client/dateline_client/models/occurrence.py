from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.course import Course, check_course
from ..models.status import Status, check_status

if TYPE_CHECKING:
    from ..models.conflict import Conflict
    from ..models.said_by import SaidBy
    from ..models.sample import Sample
    from ..models.shown_edit import ShownEdit
    from ..models.told_date import ToldDate
    from ..models.when import When


T = TypeVar("T", bound="Occurrence")


@_attrs_define
class Occurrence:
    """One thing that happened, is planned or was called off, summed up from its reports; bounded.

    Title and `when` are those of the report that stands for it: they place it, and decide nothing. Lists begin with
    what most reports tell and end after a few, and so do the events of `conflicts`. `said_by` begins with who does not
    assert it, and names the documents that do in their own voice where anybody is against it. `edits` are the
    newest decisions of editors, which have the last word; by one of them it may be `hidden` from lists. `changed` is
    when it last became another.

        Attributes:
            id (str): its id, which lasts
            collection (str): name of the collection: the folder below `drop/`
            title (str): its title; null where none is known
            title_language (str): the title's language (BCP 47)
            when (When): How exactly an event's date is known. A bound of None is an open end; an undated event has neither.

                Where model and resolver differ, the better founded one is shown, and the other stands under its name. `time` is
                the
                time of day that the words hold, as HH:MM on the source's own clock.
            course (Course): Whether a thing happened, is planned, or was called off.
            status (Status): Who stands behind what is told.
            places (list[str]): where it happened, as its reports say
            dates (list[ToldDate]): the dates that reports give, the most told first
            reports (int): how many reports tell it
            documents (int): how many documents tell it
            independent_sources (int): how many tell it independently of each other
            languages (list[str]): the languages of its reports (BCP 47)
            media (list[str]): the media of its reports
            speakers (list[str]): who speaks in its reports
            said_by (list[SaidBy]): who says so, and with which stance
            conflicts (list[Conflict]): where its reports part
            samples (list[Sample]): a few of its reports, the one that stands for it first
            edits (list[ShownEdit]): what editors decided about it
            hidden (bool): whether editors leave it out of lists
            changed (datetime.datetime): when it changed last
    """

    id: str
    collection: str
    title: str
    title_language: str
    when: When
    course: Course
    status: Status
    places: list[str]
    dates: list[ToldDate]
    reports: int
    documents: int
    independent_sources: int
    languages: list[str]
    media: list[str]
    speakers: list[str]
    said_by: list[SaidBy]
    conflicts: list[Conflict]
    samples: list[Sample]
    edits: list[ShownEdit]
    hidden: bool
    changed: datetime.datetime

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        collection = self.collection

        title = self.title

        title_language = self.title_language

        when = self.when.to_dict()

        course: str = self.course

        status: str = self.status

        places = self.places

        dates = []
        for dates_item_data in self.dates:
            dates_item = dates_item_data.to_dict()
            dates.append(dates_item)

        reports = self.reports

        documents = self.documents

        independent_sources = self.independent_sources

        languages = self.languages

        media = self.media

        speakers = self.speakers

        said_by = []
        for said_by_item_data in self.said_by:
            said_by_item = said_by_item_data.to_dict()
            said_by.append(said_by_item)

        conflicts = []
        for conflicts_item_data in self.conflicts:
            conflicts_item = conflicts_item_data.to_dict()
            conflicts.append(conflicts_item)

        samples = []
        for samples_item_data in self.samples:
            samples_item = samples_item_data.to_dict()
            samples.append(samples_item)

        edits = []
        for edits_item_data in self.edits:
            edits_item = edits_item_data.to_dict()
            edits.append(edits_item)

        hidden = self.hidden

        changed = self.changed.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "collection": collection,
                "title": title,
                "title_language": title_language,
                "when": when,
                "course": course,
                "status": status,
                "places": places,
                "dates": dates,
                "reports": reports,
                "documents": documents,
                "independent_sources": independent_sources,
                "languages": languages,
                "media": media,
                "speakers": speakers,
                "said_by": said_by,
                "conflicts": conflicts,
                "samples": samples,
                "edits": edits,
                "hidden": hidden,
                "changed": changed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.conflict import Conflict  # noqa: PLC0415
        from ..models.said_by import SaidBy  # noqa: PLC0415
        from ..models.sample import Sample  # noqa: PLC0415
        from ..models.shown_edit import ShownEdit  # noqa: PLC0415
        from ..models.told_date import ToldDate  # noqa: PLC0415
        from ..models.when import When  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        collection = d.pop("collection")

        title = d.pop("title")

        title_language = d.pop("title_language")

        when = When.from_dict(d.pop("when"))

        course = check_course(d.pop("course"))

        status = check_status(d.pop("status"))

        places = cast(list[str], d.pop("places"))

        dates = []
        _dates = d.pop("dates")
        for dates_item_data in _dates:
            dates_item = ToldDate.from_dict(dates_item_data)

            dates.append(dates_item)

        reports = d.pop("reports")

        documents = d.pop("documents")

        independent_sources = d.pop("independent_sources")

        languages = cast(list[str], d.pop("languages"))

        media = cast(list[str], d.pop("media"))

        speakers = cast(list[str], d.pop("speakers"))

        said_by = []
        _said_by = d.pop("said_by")
        for said_by_item_data in _said_by:
            said_by_item = SaidBy.from_dict(said_by_item_data)

            said_by.append(said_by_item)

        conflicts = []
        _conflicts = d.pop("conflicts")
        for conflicts_item_data in _conflicts:
            conflicts_item = Conflict.from_dict(conflicts_item_data)

            conflicts.append(conflicts_item)

        samples = []
        _samples = d.pop("samples")
        for samples_item_data in _samples:
            samples_item = Sample.from_dict(samples_item_data)

            samples.append(samples_item)

        edits = []
        _edits = d.pop("edits")
        for edits_item_data in _edits:
            edits_item = ShownEdit.from_dict(edits_item_data)

            edits.append(edits_item)

        hidden = d.pop("hidden")

        changed = datetime.datetime.fromisoformat(d.pop("changed"))

        occurrence = cls(
            id=id,
            collection=collection,
            title=title,
            title_language=title_language,
            when=when,
            course=course,
            status=status,
            places=places,
            dates=dates,
            reports=reports,
            documents=documents,
            independent_sources=independent_sources,
            languages=languages,
            media=media,
            speakers=speakers,
            said_by=said_by,
            conflicts=conflicts,
            samples=samples,
            edits=edits,
            hidden=hidden,
            changed=changed,
        )

        return occurrence
