from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.course import Course, check_course
from ..models.status import Status, check_status

if TYPE_CHECKING:
    from ..models.evidence import Evidence
    from ..models.name import Name
    from ..models.said_by import SaidBy
    from ..models.when import When


T = TypeVar("T", bound="Event")


@_attrs_define
class Event:
    """An event with the identity that outlives reprocessing. `model` names what wrote its title.

    Attributes:
        title (str): its title; null where none is known
        title_language (str): the title's language (BCP 47)
        when (When): How exactly an event's date is known. A bound of None is an open end; an undated event has neither.

            Where model and resolver differ, the better founded one is shown, and the other stands under its name. `time` is
            the
            time of day that the words hold, as HH:MM on the source's own clock.
        course (Course): Whether a thing happened, is planned, or was called off.
        status (Status): Who stands behind what is told.
        place (None | str): where it happened; null: not said
        names (list[Name]): who and what the title names, each with the source's own words
        said_by (list[SaidBy]): who says so, and with which stance
        evidence (list[Evidence]): the sentences of the source that it rests on
        id (str): its id, which lasts
        document_id (str): the document's id
        model (str): the model that wrote it
    """

    title: str
    title_language: str
    when: When
    course: Course
    status: Status
    place: None | str
    names: list[Name]
    said_by: list[SaidBy]
    evidence: list[Evidence]
    id: str
    document_id: str
    model: str

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        title_language = self.title_language

        when = self.when.to_dict()

        course: str = self.course

        status: str = self.status

        place: None | str
        place = self.place

        names = []
        for names_item_data in self.names:
            names_item = names_item_data.to_dict()
            names.append(names_item)

        said_by = []
        for said_by_item_data in self.said_by:
            said_by_item = said_by_item_data.to_dict()
            said_by.append(said_by_item)

        evidence = []
        for evidence_item_data in self.evidence:
            evidence_item = evidence_item_data.to_dict()
            evidence.append(evidence_item)

        id = self.id

        document_id = self.document_id

        model = self.model

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "title": title,
                "title_language": title_language,
                "when": when,
                "course": course,
                "status": status,
                "place": place,
                "names": names,
                "said_by": said_by,
                "evidence": evidence,
                "id": id,
                "document_id": document_id,
                "model": model,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.evidence import Evidence  # noqa: PLC0415
        from ..models.name import Name  # noqa: PLC0415
        from ..models.said_by import SaidBy  # noqa: PLC0415
        from ..models.when import When  # noqa: PLC0415

        d = dict(src_dict)
        title = d.pop("title")

        title_language = d.pop("title_language")

        when = When.from_dict(d.pop("when"))

        course = check_course(d.pop("course"))

        status = check_status(d.pop("status"))

        def _parse_place(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        place = _parse_place(d.pop("place"))

        names = []
        _names = d.pop("names")
        for names_item_data in _names:
            names_item = Name.from_dict(names_item_data)

            names.append(names_item)

        said_by = []
        _said_by = d.pop("said_by")
        for said_by_item_data in _said_by:
            said_by_item = SaidBy.from_dict(said_by_item_data)

            said_by.append(said_by_item)

        evidence = []
        _evidence = d.pop("evidence")
        for evidence_item_data in _evidence:
            evidence_item = Evidence.from_dict(evidence_item_data)

            evidence.append(evidence_item)

        id = d.pop("id")

        document_id = d.pop("document_id")

        model = d.pop("model")

        event = cls(
            title=title,
            title_language=title_language,
            when=when,
            course=course,
            status=status,
            place=place,
            names=names,
            said_by=said_by,
            evidence=evidence,
            id=id,
            document_id=document_id,
            model=model,
        )

        return event
