"""Records as the table, the bucket and the queue hold them: read back whatever version of Dateline wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from dateline.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Model = TypeVar("Model", bound=BaseModel)


def read_stored(model: type[Model], data: str | bytes) -> Model:
    """Read JSON as a model, and ignore fields that this version does not know, at every depth.

    While a deployment rolls out, and after one was rolled back, data of a newer version is read. Unknown fields are
    errors only where others write: queries, events, answers of the model. Unreadable: a field is missing or wrong.
    """
    try:
        return model.model_validate_json(data, extra="ignore")
    except ValidationError as error:
        raise Unreadable(model.__name__, "; ".join(_faults(error))) from None


def read_item(model: type[Model], item: Mapping[str, object]) -> Model:
    """Read the record in an item of the table, as `read_stored` does."""
    return read_stored(model, str(item.get("body", "")))


def body_of(record: BaseModel) -> str:
    """Write a record for an item of the table: a field that is at its default is left out, a quarter of an event.

    Not for what is told apart by a field that has a default.
    """
    return record.model_dump_json(exclude_defaults=True)


def _faults(error: ValidationError) -> Iterator[str]:
    """Name each wrong field and the kind of fault, without its value: messages may quote values."""
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        yield f"{'.'.join(map(str, one['loc'])) or 'all of it'} ({one['type']})"
