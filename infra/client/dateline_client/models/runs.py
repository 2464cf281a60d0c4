from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.links import Links
    from ..models.run_line import RunLine


T = TypeVar("T", bound="Runs")


@_attrs_define
class Runs:
    """The runs of a document that are kept, newest first: the current one and the one before it.

    Attributes:
        document_id (str): the document's id
        runs (list[RunLine]): the runs that are kept, the newest first
        links (Links): URLs, relative to that of the answer, by what they lead to.
    """

    document_id: str
    runs: list[RunLine]
    links: Links

    def to_dict(self) -> dict[str, Any]:
        document_id = self.document_id

        runs = []
        for runs_item_data in self.runs:
            runs_item = runs_item_data.to_dict()
            runs.append(runs_item)

        links = self.links.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "document_id": document_id,
                "runs": runs,
                "links": links,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.links import Links  # noqa: PLC0415
        from ..models.run_line import RunLine  # noqa: PLC0415

        d = dict(src_dict)
        document_id = d.pop("document_id")

        runs = []
        _runs = d.pop("runs")
        for runs_item_data in _runs:
            runs_item = RunLine.from_dict(runs_item_data)

            runs.append(runs_item)

        links = Links.from_dict(d.pop("links"))

        runs = cls(
            document_id=document_id,
            runs=runs,
            links=links,
        )

        return runs
