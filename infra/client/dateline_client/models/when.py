from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.basis import Basis, check_basis
from ..models.checked import Checked, check_checked
from ..models.extent import Extent, check_extent
from ..models.precision import Precision, check_precision

if TYPE_CHECKING:
    from ..models.date_anchor import DateAnchor
    from ..models.interval import Interval


T = TypeVar("T", bound="When")


@_attrs_define
class When:
    """How exactly an event's date is known. A bound of None is an open end; an undated event has neither.

    Where model and resolver differ, the better founded one is shown, and the other stands under its name. `time` is the
    time of day that the words hold, as HH:MM on the source's own clock.

        Attributes:
            words (None | str): the source's own words; null: none
            edtf (None | str): the date in EDTF (ISO 8601-2); null: none
            earliest (None | str): the first day that it can be; null: an open start, or no date
            latest (None | str): the last day that it can be; null: an open end, or no date
            precision (None | Precision): the unit that the date is known to; null: no date
            extent (Extent | None): within: once, on some day of the span; throughout: all of it; null: no date
            basis (Basis): What a date rests on.
            anchor (DateAnchor | None): what a date without a year of its own was worked out from; null: it has one
            rule (None | str): the rule that read the words; null: none did
            checked (Checked | None): how the model's date and the rules' compare; null: nothing was compared
            model (Interval | None): what the model read, where the rules' date is shown; null: nothing else
            resolver (Interval | None): what the rules read, where the model's date is shown; null: nothing else
            time (None | str): time of day as HH:MM on the source's own clock; null: not said
    """

    words: None | str
    edtf: None | str
    earliest: None | str
    latest: None | str
    precision: None | Precision
    extent: Extent | None
    basis: Basis
    anchor: DateAnchor | None
    rule: None | str
    checked: Checked | None
    model: Interval | None
    resolver: Interval | None
    time: None | str

    def to_dict(self) -> dict[str, Any]:
        from ..models.date_anchor import DateAnchor  # noqa: PLC0415
        from ..models.interval import Interval  # noqa: PLC0415

        words: None | str
        words = self.words

        edtf: None | str
        edtf = self.edtf

        earliest: None | str
        earliest = self.earliest

        latest: None | str
        latest = self.latest

        precision: None | str
        if isinstance(self.precision, str):
            precision = self.precision
        else:
            precision = self.precision

        extent: None | str
        if isinstance(self.extent, str):
            extent = self.extent
        else:
            extent = self.extent

        basis: str = self.basis

        anchor: dict[str, Any] | None
        if isinstance(self.anchor, DateAnchor):
            anchor = self.anchor.to_dict()
        else:
            anchor = self.anchor

        rule: None | str
        rule = self.rule

        checked: None | str
        if isinstance(self.checked, str):
            checked = self.checked
        else:
            checked = self.checked

        model: dict[str, Any] | None
        if isinstance(self.model, Interval):
            model = self.model.to_dict()
        else:
            model = self.model

        resolver: dict[str, Any] | None
        if isinstance(self.resolver, Interval):
            resolver = self.resolver.to_dict()
        else:
            resolver = self.resolver

        time: None | str
        time = self.time

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "words": words,
                "edtf": edtf,
                "earliest": earliest,
                "latest": latest,
                "precision": precision,
                "extent": extent,
                "basis": basis,
                "anchor": anchor,
                "rule": rule,
                "checked": checked,
                "model": model,
                "resolver": resolver,
                "time": time,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.date_anchor import DateAnchor  # noqa: PLC0415
        from ..models.interval import Interval  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_words(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        words = _parse_words(d.pop("words"))

        def _parse_edtf(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        edtf = _parse_edtf(d.pop("edtf"))

        def _parse_earliest(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        earliest = _parse_earliest(d.pop("earliest"))

        def _parse_latest(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        latest = _parse_latest(d.pop("latest"))

        def _parse_precision(data: object) -> None | Precision:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                precision_type_0 = check_precision(data)

                return precision_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Precision, data)

        precision = _parse_precision(d.pop("precision"))

        def _parse_extent(data: object) -> Extent | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                extent_type_0 = check_extent(data)

                return extent_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Extent | None, data)

        extent = _parse_extent(d.pop("extent"))

        basis = check_basis(d.pop("basis"))

        def _parse_anchor(data: object) -> DateAnchor | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                anchor_type_0 = DateAnchor.from_dict(data)

                return anchor_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(DateAnchor | None, data)

        anchor = _parse_anchor(d.pop("anchor"))

        def _parse_rule(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        rule = _parse_rule(d.pop("rule"))

        def _parse_checked(data: object) -> Checked | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                checked_type_0 = check_checked(data)

                return checked_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Checked | None, data)

        checked = _parse_checked(d.pop("checked"))

        def _parse_model(data: object) -> Interval | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                model_type_0 = Interval.from_dict(data)

                return model_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Interval | None, data)

        model = _parse_model(d.pop("model"))

        def _parse_resolver(data: object) -> Interval | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                resolver_type_0 = Interval.from_dict(data)

                return resolver_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Interval | None, data)

        resolver = _parse_resolver(d.pop("resolver"))

        def _parse_time(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        time = _parse_time(d.pop("time"))

        when = cls(
            words=words,
            edtf=edtf,
            earliest=earliest,
            latest=latest,
            precision=precision,
            extent=extent,
            basis=basis,
            anchor=anchor,
            rule=rule,
            checked=checked,
            model=model,
            resolver=resolver,
            time=time,
        )

        return when
