from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.form_fields import FormFields


T = TypeVar("T", bound="UploadForm")


@_attrs_define
class UploadForm:
    """A form to be posted as `multipart/form-data`: all `fields` as they are, then the file as the field `file`.

    Attributes:
        url (str): where to post it
        fields (FormFields): What to send besides the file, by the name of the field.
        expires (datetime.datetime): until when the bucket takes it
    """

    url: str
    fields: FormFields
    expires: datetime.datetime

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        fields = self.fields.to_dict()

        expires = self.expires.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
                "fields": fields,
                "expires": expires,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.form_fields import FormFields  # noqa: PLC0415

        d = dict(src_dict)
        url = d.pop("url")

        fields = FormFields.from_dict(d.pop("fields"))

        expires = datetime.datetime.fromisoformat(d.pop("expires"))

        upload_form = cls(
            url=url,
            fields=fields,
            expires=expires,
        )

        return upload_form
