from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.change import Change
    from ..models.cost import Cost
    from ..models.published_on import PublishedOn
    from ..models.recipe import Recipe
    from ..models.usage import Usage


T = TypeVar("T", bound="RunLine")


@_attrs_define
class RunLine:
    """A run of a document: when it was made, by what, from how many tokens, at what cost where the price was known.

    `change` says what it told otherwise than the run that it replaced, in ids of events, at most 1,000 of each kind.

        Attributes:
            number (int): its number, from 1
            current (bool): whether it is the one that readers see
            made_at (datetime.datetime): when the run was made
            recipe (Recipe): What made a run: `ask` decides a model's answer, `judge` turns it into records; both are
                hashes.
            usage (Usage): The tokens of a document by kind, with every call that was made for it, repairs and failures
                included.
            cost (Cost | None): what it cost, where the model's price was known
            text_sha256 (str): SHA-256 of the text that was read
            published (None | PublishedOn): the day of first publication, and where it is known from; null: not known
            events (int): how many events it tells
            notes (int): how many notes it has
            change (Change | None): what it tells otherwise than the run that it replaced; null: it replaced none
    """

    number: int
    current: bool
    made_at: datetime.datetime
    recipe: Recipe
    usage: Usage
    cost: Cost | None
    text_sha256: str
    published: None | PublishedOn
    events: int
    notes: int
    change: Change | None

    def to_dict(self) -> dict[str, Any]:
        from ..models.change import Change  # noqa: PLC0415
        from ..models.cost import Cost  # noqa: PLC0415
        from ..models.published_on import PublishedOn  # noqa: PLC0415

        number = self.number

        current = self.current

        made_at = self.made_at.isoformat()

        recipe = self.recipe.to_dict()

        usage = self.usage.to_dict()

        cost: dict[str, Any] | None
        if isinstance(self.cost, Cost):
            cost = self.cost.to_dict()
        else:
            cost = self.cost

        text_sha256 = self.text_sha256

        published: dict[str, Any] | None
        if isinstance(self.published, PublishedOn):
            published = self.published.to_dict()
        else:
            published = self.published

        events = self.events

        notes = self.notes

        change: dict[str, Any] | None
        if isinstance(self.change, Change):
            change = self.change.to_dict()
        else:
            change = self.change

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "number": number,
                "current": current,
                "made_at": made_at,
                "recipe": recipe,
                "usage": usage,
                "cost": cost,
                "text_sha256": text_sha256,
                "published": published,
                "events": events,
                "notes": notes,
                "change": change,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.change import Change  # noqa: PLC0415
        from ..models.cost import Cost  # noqa: PLC0415
        from ..models.published_on import PublishedOn  # noqa: PLC0415
        from ..models.recipe import Recipe  # noqa: PLC0415
        from ..models.usage import Usage  # noqa: PLC0415

        d = dict(src_dict)
        number = d.pop("number")

        current = d.pop("current")

        made_at = datetime.datetime.fromisoformat(d.pop("made_at"))

        recipe = Recipe.from_dict(d.pop("recipe"))

        usage = Usage.from_dict(d.pop("usage"))

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

        text_sha256 = d.pop("text_sha256")

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

        notes = d.pop("notes")

        def _parse_change(data: object) -> Change | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                change_type_0 = Change.from_dict(data)

                return change_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Change | None, data)

        change = _parse_change(d.pop("change"))

        run_line = cls(
            number=number,
            current=current,
            made_at=made_at,
            recipe=recipe,
            usage=usage,
            cost=cost,
            text_sha256=text_sha256,
            published=published,
            events=events,
            notes=notes,
            change=change,
        )

        return run_line
