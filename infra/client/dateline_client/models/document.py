from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.linking import Linking, check_linking
from ..models.state import State, check_state

if TYPE_CHECKING:
    from ..models.links import Links
    from ..models.note import Note
    from ..models.rejection import Rejection
    from ..models.run_view import RunView
    from ..models.statement import Statement
    from ..models.summary import Summary


T = TypeVar("T", bound="Document")


@_attrs_define
class Document:
    """One document: its state, and its summary with citations once there is one. `changed`: its drop, or its run.

    `linking_tokens` were paid for asking what others tell of the same events, input and output, for all runs.

        Attributes:
            id (str): its id, which lasts
            collection (str): name of the collection: the folder below `drop/`
            path (str): where the file lies in its collection
            state (State): The state of a document.
            waiting_for (None | str): what a waiting document waits for; null: its turn, or nothing
            rejection (None | Rejection): why it could not be processed, or not brought up to date; null: it could
            dropped (datetime.datetime): when the file was dropped
            linking (Linking | None): whether the collection's occurrences hold its events; null: it has none that are read
            changed (datetime.datetime): when it changed last
            summary (None | Summary): the cited summary; null: there is none
            notes (list[Note]): what was left out or is uncertain, and why
            statements (list[Statement]): what was said besides events, with its evidence
            run (None | RunView): the run that readers see; null: there is none yet
            linking_tokens (int): tokens for asking what others tell of the same events, for all runs
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
    changed: datetime.datetime
    summary: None | Summary
    notes: list[Note]
    statements: list[Statement]
    run: None | RunView
    linking_tokens: int
    links: Links

    def to_dict(self) -> dict[str, Any]:
        from ..models.rejection import Rejection  # noqa: PLC0415
        from ..models.run_view import RunView  # noqa: PLC0415
        from ..models.summary import Summary  # noqa: PLC0415

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

        changed = self.changed.isoformat()

        summary: dict[str, Any] | None
        if isinstance(self.summary, Summary):
            summary = self.summary.to_dict()
        else:
            summary = self.summary

        notes = []
        for notes_item_data in self.notes:
            notes_item = notes_item_data.to_dict()
            notes.append(notes_item)

        statements = []
        for statements_item_data in self.statements:
            statements_item = statements_item_data.to_dict()
            statements.append(statements_item)

        run: dict[str, Any] | None
        if isinstance(self.run, RunView):
            run = self.run.to_dict()
        else:
            run = self.run

        linking_tokens = self.linking_tokens

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
                "changed": changed,
                "summary": summary,
                "notes": notes,
                "statements": statements,
                "run": run,
                "linking_tokens": linking_tokens,
                "links": links,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.links import Links  # noqa: PLC0415
        from ..models.note import Note  # noqa: PLC0415
        from ..models.rejection import Rejection  # noqa: PLC0415
        from ..models.run_view import RunView  # noqa: PLC0415
        from ..models.statement import Statement  # noqa: PLC0415
        from ..models.summary import Summary  # noqa: PLC0415

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

        changed = datetime.datetime.fromisoformat(d.pop("changed"))

        def _parse_summary(data: object) -> None | Summary:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                summary_type_0 = Summary.from_dict(data)

                return summary_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Summary, data)

        summary = _parse_summary(d.pop("summary"))

        notes = []
        _notes = d.pop("notes")
        for notes_item_data in _notes:
            notes_item = Note.from_dict(notes_item_data)

            notes.append(notes_item)

        statements = []
        _statements = d.pop("statements")
        for statements_item_data in _statements:
            statements_item = Statement.from_dict(statements_item_data)

            statements.append(statements_item)

        def _parse_run(data: object) -> None | RunView:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                run_type_0 = RunView.from_dict(data)

                return run_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RunView, data)

        run = _parse_run(d.pop("run"))

        linking_tokens = d.pop("linking_tokens")

        links = Links.from_dict(d.pop("links"))

        document = cls(
            id=id,
            collection=collection,
            path=path,
            state=state,
            waiting_for=waiting_for,
            rejection=rejection,
            dropped=dropped,
            linking=linking,
            changed=changed,
            summary=summary,
            notes=notes,
            statements=statements,
            run=run,
            linking_tokens=linking_tokens,
            links=links,
        )

        return document
